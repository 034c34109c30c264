import type { LearnCheckpoint } from '../../../experiments/learn/protocol';
import type { LearnApi, LearnBackend, LearnRequest } from '../../../workers/learnApi';
import type { CheckpointStore } from '../../run/checkpoints';
import type { EngineLink } from '../../run/engineLink';

/** One training to begin. */
export interface LearnPlan extends LearnRequest {
  /** Trains to this step, then waits. */
  readonly stopAt?: number;
  /** 'resumed': only where it goes on from a checkpoint that had begun. */
  readonly autoplay: boolean | 'resumed';
  /** Names the training in the checkpoint store; undefined where it cannot be opened again, being of somebody's files. */
  readonly key?: string;
  /** Goes on from the store's checkpoint where there is one. */
  readonly resume?: boolean;
}

export interface LearnControllerOptions {
  readonly connect: (backend: LearnBackend) => Promise<EngineLink<LearnApi>>;
  readonly store?: CheckpointStore<LearnCheckpoint>;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly checkpointEveryMs?: number;
  /** How long a new training waits for the engine to finish what it is doing, before it takes another engine. */
  readonly patienceMs?: number;
  /** The step that it must not pass while it plays: two networks side by side wait for each other. */
  readonly leash?: () => number;
}
