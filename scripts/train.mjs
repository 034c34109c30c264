// npm run train -- --object NAME or --network TASK [options]: trains an encoder or a network on points by bench/train.bench.ts, in headless Chromium.
import path from 'node:path';
import { main } from './bench/main.mjs';
import { ROOT } from './setup.mjs';

const given = process.argv.slice(2);
const has = (option) => given.some((word) => word === `--${option}` || word.startsWith(`--${option}=`));
/** Where the page looks for what was trained. */
const out = has('out') ? [] : ['--out', path.join(ROOT, 'public', has('network') ? 'networks' : 'encoders')];
process.exitCode = await main(['train', ...given, ...out]);
