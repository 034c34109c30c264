import type { ArithmeticForm } from '../../graphics/nn/model/layerArithmetic';
import type { PointTask } from '../../graphics/nn/model/pointModel';
import type { io } from '../../graphics/tf';
import type { Mesh } from '../../scene/mesh';
import type { PointCloud } from '../../scene/pointCloud';
import type { LearnSettings } from './settings';

// What the learning experiment takes and gives: plain records that cross a worker's border as they are.

/** A shape to learn from or to try: points, and the mesh that they were drawn from where there is one. */
export interface LearnExample {
  readonly name: string;
  readonly cloud: PointCloud;
  readonly mesh?: Mesh;
  /** [F] part of each face. */
  readonly partOfFace?: Uint8Array;
  /** Number of its class; undefined for a shape nobody labelled. */
  readonly label?: number;
}

/** Where the examples come from. An example is made or read when it is asked for: a data set may be larger than memory. */
export interface LearnDataset {
  readonly name: string;
  /** Of classes, or of parts. */
  readonly classNames: readonly string[];
  readonly train: ExampleSource;
  readonly test: ExampleSource;
}

export interface ExampleSource {
  readonly count: number;
  /** Known without reading the example. Undefined to segment. */
  label(index: number): number | undefined;
  read(index: number): Promise<LearnExample>;
}

/** How well the network does on the test examples. */
export interface LearnEvaluation {
  readonly step: number;
  readonly loss: number;
  /** Share of examples, or of points, that are right. */
  readonly accuracy: number;
  /** [K]; NaN where there is no example of a class. */
  readonly perClass: readonly number[];
  /** [K · K]: truth by row, prediction by column; examples, or points. */
  readonly confusion: readonly number[];
  /** To segment: mean over shapes of the mean over their parts, and each part's over all shapes. */
  readonly meanIou?: number;
  readonly perPartIou?: readonly number[];
  readonly examples: readonly EvaluatedExample[];
}

export interface EvaluatedExample {
  /** In the test source. */
  readonly index: number;
  readonly truth?: number;
  readonly predicted: number;
  /** Of the predicted class; to segment, the share of points that are right. */
  readonly confidence: number;
  /** To segment: truth, prediction and number of points of each pair that occurs, one after the other. */
  readonly pairs?: readonly number[];
}

/** All there is to see after a step: one batch. */
export interface LearnSnapshot {
  readonly step: number;
  /** Epochs done, with the part of the current one. */
  readonly epoch: number;
  /** Of this batch; NaN before the first. */
  readonly loss: number;
  readonly accuracy: number;
  /** Present at the steps at which one was made. */
  readonly evaluation?: LearnEvaluation;
  readonly done: boolean;
}

export interface LearnPrediction {
  readonly task: PointTask;
  /** [K] to classify, [N · K] to segment: sums of 1. */
  readonly probabilities: Float32Array;
  /** [N]: the points as the network saw them, normalised and sampled. */
  readonly cloud: PointCloud;
}

/** Compressed rows [M + 1] and columns [E]. */
export interface NeighborRows { readonly offsets: Int32Array; readonly columns: Int32Array }

/** Where a layer's inputs come from. */
export interface SourceView {
  /** Number of the layer; −1: the points themselves. */
  readonly layer: number;
  readonly takes: 'own' | 'all' | 'neighbors' | NeighborRows;
}

/** A dense stage, see DenseStage of the library. */
export interface StageView {
  /** [C, D], row by row. */
  readonly kernel: Float32Array;
  /** D */
  readonly outputs: number;
  /** [D] */
  readonly scale?: Float32Array;
  readonly shift?: Float32Array;
  readonly slope: number;
}

/** How a layer's outputs come about, see LayerArithmetic of the library. */
export interface ArithmeticView {
  readonly form: ArithmeticForm;
  /** [M, C] */
  readonly inputs?: Float32Array;
  /** C */
  readonly width: number;
  /** [M, C′] */
  readonly beside?: Float32Array;
  /** [E] */
  readonly shares?: Float32Array;
  readonly stages: readonly StageView[];
  readonly residual: boolean;
}

