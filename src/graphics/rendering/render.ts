import { resizeCamera, type Camera } from '../../scene/camera';
import type { MeshTopology } from '../geometry/representation/mesh/topology';
import { antialias, broadcastMatMul, interpolate, rasterize, transformVertices } from '../kernels';
import { normalize } from '../math/vector';
import { checkLastAxis } from '../shape';
import * as tf from '../tf';
import { checkCamera } from './camera/checkCamera';
import { resizeCameraTensors, type CameraTensors } from './camera/pinhole';
import { toRows, type Light, type Vector3Like } from './light/lights';
import { paint } from './paint';
import { clipMatrix, poseMatrices, type PoseTensors } from './poseMatrix';
import type { Material, Shading } from './shading';
import { batchedVertices, sceneNormals } from './vertexAttributes';

/** One mesh, in one pose or in B. */
export interface RenderScene {
  /** [V, 3] or [B, V, 3], object frame; or homogeneous, with w = 1 as a fourth. */
  readonly vertices: tf.Tensor;
  readonly topology: MeshTopology;
  /** [V, 3] or [B, V, 3], unit length; computed from the vertices where shading needs them and none are given. */
  readonly normals?: tf.Tensor;
  /** [V, 3] or [B, V, 3], linear RGB; white by default. */
  readonly colors?: tf.Tensor;
  /** [V, 2]; (0, 0) is the texture's lower left corner. Used with `texture`, per pixel. */
  readonly uvs?: tf.Tensor2D;
  /** [H', W', 3], row 0 at the top; multiplies the colours. */
  readonly texture?: tf.Tensor3D;
  readonly material?: Material;
  /** One white light from the viewer's side by default; not used by 'unlit'. */
  readonly lights?: readonly Light[];
  /** The object in the camera's frame; the identity by default. */
  readonly pose?: PoseTensors;
  /** A colour, or an image [H, W, 3] or [B, H, W, 3]; black by default. */
  readonly background?: Vector3Like;
}

/**
 * Images that can be asked for, each [B, H, W, C], row 0 at the top: 'rgba' and its parts 'color' and 'alpha' (the silhouette);
 * 'depth', the distance along the line of sight in the object's units (0 on the background); 'normals' in the camera's frame.
 */
export type RenderOutput = 'rgba' | 'color' | 'alpha' | 'depth' | 'normals';

export interface RenderOptions<Output extends RenderOutput> {
  /** The image's size; the camera's by default, else the camera is resized to it. */
  readonly height?: number;
  readonly width?: number;
  /** 'unlit' by default. */
  readonly shading?: Shading;
  /** Where light is computed: at the vertices (default: one interpolation carries the result) or at every pixel. */
  readonly per?: 'vertex' | 'pixel';
  /** Blends silhouettes, which is where their gradient comes from. True by default. */
  readonly antialias?: boolean;
  /** Only these are computed. ['color', 'alpha'] by default. */
  readonly outputs?: readonly Output[];
}

export type Rendering<Output extends RenderOutput> = { readonly [K in Output]: tf.Tensor4D } & {
  /** [B, H, W, 4] as from `rasterize`; a constant to gradients. */
  readonly raster: tf.Tensor4D;
  /** [B, V, 4] */
  readonly clipVertices: tf.Tensor3D;
};

/**
 * Draws a mesh in B poses: rasterize, interpolate, shade, antialias.
 *
 * Gradients: to vertices, colours, normals, texture, uvs, pose, intrinsics, lights, material and background. Positions get theirs
 * inside faces by interpolation and at silhouettes by antialiasing (one pixel wide); none through hidden surfaces or depth order,
 * and none of `depth` and `normals` at silhouettes. Second derivatives and higher ones are computed by ordinary operations, and slower.
 *
 * @param scene the mesh and what it shows.
 * @param camera a record of the image's size, focal lengths and principal point in pixels, and clip distances; or tensors of intrinsics.
 * @param options.height of the image; the camera's by default, else the camera is resized.
 * @param options.width likewise.
 * @param options.shading 'unlit' by default.
 * @param options.per where light is computed: at each 'vertex' (default) or 'pixel'.
 * @param options.antialias blends silhouettes, which is where their gradient comes from; true by default.
 * @param options.outputs which images are computed: 'color' and 'alpha' by default.
 * @returns the images asked for, each [B, H, W, C]; raster [B, H, W, 4]; clipVertices [B, V, 4].
 * @throws Error that names the argument, axis and shape, or the camera's entry that is no number.
 * @example
 * ```ts
 * // A white triangle 2 in front of the camera, larger than the image.
 * const positions = Float32Array.from([-9, -9, -2, 9, -9, -2, 0, 9, -2]);
 * const { buildTopology, createTopology } = geometry.representation.mesh;
 * const topology = createTopology(buildTopology({ positions, faces: Uint32Array.from([0, 1, 2]) }));
 * const camera = { height: 4, width: 6, fx: 4, fy: 4, cx: 3, cy: 2, near: 0.1, far: 10 };
 * const images = rendering.render({ vertices: tf.tensor2d(positions, [3, 3]), topology }, camera, { outputs: ['color', 'depth'] });
 * images.color.shape; // → [1, 4, 6, 3]
 * tf.mean(images.color); // → 1
 * [tf.min(images.depth), tf.max(images.depth)]; // → [2, 2]
 * ```
 */
