// The house's import rules (README, "Architecture"), as an ESLint rule. An import that crosses a wall
// is reported with the room in which the code belongs.
import path from 'node:path';

/** For each room: the rooms it may import, and the packages it may import. */
export const ROOMS = {
  scene: { rooms: [], packages: [] },
  io: { rooms: ['scene'], packages: ['@gltf-transform/core', 'meshoptimizer'] },
  graphics: { rooms: ['scene'], packages: [] },
  experiments: { rooms: ['scene', 'graphics'], packages: [] },
  board: { rooms: ['scene', 'io'], packages: [] },
  viewer: { rooms: ['scene'], packages: ['three'] },
  workers: { rooms: ['scene', 'io', 'experiments', 'board', 'graphics'], packages: ['comlink'] },
  app: {
    rooms: ['scene', 'io', 'graphics', 'experiments', 'board', 'viewer', 'workers'],
    packages: ['react', 'react-dom', 'uplot', 'comlink', 'idb-keyval'],
  },
};

const HOME = {
  three: 'viewer', react: 'app', 'react-dom': 'app', uplot: 'app', comlink: 'workers',
  '@gltf-transform/core': 'io', meshoptimizer: 'io', 'idb-keyval': 'app',
};

const packageName = (source) => source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');

const roomOf = (file, root) => {
  const [src, room] = path.relative(root, file).split(path.sep);
  return src === 'src' && room in ROOMS ? room : undefined;
};

const isTestFile = (file) => /\.test\.tsx?$|\/testing\//.test(file);

export const roomsRule = {
  meta: { type: 'problem', docs: { description: 'keep imports inside the walls of the rooms' }, schema: [] },
  create(context) {
    const file = context.filename;
    const room = roomOf(file, context.cwd);
    if (!room) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const report = (message) => context.report({ node, message });
      if (source.startsWith('.')) {
        const target = roomOf(path.resolve(path.dirname(file), source), context.cwd);
        if (target && target !== room && !ROOMS[room].rooms.includes(target)) {
          const hosts = Object.keys(ROOMS).filter((r) => ROOMS[r].rooms.includes(target));
          report(`src/${room} may not import src/${target}. Code that needs it belongs in: ${hosts.join(', ')}.`);
        }
        return;
      }
      const name = packageName(source);
      if (isTestFile(file) && (name === 'vitest' || source.startsWith('node:'))) return;
      if (name.startsWith('@tensorflow/')) {
        const home = path.relative(context.cwd, file).split(path.sep).join('/');
        if (home !== 'src/graphics/tf.ts') report(`TensorFlow.js comes through src/graphics/tf.ts alone; import it from there.`);
        return;
      }
      if (!ROOMS[room].packages.includes(name)) {
        report(`src/${room} may not import "${source}". It belongs in: ${HOME[name] ?? 'the room of design whose libraries include it'}.`);
      }
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: (node) => check({ ...node, source: node.source }) };
  },
};
