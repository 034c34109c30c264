import { fieldsFor } from './fields';
import { DEFAULT_PAGE_STATE, type PageState } from './pageState';
import { BadValue } from './values';

/** The version of the link's language. A key keeps its meaning for ever within a version. */
export const LINK_VERSION = 1;
const MAX_HASH_LENGTH = 4096;

export interface LinkContext {
  /** The built-in objects' names, the default first. */
  readonly builtIns: readonly string[];
  /** The origin that this page was served from. */
  readonly origin: string;
}

export interface ReadLink {
  readonly state: PageState;
  /** What of the link was ignored, and why, one sentence each. */
  readonly problems: readonly string[];
}

const quote = (text: string) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** "#v=1&…": only what differs from the defaults, so that an untouched page has the link "#v=1". */
export function writeHash(state: PageState, context: LinkContext): string {
  const entries = fieldsFor(context.builtIns, context.origin).flatMap(({ key, write }) => {
    const text = write(state);
    // A fragment may carry these as they are (RFC 3986, 3.5); escaped, poses would be unreadable.
    return text === undefined ? [] : [`${key}=${encodeURIComponent(text).replace(/%(2C|3A|3B|2F)/g, decodeURIComponent)}`];
  });
  return `#${[`v=${LINK_VERSION}`, ...entries].join('&')}`;
}

/** Reads a link. What is unknown, broken or out of limits keeps its default and is reported; nothing throws. */
export function readHash(hash: string, context: LinkContext): ReadLink {
  const first = context.builtIns[0];
  let state: PageState = first ? { ...DEFAULT_PAGE_STATE, object: { kind: 'builtin', id: first } } : DEFAULT_PAGE_STATE;
  const text = hash.replace(/^#/, '');
  if (text === '') return { state, problems: [] };
  if (text.length > MAX_HASH_LENGTH) return { state, problems: [`The link is longer than ${MAX_HASH_LENGTH} characters and was ignored.`] };

  const problems: string[] = [];
  const entries = text.split('&').filter(Boolean).map((entry) => {
    const equals = entry.indexOf('=');
    return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
  });
  const version = entries.find(([key]) => key === 'v')?.[1];
  if (version === undefined) problems.push(`The link does not say its version; it was read as version ${LINK_VERSION}.`);
  else if (version !== String(LINK_VERSION)) {
    return { state, problems: [`The link speaks version ${quote(version)}; this page knows version ${LINK_VERSION}. It was ignored.`] };
  }

  const fields = new Map(fieldsFor(context.builtIns, context.origin).map((field) => [field.key, field]));
  const seen = new Set<string>(['v']);
  for (const [key, raw] of entries) {
    if (key === 'v') continue;
    const field = fields.get(key);
    if (!field) {
      problems.push(`The link's ${quote(key)} is unknown here and was ignored.`);
    } else if (seen.has(key)) {
      problems.push(`The link gives ${quote(key)} twice; the first one counts.`);
    } else {
      seen.add(key);
      try {
        state = field.read(state, decode(raw));
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
