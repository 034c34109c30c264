import type { LearnExample, LearnInspection } from '../../../experiments/learn/protocol';
import type { CloudLink, CloudMarks, CloudSurface, CloudViewer } from '../../../viewer/cloud';
import { paintPoints, shareColor } from '../../../viewer/cloudColors';
import { theme, type Theme } from '../../page/theme';
import { sharesWon, workOf } from '../inside/arithmetic';
import { kernelPointsAt } from '../inside/kernelPointsAt';
import { countOf, nearestOf, nearestPoint, neighborsOf, pointAt, positionsBefore, receptiveField, rowOfPoint, type Neighbor } from '../inside/layers';
import { aligned, alignClouds } from '../model/alignment';
import type { Lens } from '../model/choices';
import type { LearnModel } from '../model/learnModel';
import { colorPoints } from '../model/pointColors';
import { levelView } from './levelView';

/** Dots on a surface in their colours are smaller than dots that stand for it. */
const ON_MESH = 0.5;

/** The layer that is looked into: the one chosen, else the first that has neighbours, else the last that has several outputs. */
export function layerInView(inspection: LearnInspection, name: string | undefined): number {
  const chosen = inspection.layers.findIndex((layer) => layer.name === name);
  if (chosen >= 0) return chosen;
  const first = inspection.layers.findIndex(({ neighborhood }) => neighborhood !== undefined);
  return first >= 0 ? first : Math.max(inspection.layers.findLastIndex((layer) => countOf(layer) > 1), 0);
}

/** How much each neighbour counts, −1…1: by the share of the channels that it won, else by its strongest weight, else by its nearness. */
function strengths(neighbors: readonly Neighbor[], won: readonly number[] | undefined): number[] {
  const farthest = Math.max(...neighbors.map(({ distance }) => distance), 1e-6);
  const raw = neighbors.map(({ weights, distance, entry }) =>
    (won ? won[entry] : weights.length ? weights.reduce((best, w) => (Math.abs(w) > Math.abs(best) ? w : best), 0) : 1 - (0.9 * distance) / farthest));
  const most = Math.max(...raw.map(Math.abs), 1e-6);
  return raw.map((w) => w / most);
}

/** [K]: how much each kernel point has to do with the neighbours, the sum of what it gave them, over the largest. */
function correlations(neighbors: readonly Neighbor[], count: number): number[] {
  const sums = Array.from({ length: count }, (_, k) => neighbors.reduce((sum, { weights }) => sum + Math.abs(weights[k]), 0));
  const most = Math.max(...sums, 1e-6);
  return sums.map((sum) => sum / most);
}

/** Ring, lines to the neighbours and kernel points of the chosen point. */
export function marksOf(inspection: LearnInspection, point: number | undefined, layer: number, shade: Theme): CloudMarks {
  const { positions } = inspection.prediction.cloud;
  if (point === undefined || 3 * point >= positions.length) return {};
  const row = rowOfPoint(inspection, layer, point);
  const neighbors = neighborsOf(inspection, layer, row);
  const center = pointAt(inspection.layers[layer].positions, row);
  const before = positionsBefore(inspection, layer);
  if (!neighbors) return { selected: pointAt(positions, point) };
  const work = workOf(inspection, layer, row);
  const strength = strengths(neighbors, work && sharesWon(work, inspection.layers[layer].channels));
  const links = neighbors.map(({ column }, i): CloudLink => ({ from: center, to: pointAt(before, column), strength: strength[i] }));
  const kernelPoints = kernelPointsAt(inspection.layers[layer], row);
  return {
    selected: pointAt(positions, point), links, linkColors: paintPoints(links.length, (i) => shareColor(Math.abs(strength[i]), shade)),
    ...(kernelPoints && {
      kernelPoints: kernelPoints.map((x, i) => x + center[i % 3]),
      kernelColors: paintPoints(kernelPoints.length / 3, (k) => shareColor(correlations(neighbors, kernelPoints.length / 3)[k], shade)),
    }),
  };
}

/** A network on meshes sees their vertices: the surface is in their colours. */
export const looksAtMeshes = ({ layers }: LearnInspection): boolean => layers.some(({ kind }) => kind === 'mesh convolution');

/** A shape's mesh where the points that the network saw lie. */
function surfaceFor({ mesh, cloud }: LearnExample, seen: Float32Array, onMesh: boolean): CloudSurface | undefined {
  if (!mesh) return undefined;
  const positions = aligned(mesh.positions, alignClouds(onMesh ? mesh.positions : cloud.positions, seen));
  return { positions, faces: mesh.faces, ...(onMesh && { owners: nearestOf(positions, seen) }) };
}

