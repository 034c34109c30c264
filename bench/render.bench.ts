// How long the differentiable renderer takes, beside three.js drawing the same mesh in the same poses in the same run.
//
// Every time ends when a result has reached JavaScript, on both sides by a synchronous readPixels, which returns only when all GPU work
// before it is done. "+read" fetches whole images: three.js 4 bytes a pixel, image after image (it draws one at a time); this renderer
// 16 bytes a pixel (floats), the batch at once. Without it, one pixel is read: what is left is the drawing itself. Gradients never leave the GPU but
// for what is read: 7 numbers a pose, or one of a vertex. Trials of all ways alternate; the first two of each are not counted.
import * as THREE from 'three';
import type { Camera } from '../src/scene/camera';
import type { Pose } from '../src/scene/pose';
import { createRandom, type Random } from '../src/scene/random';
import { normalizeQuaternion } from '../src/scene/rotation';
import { short } from './numberText';
import { allCases, refuseCase, torusOfFaces, type RenderCase } from './render/cases';
import { interleave } from './render/interleave';
import { createOurDraw } from './render/ourDraw';
import { ratiosOf, reportTable, summarize, tableRow, type RenderTrial } from './render/report';
import { profileKernels } from './render/profile';
import { createThreeDraw } from './render/threeDraw';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'forward and backward rendering, beside three.js drawing the same mesh and reading it back';

export const options: readonly BenchOption[] = [
  { name: 'sizes', value: 'N,N,…', description: 'sides of the square images, in pixels (64,128,256,512)' },
  { name: 'faces', value: 'N,N,…', description: 'triangles of the mesh (1000,10000,100000,300000)' },
  { name: 'batches', value: 'N,N,…', description: 'poses at once (1,8,32)' },
  { name: 'seconds', value: 'N', description: 'time after which a case begins no further round (20)' },
  { name: 'profile', description: 'also where the time of one pass forward and backward goes, kernel by kernel' },
  { name: 'budget', value: 'MIB', description: 'GPU memory above which a case is left out (2048)' },
];

const DEFAULT_TRIALS = 9;
/** The torus of radius 0.75 + 0.3 fills most of the image at this distance. */
const DISTANCE = 3;

const squareCamera = (size: number): Camera =>
  ({ height: size, width: size, fx: 1.4 * size, fy: 1.4 * size, cx: size / 2, cy: size / 2, near: 0.1, far: 10 });

/** Four normal numbers, scaled to length 1, are uniform over SO(3). */
const randomPose = (random: Random): Pose => ({
  rotation: normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()]), translation: [0, 0, -DISTANCE],
});

export async function run(context: BenchContext): Promise<BenchResult> {
  const sizes = context.numbers('sizes', [64, 128, 256, 512]);
  const faces = context.numbers('faces', [1000, 10_000, 100_000, 300_000]);
  const batches = context.numbers('batches', [1, 8, 32]);
  const limits = { trials: context.trials ?? DEFAULT_TRIALS, seconds: context.number('seconds', 20) };
  const budget = context.number('budget', 2048);
  const renderer = new THREE.WebGLRenderer({ antialias: false });
  const room = { budgetBytes: budget * 2 ** 20, maxTextureSize: renderer.capabilities.maxTextureSize };
  const settings = { sizes, faces, batches, ...limits, budgetMiB: budget };
  const trials: RenderTrial[] = [];
  const result = (): BenchResult => ({ settings, trials, summary: summarize(trials), table: reportTable(trials) });

  for (const entry of allCases(sizes, faces, batches)) {
    const skipped = refuseCase(entry, room);
    const trial = skipped ? { ...entry, skipped } : measure(entry);
    trials.push(trial);
    context.log(`${entry.size}² × ${entry.faces} faces × ${entry.batch}: ${tableRow(trial).slice(3).filter(Boolean).join('  ')}`);
    await context.partial(result());
  }
  renderer.dispose();
  return result();

  function measure(entry: RenderCase): RenderTrial {
    const random = createRandom(context.seed);
    const poses = Array.from({ length: entry.batch }, () => randomPose(random));
    const camera = squareCamera(entry.size);
    const mesh = torusOfFaces(entry.faces);
    const three = createThreeDraw(renderer, mesh, camera, poses);
    const ours = createOurDraw(mesh, camera, poses);
    try {
      const milliseconds = interleave({
        threeRead: three.drawAndRead, threeWait: three.drawAndWait, forwardRead: ours.forwardAndRead, forward: ours.forwardAndWait,
        pose: ours.backwardToPose, vertices: ours.backwardToVertices,
      }, limits);
      if (context.flag('profile')) {
        for (const { kernel, calls, milliseconds: ms } of profileKernels(ours.backwardToPose)) context.log(`    ${short(ms).padStart(8)} ms  ${kernel} × ${calls}`);
      }
      ours.freeTextures();
      return { ...entry, milliseconds, ratios: ratiosOf(milliseconds) };
    } catch (error) {
      return { ...entry, skipped: `failed: ${error instanceof Error ? error.message : String(error)}` };
    } finally {
      three.dispose();
      ours.dispose();
    }
  }
}
