// The command line of `npm run bench -- NAME …` and `npm run train -- …`.

/** Options that every bench has. `value` names what follows; without it the option is a switch. */
export const COMMON_OPTIONS = [
  { name: 'json', value: 'FILE', description: 'write the result there (and what there is so far, while it runs)' },
  { name: 'backend', value: 'cpu|webgl', description: 'where TensorFlow.js computes (webgl, but for benches that say cpu)' },
  { name: 'seed', value: 'N', description: 'decides everything random (1)' },
  { name: 'trials', value: 'N', description: 'how many trials to run' },
  { name: 'out', value: 'DIR', description: 'where files that the bench makes may go' },
  { name: 'resume', description: 'go on from the last checkpoint of the same bench' },
  { name: 'gpu', description: 'let Chromium use the graphics card instead of software rendering' },
  { name: 'quiet', description: 'no progress lines' },
  { name: 'help', description: 'this list' },
];

/** What is wrong with a command line, in words that say what to type instead. */
export class UsageError extends Error {}

/**
 * Reads `--name value`, `--name=value` and `--switch` by the options given.
 * @returns {Record<string, string | true>}
 */
export function parseOptions(argv, options) {
  const known = new Map(options.map((option) => [option.name, option]));
  const parsed = {};
  for (let i = 0; i < argv.length; i++) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[i]) ?? [];
    const option = known.get(name);
    if (!option) throw new UsageError(`Unknown argument "${argv[i]}". Known here: ${[...known.keys()].map((n) => `--${n}`).join(' ')}`);
    if (!option.value) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value.`);
      parsed[name] = true;
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) throw new UsageError(`--${name} needs a value: ${option.value}`);
    parsed[name] = value;
  }
  return parsed;
}

/** The options that every bench has, as numbers and checked words. @param {string} [ownBackend] the bench's own. */
export function commonSettings(parsed, ownBackend = 'webgl') {
  const integer = (name, least) => {
    if (parsed[name] === undefined) return undefined;
    const value = Number(parsed[name]);
    if (!Number.isSafeInteger(value) || value < least) throw new UsageError(`--${name} must be a whole number from ${least}, not "${parsed[name]}".`);
    return value;
  };
  const backend = parsed.backend ?? ownBackend;
  if (backend !== 'cpu' && backend !== 'webgl') throw new UsageError(`--backend must be cpu or webgl, not "${backend}".`);
  return { backend, seed: integer('seed', 0) ?? 1, trials: integer('trials', 1) };
}

/** Options as indented lines of help. */
export function describeOptions(options) {
  const left = options.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length));
  return options.map((option, i) => `    ${left[i].padEnd(width)}  ${option.description}`).join('\n');
}
