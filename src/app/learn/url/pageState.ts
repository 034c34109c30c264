import { learnSettingsFor, type Augmentation, type LearnModelId, type LearnSettings } from '../../../experiments/learn/settings';
import type { PointTask } from '../../../graphics/nn/model/pointModel';
import type { LearnBackend } from '../../../workers/learnApi';
import type { Orbit } from '../../url/view';

/** What a point's colour says. */
export type ColorMode = 'prediction' | 'truth' | 'error' | 'confidence' | 'activation' | 'importance';
export const COLOR_MODES: readonly ColorMode[] = ['prediction', 'truth', 'error', 'confidence', 'activation', 'importance'];

export const MODELS: readonly LearnModelId[] = [
  'pointnet', 'pointnet2', 'pointnet2-msg', 'dgcnn', 'pointconv', 'montecarlo', 'kpconv', 'kpconv-deformable', 'feastnet', 'graphconv', 'meshedgeconv',
];
export const BACKENDS: readonly LearnBackend[] = ['auto', 'webgl', 'cpu'];
export const ROTATIONS: readonly Augmentation['rotation'][] = ['none', 'upright', 'any'];

/** Which of a scan's axes points up. */
export type UpAxis = 'y' | 'z' | 'x' | '-y' | '-z' | '-x';
export const UP_AXES: readonly UpAxis[] = ['y', 'z', 'x', '-y', '-z', '-x'];

/** Points that count most, or least. */
export type Order = 'most' | 'least';

export interface TakenAway {
  readonly order: Order;
  /** Percent of the points. */
  readonly percent: number;
}

/** Everything that decides what the page shows; the part of it that is no local file lives in the address. */
export interface LearnPageState {
  readonly settings: LearnSettings;
  /** Begins without the network that ships. */
  readonly fromNothing: boolean;
  /** A second network beside the first, on the same seed. */
  readonly compare?: LearnModelId;
  /** What computes. */
  readonly backend: LearnBackend;
  readonly color: ColorMode;
  /** Of the test examples, on screen. */
  readonly shape: number;
  /** Looked into; the network's last one by default. */
  readonly layer?: string;
  /** The chosen point of the shape. */
  readonly point?: number;
  /** The channel whose activation is shown; the length of all by default. */
  readonly channel?: number;
  /** Of the layer's matrices, the one that is shown; the first by default. */
  readonly matrix?: number;
  /** All but the chosen point's receptive field steps back. */
  readonly field?: boolean;
  /** The layer whose points alone do not step back: a level of the hierarchy. */
  readonly level?: string;
  /** The mesh that the points were drawn from is seen behind them. */
  readonly surface?: boolean;
  /** Points taken away by how much they count. */
  readonly away?: TakenAway;
  /** Points of the shape brushed away. */
  readonly brushed?: readonly number[];
  /** Of one's own shapes: the axis that points up, and how far they are turned about it then, degrees. */
  readonly stands?: UpAxis;
  readonly turned?: number;
  /** A drag over points brushes them away. */
  readonly brush?: boolean;
  /** The camera, where a person has moved it. */
  readonly orbit?: Orbit;
  /** Looked with the second network. */
  readonly seen?: 'second';
  /** Trains to this step, then waits. */
  readonly stopAt?: number;
}

export const defaultPageState = (task: PointTask): LearnPageState => ({
  settings: learnSettingsFor(task), fromNothing: false, backend: 'auto', color: 'prediction', shape: 0,
});
