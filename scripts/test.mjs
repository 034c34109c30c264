// npm test: set-up, then types, lint, unit tests in Node, WebGL tests and journeys in Chromium. The last line is the total.
import { ROOT, prepare } from './setup.mjs';
import { totalLine } from './test/counts.mjs';
import { PARTS, runPart } from './test/parts.mjs';

/** The parts to run: all, or the one that `--only NAME` names together with what it needs. */
function chooseParts(argv) {
  if (argv.length === 0) return PARTS;
  const [flag, name] = argv.length === 1 ? argv[0].split('=') : argv;
  const part = PARTS.find((candidate) => candidate.name === name);
  if (flag !== '--only' || !part || argv.length > 2) throw new Error(`npm test takes "--only ${PARTS.map((p) => p.name).join('|')}" or nothing.`);
  return PARTS.filter((candidate) => candidate === part || candidate.name === part.needs);
}

const stop = new AbortController();
const interrupt = () => stop.abort();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, interrupt);

const results = [];
try {
  const parts = chooseParts(process.argv.slice(2));
  prepare({ tests: true });
  if (parts.some((part) => part.browser)) {
    const { ensureChromium } = await import('./chromium.mjs');
    process.env.CHROMIUM_PATH = await ensureChromium();
    console.log(`Chromium: ${process.env.CHROMIUM_PATH}`);
  }
  for (const part of parts) {
    if (stop.signal.aborted) break;
    console.log(`\n── ${part.name} ──`);
    results.push(await runPart(part, { root: ROOT, signal: stop.signal }));
  }
  const { formatTable } = await import('./bench/table.mjs');
  console.log(`\n${formatTable([
    ['part', 'passed', 'failed', 'skipped', 'seconds', ''],
    ...results.map(({ part, passed, failed, skipped, seconds, note }) => [part, `${passed}`, `${failed}`, `${skipped}`, seconds.toFixed(1), note]),
  ])}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  results.push({ passed: 0, failed: 1, skipped: 0 });
}
if (stop.signal.aborted) results.push({ passed: 0, failed: 1, skipped: 0 });
process.exitCode = results.some((result) => result.failed > 0) ? 1 : 0;
console.log(totalLine(results));
