import { pointCount, type PointCloud } from '../../scene/pointCloud';
import type { Random } from '../../scene/random';

/** The points of a cloud with these numbers, in this order. */
export function pickPoints(cloud: PointCloud, indices: Int32Array): PointCloud {
  const rows = (data: Float32Array): Float32Array => {
    const out = new Float32Array(3 * indices.length);
    indices.forEach((from, to) => {
      for (let k = 0; k < 3; k++) out[3 * to + k] = data[3 * from + k];
    });
    return out;
  };
  return {
    name: cloud.name,
    positions: rows(cloud.positions),
    ...(cloud.normals && { normals: rows(cloud.normals) }),
    ...(cloud.colors && { colors: rows(cloud.colors) }),
    ...(cloud.labels && { labels: Uint8Array.from(indices, (i) => (cloud.labels as Uint8Array)[i]) }),
  };
}

/** Numbers of `count` out of `total` points in random order: all different where there are enough, else each as often as any other, or once more. */
export function drawIndices(total: number, count: number, random: Random): Int32Array {
  const drawn = new Int32Array(count);
  const order = Int32Array.from({ length: total }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const turn = i % total;
    const other = turn + random.integer(total - turn);
    [order[turn], order[other]] = [order[other], order[turn]];
    drawn[i] = order[turn];
  }
  return drawn;
}

/** `count` points of a cloud, drawn at random. */
export const drawPoints = (cloud: PointCloud, count: number, random: Random): PointCloud =>
  pickPoints(cloud, drawIndices(pointCount(cloud), count, random));

/** Positions [N, 3] moved and scaled so that their mean lies at the origin and the farthest is 1 away, and how far it was; one point alone lies at the origin. */
export function toUnitBall(positions: Float32Array): { readonly positions: Float32Array; readonly radius: number } {
  const count = positions.length / 3;
  const mean = [0, 0, 0];
  positions.forEach((x, i) => { mean[i % 3] += x / count; });
  const centred = positions.map((x, i) => x - mean[i % 3]);
  let largest = 0;
  for (let i = 0; i < centred.length; i += 3) largest = Math.max(largest, Math.hypot(centred[i], centred[i + 1], centred[i + 2]));
  return { positions: largest > 0 ? centred.map((x) => x / largest) : centred, radius: largest };
}
