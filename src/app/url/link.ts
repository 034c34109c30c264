import { BadValue } from './values';

// The language of links, whatever a page has to say: "#v=1&key=value&…".

/** The version of the link's language. A key keeps its meaning for ever within a version. */
export const LINK_VERSION = 1;
/** What every current browser opens from its address line; whatever a page may say fits into it. */
export const MAX_HASH_LENGTH = 32_768;

/** One entry of a link: its key, how it is written (undefined: left out) and how it is read into the state. */
export interface LinkField<S> {
  readonly key: string;
  write(state: S): string | undefined;
  /** @param note says what was made of a value that could not be taken as it is. @throws BadValue */
  read(state: S, text: string, note: (made: string) => void): S;
}

export interface LinkReading<S> {
  readonly state: S;
  /** What of the link was ignored, and why, one sentence each. */
  readonly problems: readonly string[];
}

const quote = (text: string) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** A link that says only what its fields find worth saying. @param head what stands first, such as "lab=classify". */
export function writeLink<S>(state: S, fields: readonly LinkField<S>[], head: readonly string[] = []): string {
  const entries = fields.flatMap(({ key, write }) => {
    const text = write(state);
    // A fragment may carry these as they are (RFC 3986, 3.5); escaped, poses would be unreadable.
    return text === undefined ? [] : [`${key}=${encodeURIComponent(text).replace(/%(2C|3A|3B|2F)/g, decodeURIComponent)}`];
  });
  return `#${[...head, `v=${LINK_VERSION}`, ...entries].join('&')}`;
}

/** The entries of a link as they stand. */
const entriesOf = (hash: string): (readonly [string, string])[] => hash.replace(/^#/, '').split('&').filter(Boolean).map((entry) => {
  const equals = entry.indexOf('=');
  return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
});

/** Which page a link is for, as it says; undefined where it does not. */
export const labOfLink = (hash: string): string | undefined => entriesOf(hash.slice(0, MAX_HASH_LENGTH)).find(([key]) => key === 'lab')?.[1];

/** Reads a link. What is unknown, broken or out of limits keeps its default and is reported; nothing throws. @param lab the page that reads it. */
export function readLink<S>(hash: string, fieldList: readonly LinkField<S>[], defaults: S, lab: string): LinkReading<S> {
  let state = defaults;
  if (hash.replace(/^#/, '') === '') return { state, problems: [] };
  if (hash.length > MAX_HASH_LENGTH) return { state, problems: [`The link is longer than ${MAX_HASH_LENGTH} characters and was ignored.`] };

  const problems: string[] = [];
  const entries = entriesOf(hash);
  const version = entries.find(([key]) => key === 'v')?.[1];
  // A hand-typed name of a page says all there is to say.
  const bare = entries.length === 1 && entries[0][0] === 'lab' && entries[0][1] === lab;
  if (version === undefined && !bare) problems.push(`The link does not say its version; it was read as version ${LINK_VERSION}.`);
  else if (version !== undefined && version !== String(LINK_VERSION)) {
    return { state, problems: [`The link speaks version ${quote(version)}; this page knows version ${LINK_VERSION}. It was ignored.`] };
  }

  const fields = new Map(fieldList.map((field) => [field.key, field]));
  const seen = new Set<string>(['v']);
  for (const [key, raw] of entries) {
    if (key === 'v' || (key === 'lab' && raw === lab)) continue;
    const field = fields.get(key);
    if (!field) {
      problems.push(`The link's ${quote(key)} is unknown here and was ignored.`);
    } else if (seen.has(key)) {
      problems.push(`The link gives ${quote(key)} twice; the first one counts.`);
    } else {
      seen.add(key);
      try {
        state = field.read(state, decode(raw), (made) => problems.push(`The link's ${quote(key)} ${made}.`));
      } catch (error) {
        if (!(error instanceof BadValue)) throw error;
        problems.push(`The link's ${quote(key)} ${error.message}; it was ignored.`);
      }
    }
  }
  return { state, problems };
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new BadValue('is not properly escaped');
  }
}
