import { pointCount } from '../../scene/pointCloud';
import type { LearnSettings } from './settings';
import type { Shape } from './shapes';

// What a network is told of each point beside its place.

type Told = Pick<LearnSettings, 'normals' | 'size'>;

/** Numbers a point: its normal, and the logarithm of how large the whole cloud was, as the settings say. */
export const featureCountOf = ({ normals = false, size = false }: Told): number => (normals ? 3 : 0) + (size ? 1 : 0);

/** A single point has no size: it counts as of this radius, in the data's unit. */
const LEAST_RADIUS = 1e-6;

/** [B, count, F] of shapes padded to `count` points; undefined where networks see places alone. */
export function stackFeatures(shapes: readonly Shape[], count: number, settings: Told): Float32Array | undefined {
  const width = featureCountOf(settings);
  if (width === 0) return undefined;
  const features = new Float32Array(width * shapes.length * count);
  shapes.forEach(({ cloud, radius = 0 }, b) => {
    const size = Math.log(Math.max(LEAST_RADIUS, radius));
    for (let i = 0; i < pointCount(cloud); i++) {
      const at = width * (b * count + i);
      if (settings.normals && cloud.normals) features.set(cloud.normals.subarray(3 * i, 3 * i + 3), at);
      if (settings.size) features[at + width - 1] = size;
    }
  });
  return features;
}
