// The parts of `npm test`, in order. Each counts its tests by what its tool reports.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { countExit, countPlaywright, countVitest, judge } from './counts.mjs';
import { runNode } from './child.mjs';

const TSC = 'node_modules/typescript/bin/tsc';
const ESLINT = 'node_modules/eslint/bin/eslint.js';
const VITEST = 'node_modules/vitest/vitest.mjs';
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

const reportFile = (name) => path.join('.cache/test', `${name}.json`);

const vitest = (project) => ({
  args: [VITEST, 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(project)}`],
  count: countVitest,
});

/** `args` of Node; `count` turns the report (or, without one, the exit status) into counts. */
export const PARTS = [
  { name: 'types', args: [TSC, '--noEmit', '-p', '.'] },
  { name: 'lint', args: [ESLINT, '.', '--max-warnings', '0'] },
  { name: 'node', ...vitest('node') },
  { name: 'webgl', ...vitest('webgl'), browser: true },
  { name: 'build', args: ['scripts/build.mjs'] },
  { name: 'e2e', args: [PLAYWRIGHT, 'test'], count: countPlaywright, browser: true, needs: 'build' },
];

const LIMIT_MINUTES = 45;

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Runs a part to its counts, its note and its seconds. */
export async function runPart(part, { root, signal }) {
  const file = path.join(root, reportFile(part.name));
  rmSync(file, { force: true });
  const started = performance.now();
  const status = await runNode(part.args, {
    cwd: root, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_HTML_OPEN: 'never' }, limitMinutes: LIMIT_MINUTES, signal,
  });
  const report = part.count ? readReport(file) : undefined;
  const counts = part.count ? report && part.count(report) : countExit(status);
  return { part: part.name, ...judge(counts, status), seconds: (performance.now() - started) / 1000 };
}
