import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { expect, test } from './fixtures';

// Somebody's own page, made with the built package in a Vite project, in a browser, on the graphics card.

const PROGRAM = `
  import { geometry, rendering, tf } from 'diorama/graphics';
  await tf.setBackend('webgl');
  const { buildTopology, createTopology } = geometry.representation.mesh;
  const positions = Float32Array.of(-1, -1, 0, 1, -1, 0, 0, 1, 0);
  const topology = createTopology(buildTopology({ positions, faces: Uint32Array.of(0, 1, 2) }));
  const camera = { width: 64, height: 64, fx: 64, fy: 64, cx: 32, cy: 32, near: 0.1, far: 10 };
  const covered = (rotation) => tf.sum(rendering.render(
    { vertices: tf.tensor2d(positions, [3, 3]), topology, pose: { rotation, translation: tf.tensor2d([[0, 0, -3]]) } }, camera, { outputs: ['alpha'] },
  ).alpha);
  const [area] = await covered(tf.tensor2d([[0, 0, 0, 1]])).data();
  const gradient = await tf.grad(covered)(tf.tensor2d([[0.2, 0, 0, 0.98]])).data();
  globalThis.result = { backend: tf.getBackend(), area, gradient: [...gradient] };
`;

test('a page made with the package draws, and takes gradients, on webgl', async ({ page, complaints }) => {
  // TensorFlow.js tells what the driver says about reading pixels.
  complaints.allow(/favicon/);
  mkdirSync('.cache', { recursive: true });
  const project = mkdtempSync(path.resolve('.cache/package-user-'));
  try {
    mkdirSync(path.join(project, 'node_modules'));
    symlinkSync(path.resolve('dist/lib'), path.join(project, 'node_modules/diorama'));
    writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'package-user', private: true, type: 'module' }));
    writeFileSync(path.join(project, 'main.js'), PROGRAM);
    const built = await build({
      configFile: false, root: project, logLevel: 'error', publicDir: false, resolve: { preserveSymlinks: true },
      build: { write: false, target: 'es2022', rolldownOptions: { input: path.join(project, 'main.js'), output: { entryFileNames: 'main.js', codeSplitting: false } } },
    });
    if (!('output' in built)) throw new Error('There is more than one output, or none.');
    const [{ code }] = built.output;
    await page.route('http://package.test/**', (route) => (route.request().url().endsWith('main.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code }) : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="main.js"></script>' })));
    await page.goto('http://package.test/');
    const handle = await page.waitForFunction(() => (globalThis as { result?: { backend: string; area: number; gradient: number[] } }).result);
    const result = await handle.jsonValue();
    // Two units wide and high, at a distance of three: (64 / 3)² · 2 pixels.
    expect(result?.backend).toBe('webgl');
    expect(result?.area).toBeGreaterThan(890);
    expect(result?.area).toBeLessThan(930);
    expect(Math.hypot(...(result?.gradient ?? []))).toBeGreaterThan(1);
    expect(result?.gradient.every(Number.isFinite)).toBe(true);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
