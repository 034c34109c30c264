import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../setup.mjs';
import { buildLibrary } from './library.mjs';

const run = promisify(execFile);
/** Somebody's project that has installed the package; inside the house's folder, so that TensorFlow.js is found. */
let project, installed;

const write = (name, text) => writeFileSync(path.join(project, name), text);

beforeAll(async () => {
  mkdirSync(path.join(ROOT, '.cache'), { recursive: true });
  project = mkdtempSync(path.join(ROOT, '.cache/library-user-'));
  installed = path.join(project, 'node_modules/diorama');
  // Without a package of its own, the name "diorama" would mean the house itself.
  write('package.json', JSON.stringify({ name: 'library-user', private: true, type: 'module' }));
  await buildLibrary({ root: ROOT, outDir: installed });
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the library as a package', () => {
  // A triangle is drawn, and turned by the gradient of what it covers.
  const program = `
    import { geometry, rendering, tf } from 'diorama/graphics';
    await tf.setBackend('cpu');
    const { buildTopology, createTopology } = geometry.representation.mesh;
    const positions = Float32Array.of(-1, -1, 0, 1, -1, 0, 0, 1, 0);
    const topology = createTopology(buildTopology({ positions, faces: Uint32Array.of(0, 1, 2) }));
    const camera = { width: 16, height: 16, fx: 16, fy: 16, cx: 8, cy: 8, near: 0.1, far: 10 };
    const covered = (rotation) => tf.sum(rendering.render(
      { vertices: tf.tensor2d(positions, [3, 3]), topology, pose: { rotation, translation: tf.tensor2d([[0, 0, -3]]) } }, camera, { outputs: ['alpha'] },
    ).alpha);
    const upright = tf.tensor2d([[0, 0, 0, 1]]);
    console.log(JSON.stringify([covered(upright).dataSync()[0], [...tf.grad(covered)(tf.tensor2d([[0.2, 0, 0, 0.98]])).dataSync()]]));
  `;
  const expectDrawn = (stdout) => {
    const [area, gradient] = JSON.parse(stdout.trim().split('\n').at(-1));
    // Two units wide and high, at a distance of three: (16 / 3)² · 2 pixels.
    expect(area).toBeGreaterThan(50);
    expect(area).toBeLessThan(64);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...gradient)).toBeGreaterThan(1);
  };

  it('can be imported by Node as it is', async () => {
    write('plain.mjs', program);
    const { stdout } = await run(process.execPath, [path.join(project, 'plain.mjs')]);
    expectDrawn(stdout);
  });

  it('can be imported by another Vite project, and then computes', async () => {
    write('user.js', program);
    await build({
      // As for a browser: the modules, not the file for Node.
      configFile: false, root: project, logLevel: 'error', ssr: { noExternal: true, resolve: { conditions: ['module', 'browser', 'import'] } },
      build: { ssr: 'user.js', outDir: 'out', minify: false, target: 'es2022', rolldownOptions: { output: { entryFileNames: 'user.mjs' } } },
    });
    const { stdout } = await run(process.execPath, [path.join(project, 'out/user.mjs')]);
    expectDrawn(stdout);
  }, 120_000);

  it.each([['a bundler', 'ESNext', 'bundler'], ['Node', 'NodeNext', 'NodeNext']])('carries its types, as %s resolves modules', async (_who, module, moduleResolution) => {
    write('types.ts', `
      import { layers, nn, rendering, tf } from 'diorama/graphics';
      // @ts-expect-error a render takes no text
      rendering.render('scene');
      export const output: rendering.RenderOutput = 'depth';
      export const logits = new nn.layer.pointnet.PointNetVanillaClassifier({ numClasses: 3 }).apply(tf.ones([2, 5, 3])) as tf.Tensor;
      export const model: layers.LayersModel = layers.sequential({ layers: [layers.layers.dense({ units: 1, inputShape: [2] })] });
    `);
    write('tsconfig.json', JSON.stringify({
      compilerOptions: { strict: true, module, moduleResolution, target: 'ES2022', lib: ['ES2023', 'DOM'], types: [], skipLibCheck: true, noEmit: true },
      files: ['types.ts'],
    }));
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', project]).catch((error) => error);
    expect(stdout).toBe('');
  }, 120_000);

  it('puts its layers into models that are saved and loaded, in Node too', async () => {
    write('model.mjs', `
      import { layers, nn, tf } from 'diorama/graphics';
      await tf.setBackend('cpu');
      const input = layers.input({ shape: [5, 3] });
      const classifier = new nn.layer.pointnet.PointNetVanillaClassifier({ numClasses: 3 });
      const model = layers.model({ inputs: input, outputs: classifier.apply(input) });
      let saved;
      await model.save(tf.io.withSaveHandler(async (artifacts) => { saved = artifacts; return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }; }));
      const loaded = await layers.loadLayersModel(tf.io.fromMemory(saved));
      const clouds = tf.reshape(tf.linspace(0, 1, 30), [2, 5, 3]);
      console.log(tf.max(tf.abs(tf.sub(model.predict(clouds), loaded.predict(clouds)))).dataSync()[0]);
    `);
    const { stdout } = await run(process.execPath, [path.join(project, 'model.mjs')]);
    expect(Number(stdout.trim().split('\n').at(-1))).toBe(0);
  }, 120_000);

  it('costs what is used of it', async () => {
    const sizeOf = async (name, code) => {
      write(`${name}.js`, code);
      const built = await build({
        configFile: false, root: project, logLevel: 'error', publicDir: false,
        build: { write: false, target: 'es2022', lib: { entry: path.join(project, `${name}.js`), formats: ['es'] }, rolldownOptions: { external: /^@tensorflow\// } },
      });
      return Buffer.byteLength([built].flat().flatMap(({ output }) => output).map(({ code: text }) => text).join(''));
    };
    const one = await sizeOf('one', "import { geometry } from 'diorama/graphics'; export const product = geometry.transformation.quaternion.multiply;");
    const all = await sizeOf('all', "export * from 'diorama/graphics';");
    console.log(`One function: ${(one / 1024).toFixed(1)} KiB of ${(all / 1024).toFixed(1)} KiB, without TensorFlow.js.`);
    expect(one).toBeLessThan(20 * 1024);
    expect(one).toBeLessThan(all / 5);
  }, 120_000);

  it('leaves TensorFlow.js outside, of the very versions it was made with', () => {
    const own = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    const made = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    const modules = readdirSync(installed, { recursive: true }).filter((name) => name.endsWith('.js') && name !== 'node.js').map((name) => readFileSync(path.join(installed, name), 'utf8'));
    const imports = modules.flatMap((text) => [...text.matchAll(/from ['"]([^'".][^'"]*)['"]|^import ['"]([^'".][^'"]*)['"]/gm)]);
    const packages = new Set(imports.map(([, from, bare]) => (from ?? bare).split('/').slice(0, 2).join('/')));
    expect(packages.size).toBeGreaterThan(0);
    for (const name of packages) expect(made.peerDependencies[name], name).toBe(own.dependencies[name]);
  });
});
