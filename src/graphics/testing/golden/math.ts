import { math } from '../../index';
import type { GoldenAdapters, GoldenRoom } from './golden';
import fixture from './math.json?raw';

const adapters: GoldenAdapters = {
  'math.vector.cross': (x) => math.vector.cross(x.vector1, x.vector2),
  'math.vector.dot': (x, { keepdims = true }) => math.vector.dot(x.vector1, x.vector2, { keepDims: keepdims as boolean }),
  'math.vector.reflect': (x) => math.vector.reflect(x.vector, x.normal),
};

export const mathRoom: GoldenRoom = { fixture, adapters, deviations: {} };
