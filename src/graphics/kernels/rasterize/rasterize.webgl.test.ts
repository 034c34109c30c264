import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../tf';
import { icosphereMesh, sixColorCube, torusMesh } from '../../../scene/primitives';
import '../index';
import { compareBackends, keepOnGPU, runOn, type InputArrays } from '../testing/backends';
import { kernelInputs, pick, type Size } from '../testing/kernelInputs';
import { randomView, type TestView } from '../testing/views';
import { RASTERIZE } from './rasterize';

beforeAll(keepOnGPU);

const inputsOf = (view: TestView) => pick(kernelInputs(view, new Float32Array(0), { height: 0, width: 0 }, 1), 'clipVertices faces');
const trianglesOf = (clip: number[][], faces: number[][]): InputArrays => ({
  clipVertices: { values: Float32Array.from(clip.flat()), shape: [1, clip.length, 4] },
  faces: { values: Int32Array.from(faces.flat()), shape: [faces.length, 3] },
});

interface Agreement { readonly share: number; readonly worst: number; readonly covered: number; readonly farthest: number }

/**
 * Where ids differ, and how far values are apart where they agree. `farthest`: for pixels whose ids differ, how far (in pixels) the centre lies
 * inside the triangle that either backend saw there, at most.
 */
function agreement(cpu: Float32Array, webgl: Float32Array, view: TestView, { height, width }: Size): Agreement {
  let [differ, worst, covered, farthest] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < cpu.length / 4; pixel++) {
    const o = 4 * pixel;
    if (cpu[o + 3] > 0) covered++;
    if (cpu[o + 3] === webgl[o + 3]) {
      for (let c = 0; c < 3; c++) worst = Math.max(worst, Math.abs(cpu[o + c] - webgl[o + c]));
      continue;
    }
    differ++;
    const inside = [cpu, webgl].map((raster) => {
      if (raster[o + 3] === 0) return Infinity;
      return distanceInside(view, Math.floor(pixel / (height * width)), raster[o + 3] - 1, [pixel % width + 0.5, Math.floor(pixel / width) % height + 0.5], { height, width });
    });
    farthest = Math.max(farthest, Math.min(...inside));
  }
  return { share: differ / (cpu.length / 4), worst, covered, farthest };
}

/** Distance in pixels from a point to the nearest edge of a projected triangle. */
function distanceInside({ clip, topology, vertexCount }: TestView, pose: number, face: number, [x, y]: number[], { height, width }: Size): number {
  const p = [0, 1, 2].map((k) => {
    const o = 4 * (pose * vertexCount + topology.faces[3 * face + k]);
    return [(clip[o] / clip[o + 3] + 1) * width / 2, (1 - clip[o + 1] / clip[o + 3]) * height / 2];
  });
  return Math.min(...p.map(([ax, ay], k) => {
    const [bx, by] = p[(k + 1) % 3];
    const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / Math.max(1e-12, (bx - ax) ** 2 + (by - ay) ** 2)));
    return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
  }));
}

describe.each(Object.entries({ cube: sixColorCube(1.4), icosphere: icosphereMesh(0.9, 2), torus: torusMesh(0.7, 0.3, 32, 16) }))('%s', (_name, mesh) => {
  it('agrees with the cpu but for the GPU\'s sub-pixel snapping at edges', async () => {
    const size = { height: 93, width: 121 };
    const view = randomView(mesh, 3, 5);
    const { cpu, webgl } = await compareBackends(RASTERIZE, inputsOf(view), size);
    const { share, worst, covered, farthest } = agreement(cpu, webgl, view, size);
    expect(covered).toBeGreaterThan(3000);
    expect(worst).toBeLessThan(1e-4);
    expect(share).toBeLessThan(0.005);
    expect(farthest).toBeLessThan(0.1);
  });
});

const clipped: [string, number[][]][] = [
  ['crosses the near plane', [[-0.5, -0.5, 0.2, 1], [0.5, -0.5, 0.2, 1], [0, 1.2, -3, 0.4]]],
  ['has a vertex behind the camera (w < 0)', [[-0.6, -0.6, 0.5, 1], [0.7, -0.5, 0.5, 1], [0.1, 0.4, -0.3, -0.5]]],
  ['has a vertex at w = 0', [[-0.6, -0.6, 0.5, 1], [0.7, -0.5, 0.5, 1], [0.1, 0.9, 0, 0]]],
  ['reaches beyond the far plane', [[-0.8, -0.8, 0.2, 1], [0.8, -0.8, 0.2, 1], [0, 0.8, 3, 1.5]]],
  ['is larger than the image', [[-40, -30, 0, 1], [60, -30, 0, 1], [0, 50, 0, 1]]],
];

