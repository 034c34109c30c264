import type { LearnInspection } from '../../../experiments/learn/protocol';
import { classColor, cssColor, paintPoints } from '../../../viewer/cloudColors';
import type { CloudMarks, CloudSurface } from '../../../viewer/cloud';
import type { Theme } from '../../page/theme';
import { clustersOf } from '../inside/clusters';
import { countOf } from '../inside/layers';
import type { Legend } from '../model/pointColors';

/** A level of the hierarchy in the 3D view. */
export interface LevelView {
  /** [N, 3] linear RGB: each point of the cloud in the colour of the one that stands for it. */
  readonly colors: Float32Array;
  /** The level's own points. */
  readonly marks: CloudMarks;
  /** The mesh at this resolution, where the network looks at meshes. */
  readonly surface?: CloudSurface;
  readonly legend: Legend;
}

/** Neighbours in number are neighbours in space often enough: steps through the palette keep them apart. */
const STRIDE = 5;

/** @returns undefined where no layer has that name. */
export function levelView(inspection: LearnInspection, name: string | undefined, theme: Theme): LevelView | undefined {
  const layer = inspection.layers.findIndex((one) => one.name === name);
  if (layer < 0) return undefined;
  const view = inspection.layers[layer];
  const [clusters, count] = [clustersOf(inspection, layer), countOf(view)];
  const colorOf = (coarse: number) => classColor(STRIDE * coarse, theme);
  const first = new Int32Array(count).fill(0);
  for (let i = clusters.length - 1; i >= 0; i--) first[clusters[i]] = i;
  const faces = view.faces ?? inspection.layers.findLast((one, k) => k <= layer && one.faces && countOf(one) === count)?.faces;
  return {
    colors: paintPoints(clusters.length, (i) => colorOf(clusters[i])),
    marks: { levelPoints: view.positions, levelColors: paintPoints(count, colorOf) },
    ...(faces && { surface: { positions: view.positions, faces, owners: first } }),
    legend: { kind: 'names', entries: [{ name: `${view.name}: ${count} points, ringed; the others in the colour of the one that they belong to`, color: cssColor(colorOf(0)) }] },
  };
}
