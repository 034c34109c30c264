// npm run bench -- NAME [options]: see --help.
import { main } from './bench/main.mjs';

process.exitCode = await main(process.argv.slice(2));
