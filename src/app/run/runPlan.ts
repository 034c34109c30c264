import type { OpenRequest } from '../../workers/poseApi';
import type { EditAt } from '../url/pageState';

/** A run to begin: what the engine needs, and what the link adds to it. */
export interface RunPlan extends Omit<OpenRequest, 'checkpoint'> {
  /** Names the run in the checkpoint store: equal keys mean equal runs. Without one nothing is kept. */
  readonly key?: string;
  readonly edits: readonly EditAt[];
  readonly stopAt?: number;
  readonly autoplay: boolean;
  /** Goes on from a checkpoint kept under `key`, where there is one. */
  readonly resume: boolean;
}
