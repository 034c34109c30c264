// npm run train -- --object NAME [options]: trains an encoder by bench/train.bench.ts, in headless Chromium.
import { main } from './bench/main.mjs';

process.exitCode = await main(['train', ...process.argv.slice(2)]);
