import { beforeAll, describe, expect, it } from 'vitest';
import { keepOnGPU } from '../../kernels/testing/backends';
import * as tf from '../../tf';
import { checkSingular } from './checks';
import type { Table } from './entry';

/** The largest number of 16 bits: a derivative that is finite at all is below. */
const LARGEST_HALF = 65504;

/** Generates from a table: finite values and gradients at the singular points on a device whose textures have 16 bits. */
export function testInHalfPrecision(path: string, table: Table): void {
  describe(`${path} on webgl with 16-bit textures`, () => {
    beforeAll(async () => {
      tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
      await tf.setBackend('webgl');
      keepOnGPU();
      expect(tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')).toBe(false);
    });
    const singular = Object.entries(table).map(([name, entry]) => {
      const points = Object.entries(entry.singular ?? {}).filter(([title]) => !(title in (entry.beyondHalf ?? {})));
      return [name, entry, points] as const;
    });
    describe.each(singular.filter(([, , points]) => points.length > 0))('%s', (name, entry, points) => {
      it.each(points)('is finite with its gradients at %s', (_, point) => checkSingular(name, entry, point, LARGEST_HALF));
    });
  });
}
