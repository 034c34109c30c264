import path from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { ROOMS, roomsRule } from './rooms.mjs';

const ROOT = path.resolve('/house');
const linter = new Linter({ cwd: ROOT });
const config = [{
  files: ['**/*.{ts,tsx}'],
  languageOptions: { parser: tseslint.parser },
  plugins: { house: { rules: { rooms: roomsRule } } },
  rules: { 'house/rooms': 'error' },
}];

/** The rule's messages for a file of that name with that text. */
const complaints = (file, text) => linter.verify(text, config, { filename: path.join(ROOT, file) }).map((found) => found.message);

const TO_VIEWER = '../viewer/scene';
const forms = {
  'an import': `import { a } from '${TO_VIEWER}';`,
  'a type-only import': `import type { A } from '${TO_VIEWER}';`,
  'an import for its effects': `import '${TO_VIEWER}';`,
  'a dynamic import': `const a = await import('${TO_VIEWER}');`,
  'a named re-export': `export { a } from '${TO_VIEWER}';`,
  'a full re-export': `export * from '${TO_VIEWER}';`,
  'an import type': `type A = import('${TO_VIEWER}').A;`,
  'a file address': `const a = new URL('${TO_VIEWER}', import.meta.url);`,
};

describe('the walls between rooms', () => {
  it.each(Object.entries(forms))('reports %s across a wall and names the right room', (_, text) => {
    expect(complaints('src/io/obj.ts', text)).toEqual(['src/io may not import src/viewer. Code that needs it belongs in: app.']);
    expect(complaints('src/app/page.tsx', text)).toEqual([]);
  });

  it('lets every room import just what its row says', () => {
    for (const from of Object.keys(ROOMS)) {
      for (const to of Object.keys(ROOMS)) {
        const allowed = from === to || ROOMS[from].rooms.includes(to);
        expect(complaints(`src/${from}/a/b.ts`, `import '../../${to}/x';`), `${from} → ${to}`).toHaveLength(allowed ? 0 : 1);
      }
    }
  });

  it('names several rooms where the code could live', () => {
    expect(complaints('src/io/a.ts', "import '../board/run';")).toEqual([
      'src/io may not import src/board. Code that needs it belongs in: workers, app.',
    ]);
    expect(complaints('src/scene/a.ts', "import '../app/page';")[0]).toContain('no room may');
  });

  it('lets app start workers by their address, and experiments not', () => {
    const text = "new Worker(new URL('../workers/pose.ts', import.meta.url), { type: 'module' });";
    expect(complaints('src/app/start.ts', text)).toEqual([]);
    expect(complaints('src/experiments/start.ts', text)).toEqual(['src/experiments may not import src/workers. Code that needs it belongs in: app.']);
  });

  it('leaves addresses alone that are no files of the house', () => {
    expect(complaints('src/io/a.ts', "new URL('../viewer/x', document.baseURI); new URL('https://a.b/c');")).toEqual([]);
  });

  it('treats main.tsx as part of app, and refuses folders that are no rooms', () => {
    expect(complaints('src/main.tsx', "import './app/page'; import 'react-dom/client';")).toEqual([]);
    expect(complaints('src/main.tsx', "import 'three';")).toHaveLength(1);
    expect(complaints('src/utils/a.ts', 'export const a = 1;')[0]).toContain('src/utils is no room');
  });

  it('refuses files outside src, but not in tests', () => {
    expect(complaints('src/io/a.ts', "import '../../bench/table';")[0]).toContain('outside src');
    expect(complaints('src/io/a.test.ts', "import '../../bench/table';")).toEqual([]);
  });
});

describe('the libraries of the rooms', () => {
  it('refuses three in app and names viewer', () => {
    const message = (source) => `src/app may not import "${source}". Code that needs it belongs in: viewer.`;
    expect(complaints('src/app/a.tsx', "import * as THREE from 'three';")).toEqual([message('three')]);
    expect(complaints('src/app/a.tsx', "import { a } from 'three/addons/a.js';")).toEqual([message('three/addons/a.js')]);
    expect(complaints('src/viewer/a.ts', "import { a } from 'three/addons/a.js';")).toEqual([]);
  });

  it('lets TensorFlow.js in by its one door', () => {
    const text = "import * as tf from '@tensorflow/tfjs-core';";
    expect(complaints('src/graphics/tf.ts', text)).toEqual([]);
    for (const file of ['src/graphics/math/a.ts', 'src/experiments/a.ts', 'src/graphics/kernels/a.test.ts']) {
      expect(complaints(file, text), file).toEqual(['TensorFlow.js comes through src/graphics/tf.ts alone; import it from there.']);
    }
  });

  it('lets its layers in by a door of their own', () => {
    const text = "import { layers } from '@tensorflow/tfjs-layers/dist/index';";
    expect(complaints('src/graphics/layers.ts', text)).toEqual([]);
    for (const file of ['src/graphics/tf.ts', 'src/graphics/nn/a.ts']) {
      expect(complaints(file, text), file).toEqual(['TensorFlow.js comes through src/graphics/layers.ts alone; import it from there.']);
    }
  });

  it('refuses a library that no room has, and Node outside tests', () => {
    expect(complaints('src/app/a.ts', "import 'lodash';")[0]).toContain("no room's libraries include it");
    expect(complaints('src/io/a.ts', "import 'node:fs';")).toHaveLength(1);
    expect(complaints('src/io/a.test.ts', "import 'node:fs'; import { it } from 'vitest';")).toEqual([]);
  });
});
