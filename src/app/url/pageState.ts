import { DEFAULT_POSE_SETTINGS, type PoseSettings } from '../../experiments/pose/settings';
import type { Pose } from '../../scene/pose';
import { DEFAULT_VIEW, type StageView } from './view';

/** Which object is shown. A person's own file cannot be put into a link; its name alone is kept. */
export type ObjectChoice =
  | { readonly kind: 'builtin'; readonly id: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'file'; readonly name: string };

/** An estimate that a person set by hand at a step. */
export interface EditAt {
  readonly step: number;
  readonly pose: Pose;
}

/** Everything that decides what the page shows; the part of it that is no local file lives in the address. */
export interface PageState {
  readonly object: ObjectChoice;
  /** Draws the target's pose, where `targetPose` does not give it. */
  readonly targetSeed: number;
  readonly targetPose?: Pose;
  readonly settings: PoseSettings;
  /** The ambient share was chosen, and does not follow from whether the object has colours. */
  readonly ambientChosen: boolean;
  /** In step order. */
  readonly edits: readonly EditAt[];
  /** Runs to this step, then waits. */
  readonly stopAt?: number;
  /** What the 3D view shows, and from where. */
  readonly view: StageView;
}

export const DEFAULT_OBJECT = 'cube';

export const DEFAULT_PAGE_STATE: PageState = {
  object: { kind: 'builtin', id: DEFAULT_OBJECT },
  targetSeed: 1,
  settings: DEFAULT_POSE_SETTINGS,
  ambientChosen: false,
  edits: [],
  view: DEFAULT_VIEW,
};
