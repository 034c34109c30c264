// Builds src/graphics as a package: one ES module, its type declarations, a package.json. TensorFlow.js stays outside.
import { execFile } from 'node:child_process';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

const ENTRY = 'src/graphics/index.ts';

/** Declarations of the entry and of all that its types mention. */
async function emitTypes(root, outDir) {
  const config = path.join(outDir, 'tsconfig.json');
  const settings = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false, declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: false,
      rootDir: path.join(root, 'src'), outDir: path.join(outDir, 'types'), types: [], typeRoots: [path.join(root, 'node_modules/@types')],
    },
    files: [path.join(root, ENTRY)],
    include: [],
  };
  await writeFile(config, JSON.stringify(settings));
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch((error) => {
    throw new Error(`The library's type declarations could not be made:\n${error.stdout}`);
  });
  await rm(config);
}

/** The package's own package.json, from the root's. */
function packageFile({ name, version, description, license, dependencies }) {
  const needed = Object.entries(dependencies).filter(([dependency]) => dependency.startsWith('@tensorflow/'));
  return {
    name, version, description, license, type: 'module', sideEffects: true,
    exports: { './graphics': { types: './types/graphics/index.d.ts', import: './graphics.js' } },
    peerDependencies: Object.fromEntries(needed),
  };
}

export async function buildLibrary({ root, outDir }) {
  await build({
    configFile: false, root, publicDir: false, logLevel: 'warn',
    build: {
      outDir, emptyOutDir: true, target: 'es2022', minify: false, sourcemap: true,
      lib: { entry: path.join(root, ENTRY), formats: ['es'], fileName: () => 'graphics.js' },
      rolldownOptions: { external: /^@tensorflow\// },
    },
  });
  await emitTypes(root, outDir);
  const own = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await writeFile(path.join(outDir, 'package.json'), `${JSON.stringify(packageFile(own), null, 2)}\n`);
  await copyFile(path.join(root, 'LICENSE'), path.join(outDir, 'LICENSE'));
}
