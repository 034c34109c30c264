// The page that says under which name each function of TensorFlow Graphics is found here, and where it differs.
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { runnerImport } from 'vite';

const FOLDER = 'src/graphics/testing';
const code = (text) => `\`${text}\``;
const moduleOf = (fn) => fn.slice(0, fn.lastIndexOf('.'));

function groupByModule(functions) {
  const modules = new Map();
  for (const entry of functions) modules.set(moduleOf(entry.fn), [...(modules.get(moduleOf(entry.fn)) ?? []), entry]);
  return modules;
}

/** Markdown. */
export async function namesPage(root) {
  const load = async (file) => (await runnerImport(path.join(root, FOLDER, file), { configFile: false, logLevel: 'error' })).module;
  const { ourName, MOVED, ABSENT } = await load('names/ourName.ts');
  const { remarksOn } = await load('names/deviations.ts');
  const { MISTAKES, mistakesOf } = await load('names/mistakes.ts');
  const { FURTHER_NAMES } = await load('names/furtherNames.ts');
  const { DEVIATIONS } = await load('golden/deviations.ts');
  const { functions } = JSON.parse(await readFile(path.join(root, FOLDER, 'names/signatures.json'), 'utf8'));
  const remark = (fn) => [
    ABSENT[fn], MOVED[fn]?.reason ?? MOVED[moduleOf(fn)]?.reason, ...remarksOn(fn),
    ...mistakesOf(fn).map(({ there, here }) => `there ${there}; here ${here}`),
    // Of a mistake it is said already what happens there.
    ...(mistakesOf(fn).length > 0 ? [] : new Set(Object.entries(DEVIATIONS).filter(([id]) => id.replace(/#\d+$/, '') === fn).map(([, reason]) => reason))),
  ].filter(Boolean).join('; ');
  const everything = [...functions, ...FURTHER_NAMES.map((fn) => ({ fn }))].sort((a, b) => (moduleOf(a.fn) < moduleOf(b.fn) ? -1 : moduleOf(a.fn) > moduleOf(b.fn) ? 1 : 0));
  const modules = groupByModule(everything);
  return [
    '---', 'title: From TensorFlow Graphics', '---', '',
    '# From TensorFlow Graphics',
    '',
    'Every function under the name it has there, in camel case. Tensors come in the same order; what has a default there goes into one object at the end.',
    'Its numbers are compared with TensorFlow Graphics\' own, on both backends. Where something differs on purpose, the last column says so.',
    '',
    'Where there is chance, a seed must be given: without one there is nothing to repeat. What is a SparseTensor there is a `SparseNeighborhood` here, lists of',
    'indices. Images have row 0 at the top. Shapes are always checked; values, once `enableAssertions(true)` was called.',
    '',
    '## Mistakes that are not repeated',
    '',
    '| there | here | the test that proves it |', '|---|---|---|',
    ...MISTAKES.map(({ where, there, here, test: [file, title] }) => `| ${where.map(code).join(', ')}: ${there} | ${here} | ${code(file)}: ${title} |`),
    '',
    ...[...modules].flatMap(([module, members]) => [
      `## ${code(module)}`, '', '| there | here | differs |', '|---|---|---|',
      ...members.map(({ fn }) => `| ${code(fn.slice(module.length + 1))} | ${fn in ABSENT ? '–' : `{@link ${ourName(fn)} ${ourName(fn).split('.').at(-1)}}`} | ${remark(fn)} |`),
      '',
    ]),
  ].join('\n');
}