describe.each(clipped)('a triangle that %s', (_name, clip) => {
  it('covers the same pixels with the same values', async () => {
    const size = { height: 40, width: 56 };
    const { cpu, webgl } = await compareBackends(RASTERIZE, trianglesOf(clip, [[0, 1, 2]]), size);
    const ids = (raster: Float32Array) => raster.filter((_, i) => i % 4 === 3);
    expect(ids(cpu).some((id) => id === 1)).toBe(true);
    const differing = ids(cpu).filter((id, i) => id !== ids(webgl)[i]).length;
    expect(differing).toBeLessThan(0.005 * size.height * size.width);
    cpu.forEach((value, i) => {
      const o = i - (i % 4);
      if (cpu[o + 3] === webgl[o + 3]) expect(Math.abs(value - webgl[i])).toBeLessThan(1e-4);
    });
  });
});

it('draws nothing for degenerate triangles, and no NaN', async () => {
  const clip = [[0, 0, 0, 1], [0.5, 0.5, 0, 1], [-0.5, -0.5, 0, 1], [0, 0, 0, 0]];
  const inputs = trianglesOf(clip, [[0, 0, 0], [0, 1, 2], [3, 3, 3], [0, 1, 1]]);
  expect((await runOn('webgl', RASTERIZE, inputs, { height: 33, width: 33 })).every((x) => x === 0)).toBe(true);
});

it('draws nothing for a mesh without faces', async () => {
  const raster = await runOn('webgl', RASTERIZE, trianglesOf([[0, 0, 0, 1]], []), { height: 5, width: 7 });
  expect(raster).toEqual(new Float32Array(5 * 7 * 4));
});

it('refuses faces that name a vertex that does not exist', async () => {
  await expect(runOn('webgl', RASTERIZE, trianglesOf([[0, 0, 0, 1]], [[0, 0, 1]]), { height: 5, width: 7 }))
    .rejects.toThrow('faces names vertex 1 in face 0, but clipVertices has 1 vertices');
});

it('keeps poses apart where one reaches beyond its image', async () => {
  const clip = Float32Array.from([[-9, -9, 0, 1], [9, -9, 0, 1], [0, 9, 0, 1], [5, 5, 0, 1], [6, 5, 0, 1], [5, 6, 0, 1]].flat());
  const inputs: InputArrays = { clipVertices: { values: clip, shape: [2, 3, 4] }, faces: { values: Int32Array.from([0, 1, 2]), shape: [1, 3] } };
  const raster = await runOn('webgl', RASTERIZE, inputs, { height: 8, width: 8 });
  expect(raster.filter((_, i) => i % 4 === 3)).toEqual(Float32Array.from({ length: 128 }, (_, i) => (i < 64 ? 1 : 0)));
});

it('sees 300,000 faces at 512 × 512 with exact ids', async () => {
  const columns = 547;
  const rows = 548;
  const vertices = Float32Array.from({ length: (columns + 1) * (rows + 1) * 4 }, (_, i) => {
    const [vertex, axis] = [i >> 2, i & 3];
    const [x, y] = [vertex % (columns + 1) / columns, Math.floor(vertex / (columns + 1)) / rows];
    return [2 * x - 1, 1 - 2 * y, 0.25, 1][axis];
  });
  const cell = (i: number) => Math.floor(i / 2) + Math.floor(Math.floor(i / 2) / columns);
  const faceCount = 2 * columns * rows;
  expect(faceCount).toBeGreaterThan(299_000);
  const faces = Int32Array.from({ length: 3 * faceCount }, (_, i) => {
    const [a, upper] = [cell(Math.floor(i / 3)), Math.floor(i / 3) % 2 === 0];
    return (upper ? [a, a + 1, a + columns + 1] : [a + 1, a + columns + 2, a + columns + 1])[i % 3];
  });
  const inputs = { clipVertices: { values: vertices, shape: [1, vertices.length / 4, 4] }, faces: { values: faces, shape: [faceCount, 3] } };
  const raster = await runOn('webgl', RASTERIZE, inputs, { height: 512, width: 512 });
  let wrong = 0;
  for (let pixel = 0; pixel < 512 * 512; pixel++) {
    const [x, y] = [(pixel % 512 + 0.5) / 512 * columns, (Math.floor(pixel / 512) + 0.5) / 512 * rows];
    const [fx, fy] = [x % 1, y % 1];
    const nearEdge = Math.min(fx, fy, 1 - fx, 1 - fy, Math.abs(fx + fy - 1)) < 0.15;
    const expected = 2 * (Math.floor(y) * columns + Math.floor(x)) + (fx + fy < 1 ? 0 : 1) + 1;
    if (!nearEdge && raster[4 * pixel + 3] !== expected) wrong++;
  }
  expect(wrong).toBe(0);
});

describe('with more rows than a texture is high', () => {
  const largest = tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
  afterEach(() => tf.env().set('WEBGL_MAX_TEXTURE_SIZE', largest));

  it('draws the poses in several goes', async () => {
    const size = { height: 40, width: 30 };
    const inputs = inputsOf(randomView(icosphereMesh(0.9, 1), 5, 2));
    const whole = await runOn('webgl', RASTERIZE, inputs, size);
    tf.env().set('WEBGL_MAX_TEXTURE_SIZE', 100);
    expect(await runOn('webgl', RASTERIZE, inputs, size)).toEqual(whole);
  });
});
