import type { LearnEvaluation, LearnSnapshot } from '../../../experiments/learn/protocol';
import type { LearnOpened } from '../../../workers/learnApi';
import type { EngineTrouble, Progress } from '../../../workers/poseApi';
import type { RunStatus } from '../../run/runState';

/** What there is to see of a training. Replaced, never changed. */
export interface LearnRunState {
  readonly status: RunStatus;
  readonly playing: boolean;
  readonly progress?: Progress;
  readonly opened?: LearnOpened;
  readonly place?: 'worker' | 'main thread';
  /** Every step so far, step i at index i. Beyond `shown` they are what a rewind left behind. */
  readonly history: readonly LearnSnapshot[];
  /** The step on screen. */
  readonly shown: number;
  /** Steps that are gone back to at once. */
  readonly keptSteps: readonly number[];
  readonly trouble?: EngineTrouble;
  /** How often the engine was lost and brought back. */
  readonly recoveries: number;
  /** Average time of a step lately, milliseconds. */
  readonly stepMs?: number;
  /** Made on demand, at steps whose snapshot has none. */
  readonly extra: ReadonlyMap<number, LearnEvaluation>;
}

export const IDLE_LEARNING: LearnRunState = { status: 'idle', playing: false, history: [], shown: 0, keptSteps: [], recoveries: 0, extra: new Map() };

/** The last evaluation at or before the step on screen. */
export function shownEvaluation({ history, shown, extra }: Pick<LearnRunState, 'history' | 'shown' | 'extra'>): LearnEvaluation | undefined {
  for (let step = Math.min(shown, history.length - 1); step >= 0; step--) {
    const found = history[step].evaluation ?? extra.get(step);
    if (found) return found;
  }
  return undefined;
}

/** Weight of the newest step in the average time of a step. */
const NEWEST = 0.2;

/** New steps in the history, each in its place; what stood after them stays, because the same steps would come again. */
export function withSteps({ history, stepMs }: LearnRunState, snapshots: readonly LearnSnapshot[], ms: number): Partial<LearnRunState> {
  const next = [...history];
  for (const snapshot of snapshots) next[snapshot.step] = snapshot;
  const each = ms / Math.max(snapshots.length, 1);
  return {
    history: next, shown: snapshots.at(-1)?.step ?? next.length - 1,
    stepMs: stepMs === undefined ? each : stepMs + NEWEST * (each - stepMs),
  };
}
