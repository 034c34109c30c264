import type { GoldenAdapters, GoldenRoom } from './golden';
import fixture from './nn.json?raw';

const adapters: GoldenAdapters = {};

export const nnRoom: GoldenRoom = { fixture, adapters, deviations: {} };
