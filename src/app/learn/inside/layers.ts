import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';

// Reading what a network did on one shape, layer by layer. Points are counted within each layer; the cloud itself is "layer −1".

export const countOf = ({ positions }: Pick<LayerView, 'positions'>): number => positions.length / 3;

/** [M, 3]: where the outputs of the layer before sit. */
export const positionsBefore = ({ layers, prediction }: LearnInspection, layer: number): Float32Array =>
  (layer > 0 ? layers[layer - 1].positions : prediction.cloud.positions);

export const pointAt = (positions: Float32Array, index: number): readonly [number, number, number] =>
  [positions[3 * index], positions[3 * index + 1], positions[3 * index + 2]];

/** The nearest of some points. */
export function nearestPoint(positions: Float32Array, [x, y, z]: readonly [number, number, number]): number {
  let [best, least] = [0, Infinity];
  for (let i = 0; 3 * i < positions.length; i++) {
    const squared = (positions[3 * i] - x) ** 2 + (positions[3 * i + 1] - y) ** 2 + (positions[3 * i + 2] - z) ** 2;
    if (squared < least) [best, least] = [i, squared];
  }
  return best;
}

/** [N]: for each point the nearest of the others; itself where both are the same points. */
export function nearestOf(points: Float32Array, others: Float32Array): Int32Array {
  const same = points.length === others.length && points.every((x, i) => Math.abs(x - others[i]) < 1e-6);
  return Int32Array.from({ length: points.length / 3 }, (_, i) => (same ? i : nearestPoint(others, pointAt(points, i))));
}

/** The output of a layer that stands for a point of the cloud. */
export function rowOfPoint({ layers, prediction }: LearnInspection, layer: number, point: number): number {
  const { positions } = layers[layer];
  const own = prediction.cloud.positions;
  const at = pointAt(own, point);
  const itself = positions.length === own.length && pointAt(positions, point).every((x, k) => Math.abs(x - at[k]) < 1e-6);
  return itself ? point : nearestPoint(positions, at);
}

export interface Neighbor {
  /** In the layer before. */
  readonly column: number;
  readonly distance: number;
  /** What the kernel gave it, by kernel point; empty where the layer gives none. */
  readonly weights: readonly number[];
}

/** Whom an output looked at, nearest first. Undefined where it looked at itself alone, or at all. */
export function neighborsOf(inspection: LearnInspection, layer: number, row: number): readonly Neighbor[] | undefined {
  const { neighborhood, entryWeights, positions } = inspection.layers[layer];
  if (!neighborhood) return undefined;
  const { offsets, columns } = neighborhood;
  const before = positionsBefore(inspection, layer);
  const width = entryWeights ? entryWeights.length / Math.max(columns.length, 1) : 0;
  const center = pointAt(positions, row);
  return Array.from({ length: offsets[row + 1] - offsets[row] }, (_, k) => {
    const entry = offsets[row] + k;
    const at = pointAt(before, columns[entry]);
    return {
      column: columns[entry], distance: Math.hypot(...at.map((x, axis) => x - center[axis])),
      weights: entryWeights ? [...entryWeights.subarray(entry * width, (entry + 1) * width)] : [],
    };
  }).sort((a, b) => a.distance - b.distance);
}

/** What an output looks at where no neighbourhood says it. */
export function looksAt({ layers, prediction }: LearnInspection, layer: number): string {
  const before = positionsBefore({ layers, prediction }, layer).length / 3;
  const count = countOf(layers[layer]);
  if (before === 1) return count > 1 ? 'the features of the whole shape' : 'the shape as a whole';
  return count === before ? 'each point alone' : 'all points at once';
}

/** How far back an output looks. */
export interface ReceptiveField {
  /** From the layer back to the cloud: how many points of the layer before each one needed. */
  readonly levels: readonly { readonly name: string; readonly count: number; readonly of: number }[];
  /** Points of the cloud. */
  readonly points: ReadonlySet<number>;
}

/** Walks the neighbourhoods back to the cloud. Shortcuts past layers, which some networks have, are not followed. */
export function receptiveField(inspection: LearnInspection, layer: number, row: number): ReceptiveField {
  let reached = new Set([row]);
  const levels: { name: string; count: number; of: number }[] = [];
  for (let k = layer; k >= 0; k--) {
    const { neighborhood, name } = inspection.layers[k];
    const before = positionsBefore(inspection, k).length / 3;
    if (neighborhood) {
      const { offsets, columns } = neighborhood;
      const next = new Set<number>();
      for (const one of reached) for (let entry = offsets[one]; entry < offsets[one + 1]; entry++) next.add(columns[entry]);
      reached = next;
    } else if (countOf(inspection.layers[k]) !== before) {
      reached = new Set(Array.from({ length: before }, (_, i) => i));
    }
    levels.push({ name, count: reached.size, of: before });
  }
  return { levels, points: reached };
}

/** [N]: how many channels of the maximum over all points each point of the cloud won; undefined where there is no such maximum. */
export function channelsWon(inspection: LearnInspection): Int32Array | undefined {
  const layer = inspection.layers.findLastIndex(({ winners }) => winners !== undefined);
  const winners = inspection.layers[layer]?.winners;
  if (!winners) return undefined;
  const { positions } = inspection.prediction.cloud;
  const before = positionsBefore(inspection, layer);
  const won = new Int32Array(positions.length / 3);
  // A winner of a coarser level stands where one of the cloud's points does.
  const toCloud = nearestOf(before, positions);
  for (const winner of winners) if (winner >= 0) won[toCloud[winner]]++;
  return won;
}

/** The levels of the hierarchy: layers at which the number of points changes. */
export function levelsOf({ layers, prediction }: LearnInspection): readonly { readonly layer: number; readonly name: string; readonly count: number }[] {
  let last = prediction.cloud.positions.length / 3;
  const levels = [{ layer: -1, name: 'cloud', count: last }];
  layers.forEach((view, layer) => {
    const count = countOf(view);
    if (count === last || count < 2) return;
    levels.push({ layer, name: view.name, count });
    last = count;
  });
  return levels;
}
