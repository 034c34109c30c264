import * as tf from '../src/graphics/tf';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'forward and backward rendering, beside three.js drawing the same mesh';
export const options: readonly BenchOption[] = [];

export async function run(context: BenchContext): Promise<BenchResult> {
  context.log('hello');
  return { settings: {}, trials: [], summary: {}, table: [['a', 'b'], ['x', tf.getBackend()]] };
}
