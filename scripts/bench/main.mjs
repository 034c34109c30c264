// Runs one bench in headless Chromium: builds its page, serves it, prints its progress and its table, writes its JSON.
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.mjs';
import { ROOT } from '../setup.mjs';
import { buildBench } from './build.mjs';
import { findBench, listBenches } from './catalogue.mjs';
import { createFileAccess } from './files.mjs';
import { COMMON_OPTIONS, commonSettings, describeOptions, parseOptions, UsageError } from './options.mjs';
import { serveBench } from './server.mjs';
import { formatTable } from './table.mjs';

const SHARED_DATA = '../shared/data';
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What a shell gives a command that Ctrl-C ended. */
const STATUS_STOPPED = 130;
const CHECKPOINTS = '.cache/bench';
/** Flags for a real graphics card: the same, but for the two that ask for software rendering. */
const GPU_FLAGS = [...CHROMIUM_FLAGS.filter((flag) => !flag.includes('swiftshader')), '--enable-gpu'];

function help(folder) {
  const benches = listBenches(folder).map(({ name, description, options }) =>
    `  ${name}: ${description}${options.length > 0 ? `\n${describeOptions(options)}` : ''}`);
  return `npm run bench -- NAME [options]\n\n${benches.join('\n')}\n\n  every bench:\n${describeOptions(COMMON_OPTIONS)}`;
}

/** The folders of the files named on the command line: a mesh comes with its material and texture beside it. */
function namedFolders(parsed, cwd) {
  const named = Object.values(parsed).filter((value) => typeof value === 'string').map((value) => path.resolve(cwd, value));
  return named.filter((file) => existsSync(file)).map((file) => (statSync(file).isDirectory() ? file : path.dirname(file)));
}

/** Runs the bench and resolves with its result. `signal` ends it early; nothing is left running either way. */
async function runInChromium({ bench, parsed, cwd, signal }) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'diorama-bench-'));
  const checkpoints = path.join(ROOT, CHECKPOINTS, bench.name);
  const files = createFileAccess({
    cwd,
    readable: [...namedFolders(parsed, cwd), path.join(ROOT, SHARED_DATA)],
    writable: [checkpoints, ...[parsed.json, parsed.out].filter(Boolean)],
  });
  const writeJson = async (result) => {
    if (!parsed.json) return;
    const { table: _, ...rest } = result;
    await files.write(parsed.json, Buffer.from(`${JSON.stringify(rest, null, 1)}\n`));
  };
  let server, browser;
  try {
    const page = await buildBench({ root: ROOT, file: bench.file, outDir: scratch });
    signal.throwIfAborted();
    server = await serveBench({ folders: [scratch, path.join(scratch, 'bench'), path.join(ROOT, 'public')], files });
    browser = await chromium.launch({
      executablePath: await ensureChromium(), args: parsed.gpu ? GPU_FLAGS : CHROMIUM_FLAGS, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    });
    signal.throwIfAborted();
    const ended = new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      browser.once('disconnected', () => reject(new Error('Chromium ended before the bench did.')));
    });
    const tab = await browser.newPage();
    tab.on('crash', () => void browser.close());
    tab.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') console.error(`[page] ${message.text()}`); });
    await tab.exposeFunction('benchLog', (line) => { if (!parsed.quiet) console.log(line); });
    await tab.exposeFunction('benchPartial', writeJson);
    await tab.goto(new URL(page, server.url).href);
    const request = {
      name: bench.name, ...commonSettings(parsed, bench.backend), options: parsed, resume: parsed.resume === true,
      checkpoints, sharedData: path.join(ROOT, SHARED_DATA), filesUrl: `${server.url}__file`,
    };
    const result = await Promise.race([tab.evaluate((asked) => globalThis.runBench(asked), request), ended]);
    await writeJson(result);
    return result;
  } finally {
    await browser?.close();
    await server?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The whole command; returns the exit status. */
export async function main(argv, { folder = path.join(ROOT, 'bench'), cwd = process.env.INIT_CWD ?? process.cwd() } = {}) {
  const stop = new AbortController();
  const interrupt = () => stop.abort(new Error('Stopped.'));
  for (const name of STOP_SIGNALS) process.on(name, interrupt);
  try {
    const [name, ...rest] = argv;
    if (!name || name === '--help') {
      console.log(help(folder));
      return name ? 0 : 2;
    }
    const bench = findBench(folder, name);
    const parsed = parseOptions(rest, [...bench.options, ...COMMON_OPTIONS]);
    if (parsed.help) {
      console.log(`${bench.name}: ${bench.description}\n${describeOptions([...bench.options, ...COMMON_OPTIONS])}`);
      return 0;
    }
    commonSettings(parsed);
    const result = await runInChromium({ bench, parsed, cwd, signal: stop.signal });
    console.log(formatTable(result.table));
    if (parsed.json) console.log(`Written to ${parsed.json}`);
    return 0;
  } catch (error) {
    const expected = error instanceof UsageError || stop.signal.aborted;
    console.error(expected ? error.message : error);
    if (stop.signal.aborted) return STATUS_STOPPED;
    return error instanceof UsageError ? 2 : 1;
  } finally {
    for (const name of STOP_SIGNALS) process.off(name, interrupt);
  }
}
