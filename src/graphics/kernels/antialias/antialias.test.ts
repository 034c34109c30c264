import { beforeAll, describe, expect, it } from 'vitest';
import { icosphereMesh, sixColorCube } from '../../../scene/primitives';
import { buildTopology } from '../../../scene/topology';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { numericGradient, relativeError } from '../../testing/gradients';
import * as tf from '../../tf';
import { antialias } from '..';
import type { Reals } from '../cpuKernel';
import { rasterizeLoops } from '../rasterize/rasterize.cpu';
import { dotProduct, randomValues64, view64, type View64 } from '../testing/float64';
import { antialiasGradColorLoops, antialiasGradPositionsLoops, antialiasLoops, type AntialiasInputs } from './antialias.cpu';

const SIZE = { height: 12, width: 10 };
const CHANNELS = 3;

beforeAll(async () => { await tf.setBackend('cpu'); });

const inputsOf = (view: View64, color: Reals, clip: Reals = view.clip, size = SIZE, channels = CHANNELS): AntialiasInputs => ({
  color, clip, faces: view.topology.faces, opposites: view.topology.opposites,
  raster: rasterizeLoops(clip, view.topology.faces, view.batch, size),
  dims: { ...size, batch: view.batch, vertexCount: view.vertexCount, channels },
});

/** A convex polygon (NDC, counter-clockwise) as a fan without joined edges but its own diagonals. */
function polygonView(points: readonly (readonly [number, number])[]): View64 {
  const positions = Float32Array.from(points.flatMap(([x, y]) => [x, y, 0]));
  const faces = Uint32Array.from({ length: points.length - 2 }, (_, k) => k).reduce<number[]>((list, k) => [...list, 0, k + 1, k + 2], []);
  const topology = buildTopology({ positions, faces: Uint32Array.from(faces) });
  return { batch: 1, vertexCount: points.length, topology, clip: Float64Array.from(points.flatMap(([x, y]) => [x, y, 0, 1])) };
}

/** The antialiased silhouette's area in pixels. */
function silhouetteArea(view: View64, size: typeof SIZE, clip: Reals = view.clip): number {
  const raster = rasterizeLoops(clip, view.topology.faces, 1, size);
  const mask = Float64Array.from({ length: size.height * size.width }, (_, i) => Math.min(1, raster[4 * i + 3]));
  return Float64Array.from(antialiasLoops(inputsOf(view, mask, clip, size, 1))).reduce((a, b) => a + b, 0);
}

