import { createTopology, disposeTopology } from '../../src/graphics/geometry/representation/mesh/topology';
import { render } from '../../src/graphics/rendering/render';
import * as tf from '../../src/graphics/tf';
import type { Camera } from '../../src/scene/camera';
import type { Mesh } from '../../src/scene/mesh';
import type { Pose } from '../../src/scene/pose';
import { buildTopology } from '../../src/scene/topology';

/** The differentiable renderer drawing one mesh in several poses, all in one call. Each way returns once its result is there. */
export interface OurDraw {
  /** The images, read back as floats. */
  forwardAndRead(): void;
  /** The images, of which one value is read. */
  forwardAndWait(): void;
  /** The images and what a given change of every pixel means for each pose, which is read. */
  backwardToPose(): void;
  /** The same for each vertex; one value is read. */
  backwardToVertices(): void;
  /** Deletes the textures that TensorFlow.js kept for these shapes. */
  freeTextures(): void;
  dispose(): void;
}

/** Waits until a tensor is computed: its first value is copied out, and WebGL can give that only when all before it is done. */
function waitFor(tensor: tf.Tensor): void {
  tf.slice(tf.reshape(tensor, [-1]), 0, 1).dataSync();
}

/** TensorFlow.js keeps released textures for tensors of the same shape; what is used in `work` is deleted instead, since the next case has other shapes. */
function deletingTextures(work: () => void): void {
  const usual = tf.env().getNumber('WEBGL_DELETE_TEXTURE_THRESHOLD');
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 0);
  work();
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', usual);
}

export function createOurDraw(mesh: Mesh, camera: Camera, poses: readonly Pose[]): OurDraw {
  const topology = createTopology(buildTopology(mesh));
  const vertices = tf.tensor2d(mesh.positions, [topology.vertexCount, 3]);
  const normals = mesh.normals && tf.tensor2d(mesh.normals, [topology.vertexCount, 3]);
  const rotation = tf.tensor2d(poses.map((pose) => [...pose.rotation]));
  const translation = tf.tensor2d(poses.map((pose) => [...pose.translation]));
  // What a loss would ask of each pixel. A constant, so that no loss of this or that kind is measured with the renderer.
  const asked = tf.fill([poses.length, camera.height, camera.width, 4], 1e-3);
  const lights = [
    { kind: 'ambient', color: [0.3, 0.3, 0.3] },
    { kind: 'directional', towards: [0.3, 0.4, 1], color: [0.7, 0.7, 0.7] },
  ] as const;
  const draw = (points: tf.Tensor, turn: tf.Tensor, shift: tf.Tensor): tf.Tensor => render(
    { vertices: points, topology, normals, lights, pose: { rotation: turn, translation: shift } }, camera, { shading: 'lambert', outputs: ['rgba'] },
  ).rgba;
  const poseGradient = tf.grads((turn: tf.Tensor, shift: tf.Tensor) => draw(vertices, turn, shift));
  const vertexGradient = tf.grad((points: tf.Tensor) => draw(points, rotation, translation));
  const tidily = (work: () => void) => () => void tf.tidy(() => work());
  const ways = {
    forwardAndRead: tidily(() => void draw(vertices, rotation, translation).dataSync()),
    forwardAndWait: tidily(() => waitFor(draw(vertices, rotation, translation))),
    backwardToPose: tidily(() => {
      const gradients = poseGradient([rotation, translation], asked);
      tf.concat(gradients, 1).dataSync();
    }),
    backwardToVertices: tidily(() => waitFor(vertexGradient(vertices, asked))),
  };
  return {
    ...ways,
    freeTextures: () => deletingTextures(() => Object.values(ways).forEach((way) => way())),
    dispose: () => {
      disposeTopology(topology);
      tf.dispose([vertices, normals, rotation, translation, asked].filter((tensor) => tensor !== undefined));
    },
  };
}
