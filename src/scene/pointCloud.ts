/** Points as plain arrays. N points. */
export interface PointCloud {
  readonly name: string;
  /** [N, 3], object frame. */
  readonly positions: Float32Array;
  /** [N, 3], unit length. */
  readonly normals?: Float32Array;
  /** [N, 3], linear RGB in 0…1. */
  readonly colors?: Float32Array;
  /** [N], the number of each point's part or class. */
  readonly labels?: Uint8Array;
  /** What the file called each label, where that does not fit into a byte; the label itself by default. */
  readonly labelValues?: readonly number[];
}

export const pointCount = (cloud: Pick<PointCloud, 'positions'>): number => cloud.positions.length / 3;
