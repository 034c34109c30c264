import type { FileSource } from '../io/index';
import type { LearnFile } from './learnApi';

/** Files that were dropped on the page, as the readers want them. */
export const fileSource = (files: readonly LearnFile[]): FileSource => ({
  files: files.map(({ path, blob }) => ({ path, size: blob.size, read: async () => new Uint8Array(await blob.arrayBuffer()) })),
});
