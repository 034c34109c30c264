import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import '..';
import { relativeError, runOn } from '../testing/backends';
import { randomValues } from '../testing/views';
import { FLOAT_BLEND_FLAG } from '../webgl/floatBlend';
import { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from './sampleTexture';

// Small tensors would stay on the CPU otherwise, and prove nothing.
beforeAll(() => { tf.env().set('WEBGL_CPU_FORWARD', false); tf.env().set('WEBGL_SIZE_UPLOAD_UNIFORM', 0); });
afterAll(() => { tf.env().set(FLOAT_BLEND_FLAG, 1); });

const inputsOf = (samples: number, [height, width, channels]: readonly number[]) => ({
  uvs: { values: randomValues(samples * 2, 1).map((x) => 0.5 + x / 2), shape: [samples, 2] },
  texture: { values: randomValues(height * width * channels, 2), shape: [height, width, channels] },
  dy: { values: randomValues(samples * channels, 3), shape: [samples, channels] },
});

describe('sampleTexture on webgl equals the cpu reference', () => {
  describe.each([[3, [2, 3, 1]], [37, [5, 4, 3]], [5000, [33, 31, 3]], [501, [8, 8, 5]]] as const)('%i samples of %o', (samples, shape) => {
    it.each([false, true])('tiling %s', async (tiling) => {
      const { dy, ...inputs } = inputsOf(samples, shape);
      const compare = async (kernel: string, withDy: boolean) => {
        const all = withDy ? { ...inputs, dy } : inputs;
        return relativeError(await runOn('webgl', kernel, all, { tiling }), await runOn('cpu', kernel, all, { tiling }));
      };
      expect(await compare(SAMPLE_TEXTURE, false)).toBeLessThan(1e-4);
      expect(await compare(SAMPLE_TEXTURE_GRAD_UVS, true)).toBeLessThan(1e-4);
      for (const blend of [0, 2]) {
        tf.env().set(FLOAT_BLEND_FLAG, blend);
        expect(await compare(SAMPLE_TEXTURE_GRAD_TEXTURE, true)).toBeLessThan(1e-4);
      }
    });
  });
});
