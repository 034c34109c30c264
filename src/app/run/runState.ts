import type { PoseImages, PoseSnapshot } from '../../experiments/pose/protocol';
import type { Pose } from '../../scene/pose';
import type { EditAt } from '../url/pageState';
import type { EngineTrouble, Opened, Progress } from '../../workers/poseApi';

export type RunStatus = 'idle' | 'opening' | 'ready' | 'recovering' | 'failed';

/** What there is to see of a run. Replaced, never changed. */
export interface RunState {
  readonly status: RunStatus;
  readonly playing: boolean;
  readonly progress?: Progress;
  readonly opened?: Opened;
  readonly place?: 'worker' | 'main thread';
  /** Every step computed so far, step i at index i. Beyond `shown` they are what a rewind left behind. */
  readonly history: readonly PoseSnapshot[];
  /** The step on screen. */
  readonly shown: number;
  /** Estimates set by hand: those made, and those of the link still to come. In step order. */
  readonly edits: readonly EditAt[];
  /** Of the step on screen, or of one shortly before while playing. */
  readonly images?: PoseImages;
  readonly trouble?: EngineTrouble;
  /** How often the engine was lost and brought back. */
  readonly recoveries: number;
  /** Average time of a step lately, milliseconds. */
  readonly stepMs?: number;
}

export const IDLE_RUN: RunState = { status: 'idle', playing: false, history: [], shown: 0, edits: [], recoveries: 0 };

export const shownSnapshot = ({ history, shown }: RunState): PoseSnapshot | undefined => history[shown];

/** Weight of the newest step in the average time of a step. */
const NEWEST = 0.2;

/**
 * A new step behind the one on screen; what a rewind had left behind it is forgotten, edits included.
 * @param edited the estimate that a person set in this step. @param ms how long it took, where that tells of the engine's pace.
 */
export function withStep({ history, edits, stepMs }: RunState, snapshot: PoseSnapshot, edited: Pose | undefined, ms?: number): Partial<RunState> {
  const { step } = snapshot;
  const before = edits.filter((edit) => edit.step < step);
  const ahead = edits.filter((edit) => edit.step > step && edit.step >= history.length);
  return {
    history: [...history.slice(0, step), snapshot],
    shown: step,
    edits: [...before, ...(edited ? [{ step, pose: edited }] : []), ...ahead],
    ...(ms === undefined ? {} : { stepMs: stepMs === undefined ? ms : stepMs + NEWEST * (ms - stepMs) }),
  };
}