describe('antialias', () => {
  it.each([1, 2, 3, 4])('has the gradients of central differences, in float64 (seed %i)', (seed) => {
    const meshes = [sixColorCube(), icosphereMesh(0.6, 1)];
    for (const mesh of meshes) {
      const view = view64(seed, mesh);
      const color = randomValues64(view.batch * SIZE.height * SIZE.width * CHANNELS, seed);
      const weights = randomValues64(color.length, seed + 50);
      const loss = (c: Float64Array, clip: Float64Array) => dotProduct(weights, antialiasLoops(inputsOf(view, c, clip)));
      const toColor = antialiasGradColorLoops(weights, inputsOf(view, color));
      expect(relativeError(toColor, numericGradient((x) => loss(x, view.clip), color))).toBeLessThan(1e-8);
      const toPositions = antialiasGradPositionsLoops(weights, inputsOf(view, color));
      expect(relativeError(toPositions, numericGradient((x) => loss(color, x), view.clip, 1e-7))).toBeLessThan(1e-5);
    }
  });

  it('turns an upright rectangle into its exact coverage, off the corners', () => {
    // Columns 3.3 … 7.8 of 16, rows 4 … 12 of 16.
    const [left, right] = [3.3 / 8 - 1, 7.8 / 8 - 1];
    const view = polygonView([[left, -0.5], [right, -0.5], [right, 0.5], [left, 0.5]]);
    const size = { height: 16, width: 16 };
    const raster = rasterizeLoops(view.clip, view.topology.faces, 1, size);
    const mask = Float64Array.from({ length: 256 }, (_, i) => Math.min(1, raster[4 * i + 3]));
    const image = antialiasLoops(inputsOf(view, mask, view.clip, size, 1));
    const row = Array.from(image.slice(8 * 16, 9 * 16));
    expect(row.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([0, 0, 0, 0.7, 1, 1, 1, 0.8, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it.each([[0.11], [0.37], [0.71]])("keeps a polygon's area within 2 % and its gradient near ½·perp(opposite edge) (turn %f)", (turn) => {
    const points = [0, 1, 2].map((k) => [0.8 * Math.cos(turn + k * 2.1), 0.8 * Math.sin(turn + k * 2.1)] as const);
    const view = polygonView(points);
    const size = { height: 96, width: 96 };
    const [a, b, c] = points;
    const exact = ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * 48 ** 2;
    expect(Math.abs(silhouetteArea(view, size) / exact - 1)).toBeLessThan(0.02);
    const raster = rasterizeLoops(view.clip, view.topology.faces, 1, size);
    const mask = Float64Array.from({ length: 96 * 96 }, (_, i) => Math.min(1, raster[4 * i + 3]));
    const gradient = antialiasGradPositionsLoops(new Float64Array(96 * 96).fill(1), inputsOf(view, mask, view.clip, size, 1));
    // d(area)/d(a) = ½·(b.y − c.y, c.x − b.x), in NDC; an edge at slope m is seen with error up to a pixel of its length.
    const expected = [0.5 * (b[1] - c[1]) * 48 ** 2, 0.5 * (c[0] - b[0]) * 48 ** 2];
    expect(Math.hypot(gradient[0] - expected[0], gradient[1] - expected[1])).toBeLessThan(0.05 * Math.hypot(...expected));
  });

  it('leaves edges inside a smooth surface alone, and takes split ones where the topology says so', () => {
    const square = polygonView([[-0.6, -0.55], [0.62, -0.5], [0.58, 0.6], [-0.5, 0.57]]);
    const color = Float64Array.from({ length: 120 }, (_, i) => i % 7);
    const inside = antialiasLoops(inputsOf(square, color, square.clip, SIZE, 1));
    const split = { ...square, topology: { ...square.topology, opposites: new Int32Array(6).fill(-1) } };
    const outside = antialiasLoops(inputsOf(split, color, square.clip, SIZE, 1));
    expect(inside.some((x, i) => x !== outside[i])).toBe(true);
    const centre = 5 * SIZE.width + 5;
    expect(inside[centre]).toBe(color[centre]);
  });

  it('is finite where vertices coincide, lie at w = 0 or behind the camera', () => {
    const view = polygonView([[-0.6, -0.55], [0.62, -0.5], [0.58, 0.6]]);
    const color = randomValues64(120, 3);
    const raster = inputsOf(view, color, view.clip, SIZE, 1).raster;
    for (const clip of [[0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1, 0, 1, -1, 1, 0, 1], [0, 0, 0, -1, 1, 1, 0, 1, -1, 1, 0, 1], new Array<number>(12).fill(0)]) {
      const inputs = { ...inputsOf(view, color, Float64Array.from(clip), SIZE, 1), raster };
      const weights = randomValues64(120, 4);
      for (const result of [antialiasLoops(inputs), antialiasGradColorLoops(weights, inputs), antialiasGradPositionsLoops(weights, inputs)]) {
        expect(result.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('passes its gradients through tf.grads', () => {
    const mesh = sixColorCube();
    const topology = createTopology(buildTopology(mesh));
    const view = view64(6, mesh);
    const color = randomValues64(view.batch * 120 * CHANNELS, 1);
    const weights = randomValues64(color.length, 2);
    const inputs = inputsOf(view, color);
    const shape: [number, number, number, number] = [view.batch, SIZE.height, SIZE.width, CHANNELS];
    const raster = tf.tensor4d(Float32Array.from(inputs.raster), [view.batch, SIZE.height, SIZE.width, 4]);
    const [toColor, toClip] = tf.grads((c, clip) => antialias(c as tf.Tensor4D, raster, clip as tf.Tensor3D, topology))(
      [tf.tensor4d(Float32Array.from(color), shape), tf.tensor3d(Float32Array.from(view.clip), [view.batch, view.vertexCount, 4])],
      tf.tensor4d(Float32Array.from(weights), shape),
    );
    expect(relativeError(toColor.dataSync(), antialiasGradColorLoops(weights, inputs))).toBeLessThan(1e-5);
    expect(relativeError(toClip.dataSync(), antialiasGradPositionsLoops(weights, inputs))).toBeLessThan(1e-4);
  });

  it('refuses wrong shapes by name', () => {
    const topology = createTopology(buildTopology(sixColorCube()));
    const [color, raster, clip] = [tf.zeros<tf.Rank.R4>([2, 4, 4, 3]), tf.zeros<tf.Rank.R4>([2, 4, 4, 4]), tf.zeros<tf.Rank.R3>([2, 24, 4])];
    expect(() => antialias(tf.zeros([2, 4, 5, 3]), raster, clip, topology)).toThrow(/color must have exactly 4 dimensions in axis 2/);
    expect(() => antialias(color, tf.zeros([2, 4, 4, 3]), clip, topology)).toThrow(/raster must have exactly 4/);
    expect(() => antialias(color, raster, tf.zeros([1, 24, 4]), topology)).toThrow(/clipVertices must have exactly 2/);
  });
});
