/* eslint-disable house/rooms -- what tf.ts changes is seen from outside of it. */
import * as core from '@tensorflow/tfjs-core';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeAll, expect, it } from 'vitest';
import source from './tf.ts?raw';

/** All that importing can change for the page: what is registered with TensorFlow.js, and the webgl backend's methods. */
interface Registered {
  readonly kernels: ReadonlyMap<string, unknown>;
  readonly gradients: ReadonlyMap<string, unknown>;
  readonly flags: ReadonlyMap<string, unknown>;
  readonly methods: ReadonlyMap<string, unknown>;
}

const gradientNames = Object.entries(core).filter(([name, value]) => /^_?[A-Z]/.test(name) && typeof value === 'string').map(([, value]) => value as string);

function registered(extraGradients: readonly string[] = []): Registered {
  const kernels = ['cpu', 'webgl'].flatMap((backend) => core.getKernelsForBackend(backend).map(({ kernelName, kernelFunc }) => [`${backend}: ${kernelName}`, kernelFunc] as const));
  const named = [...new Set([...gradientNames, ...extraGradients])];
  const gradients = named.map((name) => [name, (core.getGradient(name) as core.GradConfig | undefined)?.gradFunc] as const).filter(([, f]) => f !== undefined);
  const { flagRegistry, flags: values } = core.env() as unknown as { flagRegistry: object; flags: Readonly<Record<string, unknown>> };
  // Those of WebGL look at a context, which is not here: they count as what they were set to.
  const flags = Object.keys(flagRegistry).map((name) => [name, name.startsWith('WEBGL_') ? values[name] ?? null : core.env().get(name)] as const);
  const methods = Object.entries(Object.getOwnPropertyDescriptors(MathBackendWebGL.prototype)).map(([name, { value }]) => [name, value as unknown] as const);
  return { kernels: new Map(kernels), gradients: new Map(gradients), flags: new Map(flags), methods: new Map(methods) };
}

/** The names whose entries are new, changed or gone. */
function changes(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();
}

const BROADCASTING = ['Add', 'Sub', 'Multiply', 'RealDiv', 'SquaredDifference', 'Maximum', 'Minimum', 'Pow', 'Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'];
const CPU_KERNELS = [...BROADCASTING, 'Softmax'];
const WEBGL_KERNELS = ['BatchMatMul', '_FusedMatMul', 'Sin', 'Cos'];
const GRADIENTS = [
  'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr', 'GatherNd', 'TopK', 'Exp', 'Tanh', 'Sigmoid', 'Softmax', 'Unpack', 'Tile', 'Slice',
];
const FLAGS = ['DIORAMA_FAST_CPU', 'SOFTWARE_WEBGL_ENABLED', 'USE_SETTIMEOUTCUSTOM'];

let stock: Registered;
let door: Registered;
let whole: Registered;

beforeAll(async () => {
  stock = registered();
  await import('./tf');
  door = registered();
  await import('./index');
  await import('./layers');
  const ours = [...core.getKernelsForBackend('cpu'), ...core.getKernelsForBackend('webgl')].map(({ kernelName }) => kernelName).filter((name) => name.startsWith('Diorama'));
  whole = registered(ours);
});

it('importing tf.ts changes the kernels, gradients and flags that its first lines list, and nothing else', () => {
  expect(changes(stock.kernels, door.kernels)).toEqual([...CPU_KERNELS.map((name) => `cpu: ${name}`), ...WEBGL_KERNELS.map((name) => `webgl: ${name}`)].sort());
  expect(changes(stock.gradients, door.gradients)).toEqual([...GRADIENTS].sort());
  expect(changes(stock.flags, door.flags)).toEqual(FLAGS);
  expect(changes(stock.methods, door.methods)).toEqual([]);
  const listed = source.slice(0, source.indexOf('import '));
  for (const name of [...CPU_KERNELS, ...WEBGL_KERNELS, ...GRADIENTS, ...FLAGS]) expect(listed).toMatch(new RegExp(`\\b${name}\\b`));
});

it('importing the library adds kernels and gradients of its own names, and changes no more than is listed', () => {
  const own = (names: readonly string[]) => names.filter((name) => !/\bDiorama[A-Z]/.test(name));
  expect(own(changes(door.kernels, whole.kernels))).toEqual(['cpu: BatchMatMul', 'cpu: _FusedMatMul']);
  expect(changes(door.kernels, whole.kernels).length).toBeGreaterThan(50);
  expect(own(changes(door.gradients, whole.gradients))).toEqual([]);
  expect(changes(door.gradients, whole.gradients).length).toBeGreaterThan(20);
  // The second is that of TensorFlow.js's layers.
  expect(changes(door.flags, whole.flags)).toEqual(['DIORAMA_FLOAT_BLEND', 'TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES']);
  expect(changes(door.methods, whole.methods)).toEqual(['decode']);
});
