import type { PointTask } from '../../graphics/nn/model/pointModel';

export type LearnModelId = 'pointnet' | 'pointnet2' | 'dgcnn' | 'pointconv' | 'montecarlo' | 'kpconv' | 'feastnet';

/** How examples are changed from batch to batch, by seed. */
export interface Augmentation {
  readonly rotation: 'none' | 'upright' | 'any';
  /** Standard deviation of a shift of each point, where the cloud's radius is 1. */
  readonly jitter: number;
  /** Factors are drawn from 1 / (1 + scale) … 1 + scale. */
  readonly scale: number;
  /** At most this share of the points is dropped. */
  readonly dropout: number;
}

/** All that makes a training what it is: the same settings on the same backend give the same numbers. */
export interface LearnSettings {
  readonly task: PointTask;
  readonly model: LearnModelId;
  /** Ids of src/scene/families; to segment, one family whose parts are learnt. Ignored for a data set of one's own. */
  readonly families: readonly string[];
  readonly trainPerClass: number;
  readonly testPerClass: number;
  readonly points: number;
  /** Of the shapes generated here. */
  readonly noise: number;
  readonly holes: number;
  readonly width: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly labelSmoothing: number;
  readonly classWeights: boolean;
  readonly augmentation: Augmentation;
  readonly epochs: number;
  /** Evaluates after every so many steps. */
  readonly evaluateEvery: number;
  readonly seed: number;
}
