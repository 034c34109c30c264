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
  const { DIFFERENT_PARAMETERS } = await load('names/deviations.ts');
  const { DEVIATIONS } = await load('golden/deviations.ts');
  const { functions } = JSON.parse(await readFile(path.join(root, FOLDER, 'names/signatures.json'), 'utf8'));
  const remark = (fn) => [
    ABSENT[fn], MOVED[fn]?.reason ?? MOVED[moduleOf(fn)]?.reason, DIFFERENT_PARAMETERS[fn],
    ...new Set(Object.entries(DEVIATIONS).filter(([id]) => id.replace(/#\d+$/, '') === fn).map(([, reason]) => reason)),
  ].filter(Boolean).join('; ');
  const modules = groupByModule(functions);
  return [
    '---', 'title: From TensorFlow Graphics', '---', '',
    '# From TensorFlow Graphics',
    '',
    'Every function under the name it has there, in camel case. Tensors come in the same order; what has a default there goes into one object at the end.',
    'Its numbers are compared with TensorFlow Graphics\' own, on both backends. Where something differs on purpose, the last column says so.',
    '',
    ...[...modules].flatMap(([module, members]) => [
      `## ${code(module)}`, '', '| there | here | differs |', '|---|---|---|',
      ...members.map(({ fn }) => `| ${code(fn.slice(module.length + 1))} | ${fn in ABSENT ? '–' : `{@link ${ourName(fn)} ${ourName(fn).split('.').at(-1)}}`} | ${remark(fn)} |`),
      '',
    ]),
  ].join('\n');
}
