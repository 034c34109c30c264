import { MESH_MODEL_IDS } from '../../graphics/nn/model/createPointModel';
import { SceneError } from '../../scene/errors';
import { pointCount, type PointCloud } from '../../scene/pointCloud';
import type { Random } from '../../scene/random';
import { augmentCloud } from './augment';
import { estimateNormals } from './estimateNormals';
import { meshCloud } from './meshShape';
import { drawPoints, toUnitBall } from './points';
import type { ExampleSource, LearnExample } from './protocol';
import type { LearnModelId, LearnSettings } from './settings';

/** What of an example a network is made to see. */
export interface Shape {
  /** Of a mesh, its vertices. */
  readonly cloud: PointCloud;
  /** For networks on meshes. */
  readonly faces?: Uint32Array;
  readonly label?: number;
  /** Of the ball that the cloud filled before it was scaled. */
  readonly radius?: number;
}

/** Networks that look at meshes instead of points. */
export const learnsOnMeshes = (model: LearnModelId): boolean => MESH_MODEL_IDS.includes(model);

/** @throws SceneError for an example that lacks what the training needs. */
export function shapeOf(example: LearnExample, settings: LearnSettings): Shape {
  const { name, cloud, label } = example;
  const label_ = label === undefined ? {} : { label };
  if (learnsOnMeshes(settings.model)) {
    if (!example.mesh) throw new SceneError('It has points alone, and this network needs a mesh.', { file: name, code: 'no-faces', advice: 'Choose a network on points.' });
    return { ...meshCloud(example.mesh, example.partOfFace, settings.points), ...label_ };
  }
  if (!pointCount(cloud)) throw new SceneError('It has no points.', { file: name, code: 'empty' });
  if (settings.normals && !cloud.normals && settings.estimateNormals) return { cloud: estimateNormals(cloud), ...label_ };
  if (settings.normals && !cloud.normals) throw new SceneError('It has no normals.', { file: name, code: 'malformed', advice: 'Learn without normals.' });
  return { cloud, ...label_ };
}

/** A look at a shape: as many points as the network sees, in the unit ball, changed as the settings say where it is to be learnt from. */
export function drawShape(shape: Shape, settings: LearnSettings, random: Random, training: boolean): Shape {
  const { augmentation } = settings;
  const drawn = shape.faces ? shape.cloud : drawPoints(shape.cloud, settings.points, random);
  const { positions, radius } = toUnitBall(drawn.positions);
  const cloud = { ...drawn, positions };
  if (!training) return { ...shape, cloud, radius };
  // Vertices that were dropped would leave their faces behind.
  const augmented = augmentCloud(cloud, shape.faces ? { ...augmentation, dropout: 0 } : augmentation, random);
  return { ...shape, cloud: augmented, radius: radius * (1 + augmentation.scale) ** (2 * random.uniform() - 1) };
}

/** Bytes of shapes kept by one training, so that a data set of any size fits. */
const KEPT_BYTES = 128 * 2 ** 20;

/** Reads shapes and keeps those that fit: the first that were asked for stay, since every epoch asks for all. */
export function createShapeReader(source: ExampleSource, settings: LearnSettings): (index: number) => Promise<Shape> {
  const kept = new Map<number, Shape>();
  let room = KEPT_BYTES;
  return async (index) => {
    const known = kept.get(index);
    if (known) return known;
    const shape = shapeOf(await source.read(index), settings);
    const { positions, normals, colors, labels } = shape.cloud;
    const size = [positions, normals, colors, labels, shape.faces].reduce((sum, data) => sum + (data?.byteLength ?? 0), 0);
    if (size <= room) {
      room -= size;
      kept.set(index, shape);
    }
    return shape;
  };
}