/** One layer as somebody sees it who looks inside, for one example. */
export interface LayerView {
  readonly name: string;
  readonly kind: string;
  /** [M, 3] */
  readonly positions: Float32Array;
  /** [M, C] */
  readonly activation: Float32Array;
  readonly channels: number;
  /** Columns are outputs of the first source. */
  readonly neighborhood?: NeighborRows;
  /** All that goes in; by default the layer before. */
  readonly sources?: readonly SourceView[];
  readonly arithmetic?: ArithmeticView;
  /** [F, 3]: the mesh at this resolution, where it is another than the layer before had. */
  readonly faces?: Uint32Array;
  /** [E, W] */
  readonly entryWeights?: Float32Array;
  /** [E]: how densely points lie at each entry's neighbour, in points to the volume of a cube as wide as the layer's radius. */
  readonly entryDensity?: Float32Array;
  /** [W, 3], relative to the centre; [M, W, 3] where each output has moved its own */
  readonly kernelPoints?: Float32Array;
  /** [C]: by channel the number of the point that won a maximum over all of them; of a T-Net of the maximum within it. */
  readonly winners?: Int32Array;
}

export interface LearnInspection {
  readonly prediction: LearnPrediction;
  readonly layers: readonly LayerView[];
}

/** Enough to go on from: weights, the optimiser's state and the history. */
export interface LearnCheckpoint {
  readonly version: 1;
  readonly settings: LearnSettings;
  readonly history: readonly LearnSnapshot[];
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly optimizer: ReadonlyMap<string, Float32Array>;
}

/** A trained network in TensorFlow.js's own format, as a record that crosses a worker's border; its provenance is its user-defined metadata. */
export type LearnArtifacts = io.ModelArtifacts;

/** Where a set of weights comes from, and what it takes to use it. */
export interface LearnProvenance {
  /** It was trained with these. */
  readonly settings: LearnSettings;
  readonly classNames: readonly string[];
  readonly dataset: string;
  readonly steps: number;
  /** On test shapes. */
  readonly accuracy?: number;
  readonly meanIou?: number;
  /** What trains it again. */
  readonly command?: string;
  /** The version of this project that trained it. */
  readonly version?: string;
}

export interface LearnExperimentOptions {
  readonly settings: LearnSettings;
  /** One's own; by default one of {@link LearnSettings.families}, generated by seed. */
  readonly dataset?: LearnDataset;
  /** The training begins with these. */
  readonly weights?: LearnArtifacts;
  /** They may be those of a network that knows other classes: what does not fit, its last layer, begins anew. */
  readonly transfer?: boolean;
  /** Goes on from here, bit for bit; its settings and data set must be the ones given. */
  readonly checkpoint?: LearnCheckpoint;
  /** While shapes are made or read, 0…1. */
  onProgress?(fraction: number): void;
}

export interface LearnExperiment {
  readonly settings: LearnSettings;
  readonly dataset: LearnDataset;
  readonly classNames: readonly string[];
  readonly layerNames: readonly string[];
  readonly parameterCount: number;
  readonly trainCount: number;
  readonly testCount: number;
  readonly stepsPerEpoch: number;
  readonly current: LearnSnapshot;
  /** Every step so far, with those after the current one once it was gone back from. */
  readonly history: readonly LearnSnapshot[];
  /** Steps that {@link LearnExperiment.rewind} goes to at once, ascending: ends of epochs. */
  readonly keptSteps: readonly number[];
  /** One batch; evaluates where the settings say so. */
  step(): Promise<LearnSnapshot>;
  /** To the nearest kept state at or before the step, and from there by stepping again: the same numbers. */
  rewind(step: number): Promise<LearnSnapshot>;
  evaluate(): Promise<LearnEvaluation>;
  /** An example of the data set, as drawn for step 0. */
  example(part: 'train' | 'test', index: number): Promise<LearnExample>;
  /**
   * @param without numbers of points of the cloud as the network sees it (see {@link LearnPrediction.cloud}) that it sees no more; the others stay where
   * they are. Of a mesh their faces go too. @throws SceneError 'empty' where no point is left.
   */
  predict(cloud: PointCloud | LearnExample, without?: readonly number[]): Promise<LearnPrediction>;
  /** Every layer's outputs and neighbourhoods on one shape. */
  inspect(cloud: PointCloud | LearnExample): Promise<LearnInspection>;
  checkpoint(): Promise<LearnCheckpoint>;
  /** The weights as they are now, in half precision, to be saved by a tf.io handler or as files. */
  artifacts(about?: Partial<LearnProvenance>): Promise<LearnArtifacts>;
  dispose(): void;
}
