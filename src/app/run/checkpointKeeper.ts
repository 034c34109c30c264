import type { PoseCheckpoint } from '../../experiments/pose/protocol';
import type { CheckpointStore } from './checkpoints';

/** Milliseconds between two checkpoints of a run. */
const EVERY_MS = 4000;

/** The last checkpoint of the run under way, in memory for a lost engine and in the store for a reload. */
export class CheckpointKeeper<C = PoseCheckpoint> {
  /** What to go on from. */
  last: C | undefined;
  private keptAt = -Infinity;

  constructor(private readonly now: () => number, private readonly store: CheckpointStore<C> | undefined, private readonly everyMs = EVERY_MS) {}

  get due(): boolean {
    return this.now() - this.keptAt >= this.everyMs;
  }

  async load(key: string | undefined): Promise<C | undefined> {
    return key ? this.store?.load(key) : undefined;
  }

  keep(checkpoint: C, key: string | undefined): void {
    this.last = checkpoint;
    this.keptAt = this.now();
    if (key) void this.store?.save(key, checkpoint);
  }

  forget(): void {
    this.last = undefined;
    this.keptAt = -Infinity;
  }
}
