import { del, get, set } from 'idb-keyval';
import type { PoseCheckpoint } from '../../experiments/pose/protocol';

/** Keeps the last checkpoint of the last run, so that a reload goes on where the page was. */
export interface CheckpointStore<C = PoseCheckpoint> {
  load(key: string): Promise<C | undefined>;
  save(key: string, checkpoint: C): Promise<void>;
}

interface Kept<C> { readonly key: string; readonly checkpoint: C }

/** One slot in IndexedDB. Where the browser gives none (private windows, a full disk) runs are simply not kept. */
export const browserSlot = <C extends { readonly version: 1 }>(slot: string): CheckpointStore<C> => ({
  async load(key) {
    try {
      const kept = await get<Kept<C>>(slot);
      return kept?.key === key && kept.checkpoint.version === 1 ? kept.checkpoint : undefined;
    } catch {
      return undefined;
    }
  },
  async save(key, checkpoint) {
    try {
      await set(slot, { key, checkpoint } satisfies Kept<C>);
    } catch {
      await del(slot).catch(() => undefined);
    }
  },
});

export const browserCheckpoints = browserSlot<PoseCheckpoint>('diorama/pose/checkpoint');
