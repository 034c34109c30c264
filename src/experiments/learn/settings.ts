import type { PointModelId } from '../../graphics/nn/model/createPointModel';
import type { PointTask } from '../../graphics/nn/model/pointModel';

export type LearnModelId = PointModelId;

/** How examples are changed from batch to batch, by seed. */
export interface Augmentation {
  readonly rotation: 'none' | 'upright' | 'any';
  /** The axis that stays upright; y by default. */
  readonly up?: 'y' | 'z';
  /** Standard deviation of a shift of each point, where the cloud's radius is 1. */
  readonly jitter: number;
  /** Each axis is stretched by a factor of its own, drawn from 1 / (1 + scale) … 1 + scale. */
  readonly scale: number;
  /** Half of the clouds are mirrored left to right: along x where y is upright, along y where z is. Off by default. */
  readonly mirror?: boolean;
  /** At most this share of the points is dropped. */
  readonly dropout: number;
  /** To classify: this share of the batches is of clouds put together from two; 0 by default. */
  readonly mixing?: number;
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
  /** Normals go into the network beside positions; off by default. For data sets that have them. */
  readonly normals?: boolean;
  /** Normals that clouds lack are estimated from neighbouring points; off by default. */
  readonly estimateNormals?: boolean;
  /** How large the cloud was goes in too, for data sets of one unit of length; off by default. */
  readonly size?: boolean;
  /** Of PointNet: whether T-Nets turn points and features first; on by default. Shapes that all stand the same way need none. */
  readonly transforms?: boolean;
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

/** Twelve families told apart within a minute. */
export const DEFAULT_LEARN_SETTINGS: LearnSettings = {
  task: 'classify',
  model: 'pointnet',
  families: ['airplane', 'bed', 'bottle', 'car', 'chair', 'glasses', 'guitar', 'hammer', 'key', 'lamp', 'mug', 'table'],
  trainPerClass: 40,
  testPerClass: 10,
  points: 512,
  noise: 0.01,
  holes: 0,
  width: 0.375,
  batchSize: 16,
  learningRate: 2e-3,
  labelSmoothing: 0.1,
  classWeights: false,
  augmentation: { rotation: 'upright', jitter: 0.01, scale: 0.25, dropout: 0.2 },
  epochs: 30,
  evaluateEvery: 30,
  seed: 1,
};

/** What suits a task, for one family where its parts are to be learnt: where one part ends and the next begins is seen in neighbourhoods and normals. */
export const learnSettingsFor = (task: PointTask, family = 'mug'): LearnSettings => (task === 'classify' ? DEFAULT_LEARN_SETTINGS : {
  ...DEFAULT_LEARN_SETTINGS, task, model: 'dgcnn', families: [family], trainPerClass: 160, testPerClass: 24, normals: true, estimateNormals: true,
  labelSmoothing: 0, epochs: 20, evaluateEvery: 20,
});
