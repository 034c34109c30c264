import { expect, it } from 'vitest';
import { buildTopology } from '../../scene/topology';
import { createTopology } from '../geometry/representation/mesh/topology';
import { render } from '../rendering';
import { probe } from '../testing/gradients';
import { differenceOfBackends } from '../testing/sameOnBackends';
import * as tf from '../tf';

const CAMERA = { height: 10, width: 12, fx: 24, fy: 23, cx: 6, cy: 5, near: 0.1, far: 20 };

it('a rendering has the second gradients on the GPU that it has without', async () => {
  // One triangle that fills the image: where a pixel lies on an edge, two devices may see two faces.
  const mesh = { positions: Float32Array.from([-2.2, -1.6, 0.2, 2.4, -1.5, -0.3, 0.1, 2.6, 0.25]), faces: Uint32Array.of(0, 1, 2) };
  // Uploaded by each backend.
  const image = (pose: tf.Tensor): tf.Tensor => {
    const topology = createTopology(buildTopology(mesh));
    const vertices = tf.tensor2d(mesh.positions, [topology.vertexCount, 3]);
    const [rotation, translation] = tf.split(pose, [4, 3], 1) as [tf.Tensor, tf.Tensor];
    return render({ vertices, colors: tf.abs(vertices) as tf.Tensor2D, topology, pose: { rotation, translation } }, CAMERA, { outputs: ['color'], shading: 'lambert' }).color;
  };
  const make = () => [tf.tensor2d([[0.1, 0.2, -0.1, 0.9, 0.05, -0.04, -1.9]])];
  const difference = await differenceOfBackends(make, (x) => tf.grad((pose) => probe(image(pose)))(x));
  expect(difference).toBeLessThan(5e-3);
});
