import { expect, it } from 'vitest';
import { randomTensors } from '../testing/randomTensors';
import { differenceOfBackends } from '../testing/sameOnBackends';
import * as tf from '../tf';
import { colorSpace, matting, transformer } from '.';

const image = (random: ReturnType<typeof randomTensors>) => random.uniform([2, 6, 5, 3], 0, 1);
const asImage = (x: tf.Tensor) => x as tf.Tensor4D;

it.each(['ZERO', 'DUPLICATE'] as const)('images are sampled on webgl as on cpu, with their gradients (border %s, seed 1)', async (borderType) => {
  const make = () => {
    const random = randomTensors(1);
    return [image(random), random.uniform([2, 4, 3, 2], -1, 7)];
  };
  expect(await differenceOfBackends(make, (x, warp) => transformer.sample(asImage(x), warp, { borderType }))).toBeLessThan(1e-4);
});

it('homographies are applied on webgl as on cpu, with their gradients (seed 2)', async () => {
  const make = () => {
    const random = randomTensors(2);
    const near = tf.add(tf.eye(3), tf.mul(random.uniform([2, 3, 3]), tf.tensor2d([[0.1, 0.1, 1], [0.1, 0.1, 1], [0.01, 0.01, 0.01]])));
    return [image(random), near];
  };
  expect(await differenceOfBackends(make, (x, matrix) => transformer.perspectiveTransform(asImage(x), matrix))).toBeLessThan(1e-3);
});

it('mattes are fitted and rebuilt on webgl as on cpu, with their gradients (seed 3)', async () => {
  const make = () => {
    const random = randomTensors(3);
    return [image(random), random.uniform([2, 6, 5, 1], 0, 1)];
  };
  const rebuilt = (x: tf.Tensor, matte: tf.Tensor) => {
    const { pseudoInverse } = matting.buildMatrices(asImage(x), { eps: 1e-2 });
    const { coeffMul, coeffAdd } = matting.linearCoefficients(asImage(matte), pseudoInverse);
    return matting.reconstruct(asImage(x), coeffMul, coeffAdd);
  };
  expect(await differenceOfBackends(make, rebuilt)).toBeLessThan(2e-3);
});

it('colors go to sRGB and back on webgl as on cpu (seed 4)', async () => {
  const make = () => [randomTensors(4).uniform([7, 3], 0, 1)];
  expect(await differenceOfBackends(make, (x) => colorSpace.linearRgb.fromSrgb(colorSpace.srgb.fromLinearRgb(x)))).toBeLessThan(2e-3);
});
