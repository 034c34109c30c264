// npm run train -- --object NAME [options]: trains an encoder by bench/train.bench.ts, in headless Chromium.
import path from 'node:path';
import { main } from './bench/main.mjs';
import { ROOT } from './setup.mjs';

const given = process.argv.slice(2);
/** Where the page looks for encoders. */
const out = given.some((word) => /^--out(=|$)/.test(word)) ? [] : ['--out', path.join(ROOT, 'public/encoders')];
process.exitCode = await main(['train', ...given, ...out]);
