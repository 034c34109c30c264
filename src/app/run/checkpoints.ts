import { del, get, set } from 'idb-keyval';
import type { PoseCheckpoint } from '../../experiments/pose/protocol';

/** Keeps the last checkpoint of the last run, so that a reload goes on where the page was. */
export interface CheckpointStore {
  load(key: string): Promise<PoseCheckpoint | undefined>;
  save(key: string, checkpoint: PoseCheckpoint): Promise<void>;
}

const SLOT = 'diorama/pose/checkpoint';

interface Kept { readonly key: string; readonly checkpoint: PoseCheckpoint }

/** One slot in IndexedDB. Where the browser gives none (private windows, a full disk) runs are simply not kept. */
export const browserCheckpoints: CheckpointStore = {
  async load(key) {
    try {
      const kept = await get<Kept>(SLOT);
      return kept?.key === key && kept.checkpoint.version === 1 ? kept.checkpoint : undefined;
    } catch {
      return undefined;
    }
  },
  async save(key, checkpoint) {
    try {
      await set(SLOT, { key, checkpoint } satisfies Kept);
    } catch {
      await del(SLOT).catch(() => undefined);
    }
  },
};
