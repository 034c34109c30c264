// The house's import rules (README, "Architecture"), as an ESLint rule. An import that crosses a wall
// is reported with the room in which the code belongs.
import path from 'node:path';

/** For each room: the rooms it may import, and the packages it may import. */
export const ROOMS = {
  scene: { rooms: [], packages: [] },
  io: { rooms: ['scene'], packages: ['meshoptimizer'] },
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

/** Who may import TensorFlow.js; its layers have a door of their own. */
const TENSORFLOW_DOOR = 'src/graphics/tf.ts';
const LAYERS_DOOR = 'src/graphics/layers.ts';

const packageName = (source) => source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');

/** The names of the rooms that may import something. */
const hosts = (kind, name) => Object.keys(ROOMS).filter((room) => ROOMS[room][kind].includes(name));

/** A file's room: the first folder under src; main.tsx itself belongs to app. Undefined outside src. */
function roomOf(file, root) {
  const [src, room, ...rest] = path.relative(root, file).split(path.sep);
  if (src !== 'src' || room === undefined) return undefined;
  return rest.length > 0 ? room : 'app';
}

/** What tests may use: the runner, and the compiler to read sources and examples. */
const TEST_PACKAGES = ['vitest', 'typescript'];
const isTestFile = (file) => /\.test\.tsx?$|[\\/]testing[\\/]/.test(file);

/** What is wrong with importing `source` from `file`, or undefined. */
function complaint(source, { file, room, root }) {
  if (source.startsWith('.')) {
    const target = roomOf(path.resolve(path.dirname(file), source), root);
    if (target === undefined) return isTestFile(file) ? undefined : `src/${room} may not import "${source}" from outside src.`;
    if (target === room || ROOMS[room].rooms.includes(target)) return undefined;
    const homes = hosts('rooms', target);
    return homes.length > 0
      ? `src/${room} may not import src/${target}. Code that needs it belongs in: ${homes.join(', ')}.`
      : `src/${room} may not import src/${target}: no room may. What both need belongs further down.`;
  }
  const name = packageName(source);
  if (isTestFile(file) && (TEST_PACKAGES.includes(name) || source.startsWith('node:'))) return undefined;
  if (name.startsWith('@tensorflow/')) {
    const door = name === '@tensorflow/tfjs-layers' ? LAYERS_DOOR : TENSORFLOW_DOOR;
    return path.relative(root, file).split(path.sep).join('/') === door
      ? undefined : `TensorFlow.js comes through ${door} alone; import it from there.`;
  }
  if (ROOMS[room].packages.includes(name)) return undefined;
  const homes = hosts('packages', name);
  return homes.length > 0
    ? `src/${room} may not import "${source}". Code that needs it belongs in: ${homes.join(', ')}.`
    : `src/${room} may not import "${source}": no room's libraries include it (scripts/lint/rooms.mjs).`;
}

const isImportMetaUrl = (node) => node?.type === 'MemberExpression' && node.object.type === 'MetaProperty' && node.property.name === 'url';

export const roomsRule = {
  meta: { type: 'problem', docs: { description: 'keep imports inside the walls of the rooms' }, schema: [] },
  create(context) {
    const [file, root] = [context.filename, context.cwd];
    const room = roomOf(file, root);
    if (!room) return {};
    if (!(room in ROOMS)) {
      return { Program: (node) => context.report({ node, message: `src/${room} is no room. The rooms are: ${Object.keys(ROOMS).join(', ')}.` }) };
    }
    const check = (node, source) => {
      if (typeof source?.value !== 'string') return;
      const message = complaint(source.value, { file, room, root });
      if (message) context.report({ node, message });
    };
    const checkSource = (node) => check(node, node.source);
    return {
      ImportDeclaration: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      ImportExpression: checkSource,
      TSImportType: checkSource,
      // A worker's file: new URL('../workers/x.ts', import.meta.url).
      NewExpression: (node) => {
        const [source, base] = node.arguments;
        if (node.callee.name === 'URL' && isImportMetaUrl(base)) check(node, source);
      },
    };
  },
};
