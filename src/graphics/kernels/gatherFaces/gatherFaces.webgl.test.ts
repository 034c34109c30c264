import { beforeAll, expect, it } from 'vitest';
import { icosphereMesh } from '../../../scene/primitives';
import '../index';
import { compareBackends, keepOnGPU } from '../testing/backends';
import { kernelInputs, pick } from '../testing/kernelInputs';
import { randomValues, randomView } from '../testing/views';
import { SUM_CORNERS } from '../sumCorners/sumCorners';
import { GATHER_FACES } from './gatherFaces';

beforeAll(keepOnGPU);

const view = randomView(icosphereMesh(1, 2), 3, 1);
const inputs = kernelInputs(view, new Float32Array(0), { height: 0, width: 0 }, 1);

it.each([1, 2, 3, 5])('gathers %i channels by faces exactly as the cpu does', async (channels) => {
  const values = { values: randomValues(3 * view.vertexCount * channels, 1), shape: [3, view.vertexCount, channels] };
  expect((await compareBackends(GATHER_FACES, { values, ...pick(inputs, 'faces') })).error).toBe(0);
});

it.each([1, 2, 3, 5])('sums %i channels of corners into vertices as the cpu does', async (channels) => {
  const values = { values: randomValues(3 * view.faceCount * 3 * channels, 1), shape: [3, view.faceCount, 3, channels] };
  expect((await compareBackends(SUM_CORNERS, { values, ...pick(inputs, 'cornerOffsets corners') })).error).toBeLessThan(1e-6);
});
