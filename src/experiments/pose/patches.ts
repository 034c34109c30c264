import { faceNormals } from '../../scene/normals';
import { pairEdges } from '../../scene/topology';
import type { Mesh } from '../../scene/mesh';
import * as tf from '../../graphics/tf';
import { rasterize } from '../../graphics/kernels';
import type { Pose } from '../../scene/pose';
import { projectVertices } from './decoder';
import type { DecoderMesh } from './decoderMesh';
import { read, type TargetLevel } from './objective';
import { robust, type LossSettings } from './robustLoss';

// Objects whose lighting follows no model that we know: every flat patch of the surface may have any one colour. Under a hypothesis, the
// best colours follow in closed form from the image; what they cannot explain is the hypothesis's loss (Mumford & Shah's idea of a
// picture as patches of one colour each, its contours those of the object).

export interface PatchedMesh {
  /** Vertices split between patches. */
  readonly mesh: Mesh;
  /** [F] */
  readonly patchOfFace: Int32Array;
  /** [V] */
  readonly patchOfVertex: Int32Array;
  readonly count: number;
}

/** Neighbouring faces within this angle are one patch. */
const FLAT = Math.cos((5 * Math.PI) / 180);

export function splitPatches(mesh: Mesh): PatchedMesh {
  const faces = mesh.faces.length / 3;
  const normals = faceNormals(mesh);
  const parent = Int32Array.from({ length: faces }, (_, f) => f);
  const find = (f: number): number => {
    while (parent[f] !== f) f = parent[f] = parent[parent[f]];
    return f;
  };
  const { first, second } = pairEdges(mesh);
  for (let edge = 0; edge < first.length; edge++) {
    if (second[edge] < 0) continue;
    const [a, b] = [Math.floor(first[edge] / 3), Math.floor(second[edge] / 3)];
    const [n, m] = [normals.subarray(3 * a, 3 * a + 3), normals.subarray(3 * b, 3 * b + 3)];
    const dot = n[0] * m[0] + n[1] * m[1] + n[2] * m[2];
    // Either winding: single polygons seen from both sides are often wound at random.
    if (Math.abs(dot) >= FLAT * Math.hypot(...n) * Math.hypot(...m)) parent[find(a)] = find(b);
  }
  const roots = [...new Set(Array.from(parent, (_, f) => find(f)))];
  const patchOfFace = Int32Array.from(parent, (_, f) => roots.indexOf(find(f)));
  const vertices = new Map<string, number>();
  const sources: number[] = [];
  const patchOfVertex: number[] = [];
  const split = mesh.faces.map((vertex, corner) => {
    const patch = patchOfFace[Math.floor(corner / 3)];
    const key = `${vertex},${patch}`;
    const known = vertices.get(key);
    if (known !== undefined) return known;
    vertices.set(key, sources.length);
    patchOfVertex.push(patch);
    return sources.push(vertex) - 1;
  });
  const positions = Float32Array.from(sources.flatMap((v) => [...mesh.positions.subarray(3 * v, 3 * v + 3)]));
  // A colour of its own for each patch makes every edge between patches one that antialiasing blends across.
  const colors = Float32Array.from(patchOfVertex.flatMap((patch) => [patch, patch, patch]));
  return { mesh: { name: mesh.name, positions, faces: split, colors }, patchOfFace, patchOfVertex: Int32Array.from(patchOfVertex), count: roots.length };
}

/** Finer than the noise of 8 bits. */
const BINS = 64;

/** Median colour [3 × count] of each patch of each hypothesis, less the backdrop's, and the loss that the colour channels are left with. */
export async function fitPatches(
  mesh: DecoderMesh, patched: PatchedMesh, poses: readonly Pose[], target: TargetLevel, settings: LossSettings,
): Promise<{ readonly colors: Float32Array; readonly loss: number }[]> {
  const { camera, values, channelWeights } = target;
  const pixels = camera.height * camera.width;
  const ids = await read(tf.tidy(() => {
    const raster = rasterize(projectVertices(mesh, poses, camera), mesh.topology.faces, camera);
    return tf.reshape(tf.slice(raster, [0, 0, 0, 3], [-1, -1, -1, 1]), [poses.length, pixels]);
  }));
  return poses.map((_, b) => {
    const counts = new Uint32Array(patched.count * 3 * BINS);
    const totals = new Uint32Array(patched.count);
    const patchAt = (pixel: number): number => {
      const id = ids[pixels * b + pixel];
      return id === 0 ? -1 : patched.patchOfFace[Math.round(id) - 1];
    };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const patch = patchAt(pixel);
      if (patch < 0) continue;
      totals[patch]++;
      for (let c = 0; c < 3; c++) counts[(3 * patch + c) * BINS + binOf(values[4 * pixel + c])]++;
    }
    const colors = new Float32Array(3 * patched.count);
    for (let k = 0; k < colors.length; k++) colors[k] = medianOf(counts.subarray(k * BINS, (k + 1) * BINS), totals[Math.floor(k / 3)]);
    let loss = 0;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const patch = patchAt(pixel);
      for (let c = 0; c < 3; c++) {
        const residual = (patch < 0 ? 0 : colors[3 * patch + c]) - values[4 * pixel + c];
        loss += channelWeights[c] * robust(residual, settings).penalty;
      }
    }
    return { colors, loss };
  });
}

// Values less the backdrop's lie in −1 … 1.
const binOf = (value: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(((value + 1) / 2) * BINS)));

function medianOf(counts: Uint32Array, total: number): number {
  let seen = 0;
  for (let bin = 0; bin < BINS; bin++) {
    seen += counts[bin];
    // Within the bin, the median's place is taken by proportion.
    if (total > 0 && 2 * seen >= total) return ((bin + 1 - (seen - total / 2) / counts[bin]) / BINS) * 2 - 1;
  }
  return 0;
}

/** Patch colours spread over the split mesh's vertices, with coverage: [V, 4]. */
export function spreadColors(patched: PatchedMesh, colors: Float32Array): Float32Array {
  const data = new Float32Array(4 * patched.patchOfVertex.length);
  patched.patchOfVertex.forEach((patch, v) => data.set([colors[3 * patch], colors[3 * patch + 1], colors[3 * patch + 2], 1], 4 * v));
  return data;
}