export function render<Output extends RenderOutput = 'color' | 'alpha'>(
  scene: RenderScene, camera: Camera | CameraTensors, options: RenderOptions<Output> = {},
): Rendering<Output> {
  if (!('intrinsics' in camera)) checkCamera(camera);
  const size = { height: options.height ?? camera.height, width: options.width ?? camera.width };
  const outputs = new Set<RenderOutput>(options.outputs ?? ['color', 'alpha']);
  const images = tf.tidy(() => renderImages(scene, 'intrinsics' in camera ? resizeCameraTensors(camera, size) : resizeCamera(camera, size), options, outputs));
  return images as unknown as Rendering<Output>;
}

function renderImages(
  scene: RenderScene, camera: Camera | CameraTensors, options: RenderOptions<RenderOutput>, outputs: ReadonlySet<RenderOutput>,
): Record<string, tf.Tensor> {
  const { topology } = scene;
  const pose = scene.pose && poseMatrices(scene.pose);
  const clipVertices = transformVertices(batchedVertices(scene), clipMatrix(camera, pose));
  const raster = rasterize(clipVertices, topology.faces, camera);
  const images: Record<string, tf.Tensor> = { raster, clipVertices };
  const blends = options.antialias ?? true;
  const spread = (attributes: tf.Tensor3D, dense = false) => interpolate(attributes, clipVertices, topology, raster, { dense });

  if (outputs.has('rgba') || outputs.has('color')) {
    const background = scene.background === undefined ? undefined : toBackground(scene.background);
    // A constant background is subtracted before and added after, so that one image-wide step composites.
    const constant = background?.rank === 2 ? tf.expandDims(background, 1) : undefined;
    let rgba = paint({ scene, options, pose, background: constant, spread, last: blends });
    if (blends) rgba = antialias(rgba, raster, clipVertices, topology);
    if (constant) rgba = tf.add(rgba, tf.pad(tf.expandDims(constant, 1), [[0, 0], [0, 0], [0, 0], [0, 1]]));
    else if (background) rgba = composite(rgba, background);
    if (outputs.has('rgba')) images['rgba'] = rgba;
    if (outputs.has('color')) images['color'] = tf.slice(rgba, [0, 0, 0, 0], [-1, -1, -1, 3]);
    if (outputs.has('alpha')) images['alpha'] = tf.slice(rgba, [0, 0, 0, 3], [-1, -1, -1, 1]);
  } else if (outputs.has('alpha')) {
    const covered = spread(tf.ones([1, topology.vertexCount, 1]));
    images['alpha'] = blends ? antialias(covered, raster, clipVertices, topology) : covered;
  }
  // w of a clip vertex is the distance along the line of sight.
  if (outputs.has('depth')) images['depth'] = spread(tf.slice(clipVertices, [0, 0, 3], [-1, -1, 1]));
  if (outputs.has('normals')) {
    const normals = sceneNormals(scene);
    images['normals'] = normalize(spread(pose ? broadcastMatMul(normals, pose.rotation, true) : normals));
  }
  return images;
}

/** @returns [B or 1, 3] for a colour, [B or 1, H, W, 3] for an image. */
function toBackground(background: Vector3Like): tf.Tensor {
  if (!(background instanceof tf.Tensor) || background.rank < 3) return toRows(background);
  checkLastAxis('background', background, 3);
  return background.rank === 3 ? tf.expandDims(background, 0) : background;
}

/** Premultiplied colour over an image; the alpha is kept. */
function composite(rgba: tf.Tensor4D, background: tf.Tensor): tf.Tensor4D {
  const alpha = tf.slice(rgba, [0, 0, 0, 3], [-1, -1, -1, 1]);
  const behind = tf.mul(tf.sub(1, alpha), background);
  return tf.add(rgba, tf.pad(behind as tf.Tensor4D, [[0, 0], [0, 0], [0, 0], [0, 1]]));
}
