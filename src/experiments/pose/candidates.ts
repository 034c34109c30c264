import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import { quaternionToMatrix } from '../../scene/rotation';
import { interpolate, rasterize } from '../../graphics/kernels';
import * as tf from '../../graphics/tf';
import { projectVertices } from './decoder';
import type { DecoderMesh } from './decoderMesh';
import { fitLight, type PoseLight } from './light';
import { read, type TargetLevel } from './objective';
import { textureBrightness } from './paintTexture';
import { placeAt } from './parameters';
import type { Backdrop, LinearImage } from './target';

// What can be known of a hypothesis in closed form before any gradient: where its silhouette has to be, and its light.

/** Mass (pixels) and centroid (tangents of the angle off the axis, y up) of a silhouette. */
export interface SilhouetteMoments {
  readonly mass: number;
  readonly u: number;
  readonly v: number;
}

const tangentU = (camera: Camera, x: number): number => (x + 0.5 - camera.cx) / camera.fx;
const tangentV = (camera: Camera, y: number): number => -(y + 0.5 - camera.cy) / camera.fy;

/** Of a picture's coverage. */
export function measureSilhouette(image: LinearImage, camera: Camera): SilhouetteMoments {
  let [mass, u, v] = [0, 0, 0];
  for (let pixel = 0; pixel < image.height * image.width; pixel++) {
    const alpha = image.data[4 * pixel + 3];
    mass += alpha;
    u += alpha * tangentU(camera, pixel % image.width);
    v += alpha * tangentV(camera, Math.floor(pixel / image.width));
  }
  return { mass, u: u / Math.max(mass, 1e-9), v: v / Math.max(mass, 1e-9) };
}

/** Hypotheses moved, their look kept, so that their silhouettes get the target's area and centroid. */
export async function alignSilhouettes(
  mesh: DecoderMesh, poses: readonly Pose[], camera: Camera, target: SilhouetteMoments,
): Promise<Pose[]> {
  const { height, width } = camera;
  const moments = await read(tf.tidy(() => {
    const raster = rasterize(projectVertices(mesh, poses, camera), mesh.topology.faces, camera);
    const covered = tf.step(tf.reshape(tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]), [poses.length, height * width]));
    const basis = new Float32Array(3 * height * width);
    for (let i = 0; i < height * width; i++) basis.set([1, tangentU(camera, i % width), tangentV(camera, Math.floor(i / width))], 3 * i);
    return tf.matMul(covered as tf.Tensor2D, tf.tensor2d(basis, [height * width, 3]));
  }));
  return poses.map((pose, b) => {
    const [mass, u, v] = moments.subarray(3 * b, 3 * b + 3);
    // Nothing in view: nothing to go by.
    if (mass < 1 || target.mass < 1) return pose;
    const [x, y, z] = pose.translation;
    const stretch = Math.sqrt(mass / target.mass);
    const depth = -z * stretch;
    const newU = target.u - (u / mass - x / -z) / stretch;
    const newV = target.v - (v / mass - y / -z) / stretch;
    return placeAt(pose, [newU * depth, newV * depth, -depth]);
  });
}

/** [B, H, W, 2], of a mesh with a texture. */
function textureCoordinates({ offset, topology }: DecoderMesh, clipVertices: tf.Tensor3D, raster: tf.Tensor4D): tf.Tensor4D {
  return interpolate(tf.slice(offset, [0, 0, 2], [-1, -1, 2]), clipVertices, topology, raster);
}

/** Weight of the headlight in {@link fitLight}. */
const LIGHT_RIDGE = 0.02;

/** The light that best explains the target under each hypothesis. */
export async function fitLights(
  mesh: DecoderMesh, poses: readonly Pose[], { camera, image, backdrop }: TargetLevel & { readonly backdrop: Backdrop },
): Promise<PoseLight[]> {
  const batch = poses.length;
  const pixels = camera.height * camera.width;
  const packed = await read(tf.tidy(() => {
    const clipVertices = projectVertices(mesh, poses, camera);
    const raster = rasterize(clipVertices, mesh.topology.faces, camera);
    const white = interpolate(mesh.lightBasis, clipVertices, mesh.topology, raster);
    const painted = mesh.texture ? tf.mul(white, textureBrightness(mesh.texture, textureCoordinates(mesh, clipVertices, raster))) : white;
    const basis = tf.reshape(painted, [batch, pixels, 4]);
    const flat = tf.reshape(image, [1, pixels, 4]);
    const seen = tf.mul(basis, tf.slice(flat, [0, 0, 3], [-1, -1, 1]));
    const rgb = tf.add(tf.slice(flat, [0, 0, 0], [-1, -1, 3]), tf.tensor1d([...backdrop]));
    const normal = tf.matMul(seen, basis, true, false);
    const right = tf.matMul(seen, tf.tile(tf.mean(rgb, 2, true), [batch, 1, 1]), true, false);
    return tf.concat([tf.reshape(normal, [batch, 16]), tf.reshape(right, [batch, 4])], 1);
  }));
  return poses.map((pose, b) => {
    const row = packed.subarray(20 * b, 20 * b + 20);
    // The basis holds normals of the object's frame; T = diag(1, R) takes it to the camera's, where the prior lives.
    const r = quaternionToMatrix(pose.rotation);
    const t = [[1, 0, 0, 0], [0, r[0], r[1], r[2]], [0, r[3], r[4], r[5]], [0, r[6], r[7], r[8]]];
    const right = t.map((ti) => ti.reduce((sum, value, k) => sum + value * row[16 + k], 0));
    const normal = t.flatMap((ti) => t.map((tj) => ti.reduce((sum, a, k) => sum + tj.reduce((s, c, l) => s + a * row[4 * k + l] * c, 0), 0)));
    return fitLight(normal, right, LIGHT_RIDGE);
  });
}
