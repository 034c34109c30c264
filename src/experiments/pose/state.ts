import type { NormalEquations } from './normalEquations';
import type { Pose } from '../../scene/pose';
import type { AdamState } from './adam';
import type { PoseLight } from './light';
import type { Hypothesis, PosePhase, StepKind } from './protocol';

// The whole of a recovery's progress as plain data: a step maps one state to the next and changes nothing else, so that rewinding,
// resuming after a reload and repeating are the same thing.

/** A hypothesis with all that is known of it. */
export interface Candidate {
  readonly pose: Pose;
  /** Undefined where colours are flat. */
  readonly light: PoseLight | undefined;
  /** Of the object's patches where lighting follows no model; see patches.ts. */
  readonly colors?: Float32Array;
  /** At the size it was last rendered at; Infinity before. */
  readonly loss: number;
  readonly source: Hypothesis['source'];
  /** Gauss–Newton's at or next to this pose, once there are any. */
  readonly equations?: NormalEquations;
}

/** A hypothesis under refinement. */
export interface Particle extends Candidate {
  readonly adam: AdamState;
  /** Damping of Gauss–Newton. */
  readonly damping: number;
  /** The best pose of this stage so far: a step may overshoot. */
  readonly best: Candidate;
}

export interface EngineState {
  readonly step: number;
  readonly phase: PosePhase;
  /** Of the step that led here. */
  readonly kind?: StepKind;
  readonly stage: number;
  /** Steps taken within the stage. */
  readonly iteration: number;
  /** Hypotheses yet to be scored. */
  readonly queue: readonly Candidate[];
  /** Hypotheses scored, from which the next refinement draws. */
  readonly pool: readonly Candidate[];
  readonly particles: readonly Particle[];
  readonly estimate: Candidate;
  /** Image size at which the estimate's loss was measured. */
  readonly level: number;
  readonly iterations: number;
  readonly pixels: number;
}
