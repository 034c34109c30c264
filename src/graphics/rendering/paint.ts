import { normalize } from '../math/vector';
import * as tf from '../tf';
import { toRows, type Light } from './light/lights';
import type { PoseMatrices } from './poseMatrix';
import type { RenderOptions, RenderOutput, RenderScene } from './render';
import { needsPositions, shade, type ObjectFrame, type ShadingPoints } from './shading';
import { vertexLambert } from './vertexLambert';
import { mapTexture } from './texture/textureMap';
import { batchedAttribute, concatAttributes, sceneNormals, scenePositions, withOnes } from './vertexAttributes';

/** Seen from the viewer's side: what lit scenes without lights of their own get. */
const HEADLIGHT: readonly Light[] = [
  { kind: 'ambient', color: [0.2, 0.2, 0.2] },
  { kind: 'directional', towards: [0, 0, 1], color: [0.8, 0.8, 0.8] },
];

export interface Painting {
  readonly scene: RenderScene;
  readonly options: Pick<RenderOptions<RenderOutput>, 'shading' | 'per'>;
  readonly pose?: PoseMatrices;
  /** [1 or B, 1, 3], subtracted from the colour. */
  readonly background?: tf.Tensor;
  /** [1 or B, V, C] → [B, H, W, C]: interpolates over the raster. */
  readonly spread: (attributes: tf.Tensor3D, dense?: boolean) => tf.Tensor4D;
  /** Only `antialias` reads the result. */
  readonly last: boolean;
}

/** @returns [B, H, W, 4]: colour less `background`, and 1, where the mesh is seen; 0 elsewhere. */
export function paint({ scene, options, pose, background, spread, last }: Painting): tf.Tensor4D {
  const { topology, material = {}, lights = HEADLIGHT } = scene;
  const shading = options.shading ?? 'unlit';
  const lit = shading !== 'unlit';
  const positions = lit && needsPositions(shading, lights) ? scenePositions(scene) : undefined;
  const normals = lit ? sceneNormals(scene) : undefined;
  const frame: ObjectFrame | undefined = pose;
  const light = (points: ShadingPoints, albedo: tf.Tensor): tf.Tensor => {
    if (shading === 'unlit') return albedo;
    return shade(shading, points, albedo, lights, material, frame);
  };

  let colors: tf.Tensor = scene.colors ? batchedAttribute('colors', scene.colors, topology, 3) : tf.ones([1, 1, 3]);
  if (material.color !== undefined) colors = tf.mul(colors, tf.expandDims(toRows(material.color), 1));
  const perPixel = options.per === 'pixel' ? normals : undefined;
  const textured = scene.uvs && scene.texture ? { uvs: batchedAttribute('uvs', scene.uvs, topology, 2), texture: scene.texture } : undefined;
  if (normals && !perPixel) {
    const atOnce = shading === 'lambert' && !textured && vertexLambert(normals, colors as tf.Tensor3D, lights, frame);
    if (atOnce) return spread(background ? tf.sub(atOnce, tf.pad(background, [[0, 0], [0, 0], [0, 1]])) : atOnce, last);
    colors = light({ normals, positions }, colors);
  }
  if (colors.shape[1] !== topology.vertexCount) colors = tf.tile(colors, [1, topology.vertexCount, 1]);
  if (!perPixel && !textured) return spread(withOnes(background ? tf.sub(colors, background) : colors) as tf.Tensor3D, last);

  const [image, mask, uvImage, normalImage, positionImage] = spreadTogether([colors, 'ones', textured?.uvs, perPixel, perPixel && positions], topology.vertexCount, spread);
  let color = image;
  if (textured) color = tf.mul(color, mapTexture(uvImage, textured.texture, { borderType: 'DUPLICATE' })) as tf.Tensor4D;
  if (perPixel) {
    const [batch, height, width] = color.shape;
    const flat = (pixels: tf.Tensor) => tf.reshape(pixels, [batch, height * width, 3]) as tf.Tensor3D;
    const points = { normals: normalize(flat(normalImage)), positions: positions && flat(positionImage) };
    color = tf.reshape(light(points, flat(color)), [batch, height, width, 3]);
  }
  if (background) color = tf.sub(color, tf.expandDims(background, 1));
  return tf.concat([tf.mul(color, mask), mask], 3) as tf.Tensor4D;
}

/** Interpolates several vertex attributes in one go; gives back one image for each, in their order. 'ones' gives the coverage. */
function spreadTogether(
  attributes: readonly (tf.Tensor | 'ones' | undefined)[], vertexCount: number, spread: Painting['spread'],
): tf.Tensor4D[] {
  const present = attributes.filter((part) => part !== undefined);
  const parts = present.map((part) => (part === 'ones' ? tf.ones([1, vertexCount, 1]) : part));
  const images = tf.split(spread(concatAttributes(parts) as tf.Tensor3D), parts.map((part) => part.shape[2]!), 3) as tf.Tensor4D[];
  let next = 0;
  return attributes.map((part) => (part === undefined ? undefined : images[next++]) as tf.Tensor4D);
}
