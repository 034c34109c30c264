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

/** One layer as somebody sees it who looks inside, for one example. */
export interface LayerView {
  readonly name: string;
  readonly kind: string;
  /** [M, 3] */
  readonly positions: Float32Array;
  /** [M, C] */
  readonly activation: Float32Array;
  readonly channels: number;
  /** Compressed rows [M + 1] and columns [E] into the layer before. */
  readonly neighborhood?: { readonly offsets: Int32Array; readonly columns: Int32Array };
  /** [E, W] */
  readonly entryWeights?: Float32Array;
  /** [W, 3], relative to the centre; [M, W, 3] where each output has moved its own */
  readonly kernelPoints?: Float32Array;
  /** [C] */
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
  predict(cloud: PointCloud | LearnExample): Promise<LearnPrediction>;
  /** Every layer's outputs and neighbourhoods on one shape. */
  inspect(cloud: PointCloud | LearnExample): Promise<LearnInspection>;
  checkpoint(): Promise<LearnCheckpoint>;
  /** The weights as they are now, in half precision, to be saved by a tf.io handler or as files. */
  artifacts(about?: Partial<LearnProvenance>): Promise<LearnArtifacts>;
  dispose(): void;
}
