// Builds src/graphics as a package: its modules as they are in the source, so that bundlers leave out what is not used; one bundled file
// for Node, which cannot resolve TensorFlow.js's ES modules; type declarations; a package.json.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

const ENTRY = 'src/graphics/index.ts';

/** Modules that do something by being imported: they register gradients and kernels with TensorFlow.js. */
const SIDE_EFFECTS = ['./graphics/tf.js', './graphics/kernels/*/*.js'];

/** Compiles the entry and all that it imports; declarations go to types/. */
async function emitModules(root, outDir) {
  const config = path.join(outDir, 'tsconfig.json');
  const settings = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false, incremental: false, tsBuildInfoFile: null, declaration: true, declarationDir: path.join(outDir, 'types'), allowImportingTsExtensions: false,
      rootDir: path.join(root, 'src'), outDir, types: [], typeRoots: [path.join(root, 'node_modules/@types')],
    },
    files: [path.join(root, ENTRY)],
    include: [],
  };
  await writeFile(config, JSON.stringify(settings));
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch((error) => {
    throw new Error(`The library could not be compiled:\n${error.stdout}`);
  });
  await rm(config);
  for (const file of await readdir(outDir, { recursive: true })) if (/\.(js|d\.ts)$/.test(file)) await nameFiles(path.join(outDir, file));
}

/** Writes "./shape.js" for "./shape" and "./index.js" for ".", and files of TensorFlow.js by their whole names, as every consumer understands it. */
async function nameFiles(file) {
  const extension = file.endsWith('.d.ts') ? '.d.ts' : '.js';
  const named = (specifier) => {
    if (specifier.startsWith('@')) return `${specifier}.js`;
    const target = path.resolve(path.dirname(file), specifier);
    if (existsSync(target + extension)) return `${specifier}.js`;
    return existsSync(path.join(target, `index${extension}`)) ? `${specifier}/index.js` : specifier;
  };
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/((?:from|import)\s*\(?\s*)(['"])(\.[^'"]*|@tensorflow\/[^'"]*\/dist\/[^'"]*)\2/g, (_, before, quote, specifier) => `${before}${quote}${named(specifier)}${quote}`));
}

/** The package's own package.json, from the root's. */
function packageFile({ name, version, description, license, dependencies }) {
  const needed = Object.entries(dependencies).filter(([dependency]) => dependency.startsWith('@tensorflow/'));
  return {
    name, version, description, license, type: 'module', sideEffects: SIDE_EFFECTS,
    exports: { './graphics': { types: './types/graphics/index.d.ts', node: './node.js', default: './graphics/index.js' } },
    peerDependencies: Object.fromEntries(needed),
  };
}

export async function buildLibrary({ root, outDir }) {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await emitModules(root, outDir);
  await build({
    configFile: false, root, publicDir: false, logLevel: 'warn', ssr: { noExternal: true },
    build: { outDir, emptyOutDir: false, ssr: ENTRY, target: 'es2022', minify: false, rolldownOptions: { output: { entryFileNames: 'node.js', codeSplitting: false } } },
  });
  const own = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await writeFile(path.join(outDir, 'package.json'), `${JSON.stringify(packageFile(own), null, 2)}\n`);
  await copyFile(path.join(root, 'LICENSE'), path.join(outDir, 'LICENSE'));
}
