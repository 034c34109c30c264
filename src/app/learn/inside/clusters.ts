import type { LearnInspection } from '../../../experiments/learn/protocol';
import { nearestOf, sourcesOf } from './layers';

/**
 * [N]: which output of a coarser level each point of the cloud belongs to: along the pooling that made the level where every finer point has one coarse
 * point, as in a mesh's decimation; else the nearest in space, for balls overlap.
 */
export function clustersOf(inspection: LearnInspection, layer: number): Int32Array {
  const { layers, prediction: { cloud } } = inspection;
  const { positions, neighborhood } = layers[layer];
  const [source] = sourcesOf(inspection, layer);
  if (!neighborhood || source.takes !== 'neighbors') return nearestOf(cloud.positions, positions);
  const before = source.layer >= 0 ? layers[source.layer].positions : cloud.positions;
  const { offsets, columns } = neighborhood;
  const parents = new Int32Array(before.length / 3).fill(-1);
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let entry = offsets[row]; entry < offsets[row + 1]; entry++) {
      if (parents[columns[entry]] >= 0) return nearestOf(cloud.positions, positions);
      parents[columns[entry]] = row;
    }
  }
  if (parents.includes(-1)) return nearestOf(cloud.positions, positions);
  return membersBefore(inspection, source.layer).map((fine) => parents[fine]);
}

/** [N]: the output of a layer that each point of the cloud belongs to, through layers that keep their points. */
function membersBefore(inspection: LearnInspection, layer: number): Int32Array {
  const { layers, prediction: { cloud } } = inspection;
  for (let k = layer; k >= 0; k--) {
    const [source] = sourcesOf(inspection, k);
    const before = source.layer >= 0 ? layers[source.layer].positions.length : cloud.positions.length;
    if (before !== layers[k].positions.length && layers[k].neighborhood) return clustersOf(inspection, k);
  }
  return layer >= 0 ? nearestOf(cloud.positions, layers[layer].positions) : Int32Array.from({ length: cloud.positions.length / 3 }, (_, i) => i);
}