/** Points of the cloud that do not step back: those that the chosen point's output sees. Undefined for all. */
function emphasis(inspection: LearnInspection, point: number | undefined, layer: number): ReadonlySet<number> | undefined {
  const { positions } = inspection.prediction.cloud;
  if (point === undefined || 3 * point >= positions.length) return undefined;
  return receptiveField(inspection, layer, rowOfPoint(inspection, layer, point)).points;
}

/** A point of the network that is looked into, in the view of another one, which may see others: the nearest. */
function pointIn(inspection: LearnInspection, point: number | undefined, looked: LearnInspection | undefined): number | undefined {
  const { positions } = inspection.prediction.cloud;
  const from = looked?.prediction.cloud.positions;
  if (point === undefined || !from || from === positions || 3 * point >= from.length) return point;
  const at = pointAt(from, point);
  return 3 * point < positions.length && pointAt(positions, point).every((x, k) => x === at[k]) ? point : nearestPoint(positions, at);
}

/** Keeps a 3D view at what one of the networks makes of the shape, outside React. Returns the way to stop. */
export function linkCloud(viewer: CloudViewer, model: LearnModel, own: Lens): () => void {
  const { lookers, page, lens, legends } = model;
  const looker = lookers[own];
  let shape: Float32Array | undefined;
  let surfaceOf: unknown;
  let painted: readonly unknown[] = [];
  let marked: readonly unknown[] = [];
  const differs = (a: readonly unknown[], b: readonly unknown[]) => a.length !== b.length || a.some((x, i) => x !== b[i]);

  const update = () => {
    const { inspection, removed, example } = looker.state.get();
    const { opened } = model.controller(own).state.get();
    if (!inspection || !opened) return;
    const { color, layer: layerName, channel, field, level: levelName, surface, point: chosen } = page.get();
    const shade = theme.get();
    const { cloud } = inspection.prediction;
    const point = pointIn(inspection, chosen, model.looker.state.get().inspection);
    // Looked at again, the same shape comes in another array.
    if (shape?.length !== cloud.positions.length || cloud.positions.some((x, i) => x !== shape?.[i])) {
      shape = cloud.positions;
      surfaceOf = undefined;
      painted = marked = [];
      viewer.setShape({ positions: cloud.positions, normals: cloud.normals });
    }
    const onMesh = looksAtMeshes(inspection);
    const level = levelView(inspection, levelName, shade);
    const behind = level?.surface ? `${levelName} ${inspection.layers.length}` : surface || onMesh ? example : undefined;
    if (behind !== surfaceOf) {
      surfaceOf = behind;
      viewer.setSurface(level?.surface ?? (behind && example ? surfaceFor(example, cloud.positions, onMesh) : undefined));
    }
    const layer = layerInView(inspection, layerName);
    const paint = [inspection, removed, color, layer, channel, field && point, levelName, shade, opened];
    if (differs(paint, painted)) {
      painted = paint;
      const emphasized = field ? emphasis(inspection, point, layer) : undefined;
      const { colors, sizes, legend: meaning } = colorPoints({
        mode: color, theme: shade, classNames: opened.classNames, inspection, truth: example?.label, layer: inspection.layers[layer], channel, removed, emphasized,
      });
      viewer.setColors(level?.colors ?? colors, onMesh ? sizes.map((size) => ON_MESH * size) : sizes);
      legends[own].set(level?.legend ?? meaning);
    }
    const marks = [inspection, point, layer, levelName, shade];
    if (differs(marks, marked)) {
      marked = marks;
      viewer.setMarks({ ...marksOf(inspection, point, layer, shade), ...level?.marks });
    }
  };

  const lookInto = () => { if (lens.get() !== own) model.look(own); };
  const stops = [
    lookers.first.state.subscribe(update), lookers.second.state.subscribe(update), page.subscribe(update), lens.subscribe(update), theme.subscribe(update),
    // Whoever does something in a view looks into its network.
    viewer.onPick((point) => {
      lookInto();
      model.choosePoint(point);
    }),
    viewer.onStep((by) => {
      lookInto();
      model.stepPoint(by);
    }),
    viewer.onBrush((points) => {
      lookInto();
      model.away.brush(points);
    }),
    viewer.onContext((state) => {
      if (state === 'lost') model.notices.show({ topic: 'view', kind: 'warning', title: 'The 3D view lost its graphics context; it resumes by itself' });
      else model.notices.clear('view');
    }),
  ];
  update();
  return () => stops.forEach((stop) => stop());
}
