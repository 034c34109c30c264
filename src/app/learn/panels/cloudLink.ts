import type { LearnExample, LearnInspection } from '../../../experiments/learn/protocol';
import type { CloudLink, CloudMarks, CloudSurface, CloudViewer } from '../../../viewer/cloud';
import { theme } from '../../page/theme';
import { kernelPointsAt } from '../inside/kernelPointsAt';
import { countOf, nearestOf, neighborsOf, pointAt, positionsBefore, receptiveField, rowOfPoint } from '../inside/layers';
import { aligned, alignClouds } from '../model/alignment';
import type { LearnModel } from '../model/learnModel';
import { colorPoints } from '../model/pointColors';

/** Dots on a surface in their colours are smaller than dots that stand for it. */
const ON_MESH = 0.5;

/** The layer that is looked into: the one chosen, else the first that has neighbours, else the last that has several outputs. */
export function layerInView(inspection: LearnInspection, name: string | undefined): number {
  const chosen = inspection.layers.findIndex((layer) => layer.name === name);
  if (chosen >= 0) return chosen;
  const first = inspection.layers.findIndex(({ neighborhood }) => neighborhood !== undefined);
  return first >= 0 ? first : Math.max(inspection.layers.findLastIndex((layer) => countOf(layer) > 1), 0);
}

/** Which of a neighbour's weights counts: the strongest, or its nearness where the layer gives none. */
function strengths(weights: readonly (readonly number[])[], distances: readonly number[]): number[] {
  const farthest = Math.max(...distances, 1e-6);
  const raw = weights.map((all, i) => (all.length ? all.reduce((best, w) => (Math.abs(w) > Math.abs(best) ? w : best), 0) : 1 - (0.9 * distances[i]) / farthest));
  const most = Math.max(...raw.map(Math.abs), 1e-6);
  return raw.map((w) => w / most);
}

/** Ring, lines to the neighbours and kernel points of the chosen point. */
export function marksOf(inspection: LearnInspection, point: number | undefined, layer: number): CloudMarks {
  const { positions } = inspection.prediction.cloud;
  if (point === undefined || 3 * point >= positions.length) return {};
  const row = rowOfPoint(inspection, layer, point);
  const neighbors = neighborsOf(inspection, layer, row);
  const center = pointAt(inspection.layers[layer].positions, row);
  const before = positionsBefore(inspection, layer);
  const strength = strengths(neighbors?.map(({ weights }) => weights) ?? [], neighbors?.map(({ distance }) => distance) ?? []);
  const links = neighbors?.map(({ column }, i): CloudLink => ({ from: center, to: pointAt(before, column), strength: strength[i] }));
  const kernelPoints = kernelPointsAt(inspection.layers[layer], row);
  return {
    selected: pointAt(positions, point), links,
    kernelPoints: neighbors && kernelPoints && kernelPoints.map((x, i) => x + center[i % 3]),
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

/** Points of the cloud that do not step back: those of a level, or those that the chosen point's output sees. Undefined for all. */
function emphasis(inspection: LearnInspection, point: number | undefined, layer: number, level: string | undefined): ReadonlySet<number> | undefined {
  const { layers, prediction: { cloud: { positions } } } = inspection;
  const coarse = layers.find(({ name }) => name === level);
  if (coarse) return new Set(nearestOf(coarse.positions, positions));
  if (point === undefined || 3 * point >= positions.length) return undefined;
  return receptiveField(inspection, layer, rowOfPoint(inspection, layer, point)).points;
}

/** Keeps the 3D view at what is looked at, outside React. Returns the way to stop. */
export function linkCloud(viewer: CloudViewer, model: LearnModel): () => void {
  const { looker, page, lens, legend } = model;
  let shape: Float32Array | undefined;
  let surfaceOf: LearnExample | undefined;
  let painted: readonly unknown[] = [];
  let marked: readonly unknown[] = [];
  const differs = (a: readonly unknown[], b: readonly unknown[]) => a.length !== b.length || a.some((x, i) => x !== b[i]);

  const update = () => {
    const { inspection, removed, example } = looker.state.get();
    const { opened } = model.controller(lens.get()).state.get();
    if (!inspection || !opened) return;
    const { color, point, layer: layerName, channel, field, level, surface } = page.get();
    const { cloud } = inspection.prediction;
    // Looked at again, the same shape comes in another array.
    if (shape?.length !== cloud.positions.length || cloud.positions.some((x, i) => x !== shape?.[i])) {
      shape = cloud.positions;
      surfaceOf = undefined;
      painted = marked = [];
      viewer.setShape({ positions: cloud.positions, normals: cloud.normals });
    }
    const onMesh = looksAtMeshes(inspection);
    const behind = surface || onMesh ? example : undefined;
    if (behind !== surfaceOf) {
      surfaceOf = behind;
      viewer.setSurface(behind && surfaceFor(behind, cloud.positions, onMesh));
    }
    const layer = layerInView(inspection, layerName);
    const paint = [inspection, removed, color, layer, channel, field && point, level, theme.get(), opened];
    if (differs(paint, painted)) {
      painted = paint;
      const emphasized = emphasis(inspection, field ? point : undefined, layer, level);
      const { colors, sizes, legend: meaning } = colorPoints({
        mode: color, theme: theme.get(), classNames: opened.classNames, inspection, truth: example?.label, layer: inspection.layers[layer], channel, removed, emphasized,
      });
      viewer.setColors(colors, onMesh ? sizes.map((size) => ON_MESH * size) : sizes);
      legend.set(meaning);
    }
    const marks = [inspection, point, layer];
    if (differs(marks, marked)) {
      marked = marks;
      viewer.setMarks(marksOf(inspection, point, layer));
    }
  };

  const stops = [
    looker.state.subscribe(update), page.subscribe(update), lens.subscribe(update), theme.subscribe(update),
    viewer.onPick((point) => model.choosePoint(point)),
    viewer.onStep((by) => model.stepPoint(by)),
    viewer.onBrush((points) => model.away.brush(points)),
    viewer.onContext((state) => {
      if (state === 'lost') model.notices.show({ topic: 'view', kind: 'warning', title: 'The 3D view lost its graphics context; it resumes by itself' });
      else model.notices.clear('view');
    }),
  ];
  update();
  return () => stops.forEach((stop) => stop());
}
