import { fieldsFor } from './fields';
import { readLink, writeLink, type LinkReading } from './link';
import { DEFAULT_PAGE_STATE, type PageState } from './pageState';

export interface LinkContext {
  /** The built-in objects' names, the default first. */
  readonly builtIns: readonly string[];
  /** The origin that this page was served from. */
  readonly origin: string;
}

export type ReadLink = LinkReading<PageState>;

/** "#v=1&…": only what differs from the defaults, so that an untouched page has the link "#v=1". */
export const writeHash = (state: PageState, context: LinkContext): string => writeLink(state, fieldsFor(context.builtIns, context.origin));

/** Reads a link to the pose lab. */
export function readHash(hash: string, context: LinkContext): ReadLink {
  const first = context.builtIns[0];
  const defaults: PageState = first ? { ...DEFAULT_PAGE_STATE, object: { kind: 'builtin', id: first } } : DEFAULT_PAGE_STATE;
  return readLink(hash, fieldsFor(context.builtIns, context.origin), defaults, 'pose');
}
