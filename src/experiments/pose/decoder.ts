import type { Camera } from '../../scene/camera';
import type { Pose } from '../../scene/pose';
import { antialias, interpolate, rasterize } from '../../graphics/kernels';
import { ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from '../../graphics/kernels/antialias/antialias';
import { INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from '../../graphics/kernels/interpolate/interpolate';
import * as tf from '../../graphics/tf';
import { poseMatrix, projectionMatrix } from './camera';
import type { DecoderMesh } from './decoderMesh';
import type { PoseLight } from './light';
import { paintTexture } from './paintTexture';

// The decoder: poses → images, all of a batch in a handful of ops, and the images' gradients back to pose matrices and lights.
// Gradients reach the pose through shading, through interpolated colours or texture coordinates, and through antialiased silhouettes; they are written out rather
// than taped, since what they lead to (16 + 4 numbers a pose) is summed over the vertices on the device.

/** Poses with the light each is seen in; undefined lights mean flat colours. */
export interface DecoderBatch {
  readonly poses: readonly Pose[];
  readonly lights: readonly PoseLight[] | undefined;
  /** [V, 4] of each: colours less the backdrop's and coverage, instead of the mesh's own. */
  readonly vertexColors?: readonly Float32Array[];
}

/** A batch of images and what their gradients need. */
export interface Rendering {
  /** [B, H, W, 4]: linear RGB less the backdrop's, and coverage. */
  readonly image: tf.Tensor4D;
  readonly colors: tf.Tensor4D;
  /** [B, H, W, 4]: what {@link paintTexture} made the colours of. */
  readonly interpolated: tf.Tensor4D;
  readonly raster: tf.Tensor4D;
  readonly clipVertices: tf.Tensor3D;
  readonly attributes: tf.Tensor3D;
  /** [B, V, 1] n · l before the clamp, where lit. */
  readonly incidence: tf.Tensor3D | undefined;
}

/** Clip-space vertices [B, V, 4]. */
export function projectVertices(mesh: DecoderMesh, poses: readonly Pose[], camera: Camera): tf.Tensor3D {
  const projection = projectionMatrix(camera);
  const transposed = new Float32Array(16 * poses.length);
  poses.forEach((pose, b) => {
    const m = poseMatrix(pose);
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        let sum = column === 3 ? projection[4 * row + 3] : 0;
        for (let k = 0; k < 3; k++) sum += projection[4 * row + k] * m[4 * k + column];
        transposed[16 * b + 4 * column + row] = sum;
      }
    }
  });
  return tf.matMul(mesh.points, tf.tensor3d(transposed, [poses.length, 4, 4]));
}

/** Draws a batch. To be called inside tf.tidy. */
export function renderBatch(mesh: DecoderMesh, { poses, lights, vertexColors }: DecoderBatch, camera: Camera): Rendering {
  const clipVertices = projectVertices(mesh, poses, camera);
  const raster = rasterize(clipVertices, mesh.topology.faces, camera);
  let incidence: tf.Tensor3D | undefined;
  let attributes: tf.Tensor3D;
  if (vertexColors) {
    attributes = tf.stack(vertexColors.map((colors) => tf.tensor2d(colors, [mesh.topology.vertexCount, 4]))) as tf.Tensor3D;
  } else if (lights) {
    incidence = tf.matMul(mesh.normals, lightsInObject(poses, lights));
    const shade = tf.add(tf.relu(incidence), tf.tensor3d(lights.map((light) => light.ambient), [lights.length, 1, 1]));
    attributes = tf.add(tf.mul(shade, mesh.albedo), mesh.offset);
  } else {
    attributes = tf.add(mesh.albedo, mesh.offset);
  }
  const interpolated = interpolate(attributes, clipVertices, mesh.topology, raster);
  const colors = paintTexture(mesh, interpolated);
  return { image: antialias(colors, raster, clipVertices, mesh.topology), colors, interpolated, raster, clipVertices, attributes, incidence };
}

/** Rᵀ l of each pose, [B, 3, 1]. */
function lightsInObject(poses: readonly Pose[], lights: readonly PoseLight[]): tf.Tensor3D {
  const values = new Float32Array(3 * poses.length);
  poses.forEach((pose, b) => {
    const m = poseMatrix(pose);
    const [x, y, z] = lights[b].directional;
    for (let k = 0; k < 3; k++) values[3 * b + k] = m[k] * x + m[4 + k] * y + m[8 + k] * z;
  });
  return tf.tensor3d(values, [poses.length, 3, 1]);
}

/** ∂L/∂(vertices → clip matrix) [B, 16] and, where lit, ∂L/∂(Rᵀ l, ambient) [B, 4]. To be called inside tf.tidy. */
export function backpropagate(mesh: DecoderMesh, rendering: Rendering, dy: tf.Tensor4D): { matrix: tf.Tensor2D; light: tf.Tensor2D | undefined } {
  const { colors, interpolated, raster, clipVertices, attributes, incidence } = rendering;
  const { faces, opposites, cornerOffsets, corners, vertexCount } = mesh.topology;
  const run = (kernel: string, inputs: Record<string, tf.Tensor>, attrs = {}): tf.Tensor => tf.engine().runKernel(kernel, inputs, attrs) as tf.Tensor;
  const edges = { dy, color: colors, raster, clipVertices, faces, opposites };
  const dColors = run(ANTIALIAS_GRAD_COLOR, edges) as tf.Tensor4D;
  const dInterpolated = mesh.texture ? tf.grad((x: tf.Tensor) => paintTexture(mesh, x as tf.Tensor4D))(interpolated, dColors) : dColors;
  const dSilhouette = run(ANTIALIAS_GRAD_POSITIONS, { ...edges, cornerOffsets, corners }) as tf.Tensor3D;
  const dInside = run(INTERPOLATE_GRAD_POSITIONS, { dy: dInterpolated, attributes, clipVertices, faces, raster, cornerOffsets, corners }) as tf.Tensor3D;
  const dClip = tf.add(dSilhouette, dInside) as tf.Tensor3D;
  const batch = clipVertices.shape[0];
  const matrix = tf.reshape(tf.matMul(dClip, mesh.points, true, false), [batch, 16]) as tf.Tensor2D;
  if (!incidence) return { matrix, light: undefined };
  const dAttributes = run(INTERPOLATE_GRAD_ATTRIBUTES, { dy: dInterpolated, clipVertices, faces, raster, cornerOffsets, corners }, { batch, vertexCount }) as tf.Tensor3D;
  const dShade = tf.sum(tf.mul(dAttributes, mesh.albedo), 2, true) as tf.Tensor3D;
  const dIncidence = tf.mul(dShade, tf.step(incidence)) as tf.Tensor3D;
  const dLight = tf.reshape(tf.matMul(dIncidence, mesh.normals, true, false), [batch, 3]);
  return { matrix, light: tf.concat([dLight, tf.reshape(tf.sum(dShade, 1), [batch, 1])], 1) as tf.Tensor2D };
}
