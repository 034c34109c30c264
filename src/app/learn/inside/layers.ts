import type { LayerView, LearnInspection, NeighborRows, SourceView } from '../../../experiments/learn/protocol';

// Reading what a network did on one shape, layer by layer. Points are counted within each layer; the cloud itself is "layer −1".

export const countOf = ({ positions }: Pick<LayerView, 'positions'>): number => positions.length / 3;

/** All that goes into a layer; by default the layer before: by its neighbourhood where it has one, else each output of the same number, or all. */
export function sourcesOf({ layers, prediction }: LearnInspection, layer: number): readonly SourceView[] {
  const { sources, neighborhood, positions } = layers[layer];
  if (sources) return sources;
  const before = (layer > 0 ? layers[layer - 1].positions : prediction.cloud.positions).length;
  return [{ layer: layer - 1, takes: neighborhood ? 'neighbors' : before === positions.length ? 'own' : 'all' }];
}

/** [M, 3]: where the outputs of a layer sit; of −1 the cloud's points. */
const positionsOf = ({ layers, prediction }: LearnInspection, layer: number): Float32Array => (layer >= 0 ? layers[layer].positions : prediction.cloud.positions);

/** [M, 3]: where that sits which a layer looks at first. */
export const positionsBefore = (inspection: LearnInspection, layer: number): Float32Array => positionsOf(inspection, sourcesOf(inspection, layer)[0].layer);

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
  /** How densely points lie there, of convolutions that correct for it. */
  readonly density?: number;
  /** Its place in the neighbourhood's own order. */
  readonly entry: number;
}

/** Whom an output looked at, nearest first. Undefined where it looked at itself alone, or at all. */
export function neighborsOf(inspection: LearnInspection, layer: number, row: number): readonly Neighbor[] | undefined {
  const { neighborhood, entryWeights, entryDensity, positions } = inspection.layers[layer];
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
      weights: entryWeights ? [...entryWeights.subarray(entry * width, (entry + 1) * width)] : [], entry: k,
      ...(entryDensity && { density: entryDensity[entry] }),
    };
  }).sort((a, b) => a.distance - b.distance);
}

/** What an output looks at where no neighbourhood says it. */
export function looksAt(inspection: LearnInspection, layer: number): string {
  const sources = sourcesOf(inspection, layer);
  const own = sources.some(({ takes }) => takes === 'own');
  const spread = sources.filter(({ takes }) => takes === 'all').map((source) => positionsOf(inspection, source.layer).length / 3);
  if (!spread.length) return countOf(inspection.layers[layer]) === 1 ? 'the shape as a whole' : 'each point alone';
  const whole = spread.every((count) => count === 1) ? 'the features of the whole shape' : 'all points at once';
  return own && countOf(inspection.layers[layer]) > 1 ? `each point, and ${whole}` : whole;
}

/** How far back an output looks. */
export interface ReceptiveField {
  /** From the layer back to the cloud: how many outputs of each layer have a part in it, of those that do; the cloud itself comes last. */
  readonly levels: readonly { readonly name: string; readonly count: number; readonly of: number }[];
  /** Points of the cloud. */
  readonly points: ReadonlySet<number>;
}

/**
 * Everything that an output of a layer depends on, back to the cloud: through neighbourhoods, through shortcuts past layers, and through what stands for all
 * points, such as a T-Net's matrix. Who is whose neighbour counts as given.
 */
export function receptiveField(inspection: LearnInspection, layer: number, row: number): ReceptiveField {
  const reached = new Map<number, Set<number>>([[layer, new Set([row])]]);
  const setOf = (k: number) => reached.get(k) ?? reached.set(k, new Set()).get(k) as Set<number>;
  for (let k = layer; k >= 0; k--) {
    for (const source of reached.has(k) ? sourcesOf(inspection, k) : []) {
      const into = setOf(source.layer);
      const { takes } = source;
      if (takes === 'own') for (const one of setOf(k)) into.add(one);
      else if (takes === 'all') for (let i = 0; 3 * i < positionsOf(inspection, source.layer).length; i++) into.add(i);
      else {
        const { offsets, columns } = takes === 'neighbors' ? inspection.layers[k].neighborhood as NeighborRows : takes;
        for (const one of setOf(k)) for (let entry = offsets[one]; entry < offsets[one + 1]; entry++) into.add(columns[entry]);
      }
    }
  }
  const levels = [...reached.keys()].sort((a, b) => b - a)
    .map((k) => ({ name: k >= 0 ? inspection.layers[k].name : 'cloud', count: setOf(k).size, of: positionsOf(inspection, k).length / 3 }));
  return { levels, points: setOf(-1) };
}

/**
 * [N]: how many channels of maxima over all points each point of the cloud won, those within T-Nets among them; undefined where there is no such maximum.
 * Without the points that won none a PointNet says the same.
 */
export function channelsWon(inspection: LearnInspection): Int32Array | undefined {
  const { layers, prediction: { cloud: { positions } } } = inspection;
  if (!layers.some(({ winners }) => winners)) return undefined;
  const won = new Int32Array(positions.length / 3);
  layers.forEach(({ winners }, layer) => {
    if (!winners) return;
    // A winner of a coarser level stands where one of the cloud's points does.
    const toCloud = nearestOf(positionsBefore(inspection, layer), positions);
    for (const winner of winners) if (winner >= 0) won[toCloud[winner]]++;
  });
  return won;
}

/** Channels of a layer's maximum over all points that a point of the cloud won. */
export function wonBy(inspection: LearnInspection, layer: number, point: number): readonly number[] {
  const { winners = new Int32Array(0) } = inspection.layers[layer];
  const toCloud = nearestOf(positionsBefore(inspection, layer), inspection.prediction.cloud.positions);
  return [...winners.entries()].flatMap(([channel, winner]) => (winner >= 0 && toCloud[winner] === point ? [channel] : []));
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
