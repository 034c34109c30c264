import type {
  LearnArtifacts, LearnCheckpoint, LearnEvaluation, LearnExample, LearnInspection, LearnPrediction, LearnSnapshot,
} from '../experiments/learn/protocol';
import type { LearnSettings } from '../experiments/learn/settings';
import type { DatasetReport, ReadWarning } from '../io/index';
import type { PointCloud } from '../scene/pointCloud';
import type { Answer, OnProgress } from './poseApi';

// What the page says to a training on points and meshes and hears from it. Two services, each in a worker of its own, train side by side.

/** A file as it was dropped or chosen: `path` with the folders above it, as far as they were given ("chairs/test/1.pcd"). */
export interface LearnFile {
  readonly path: string;
  readonly blob: Blob;
}

/** 'auto': the graphics card where the browser has one for its pages, else the processor. */
export type LearnBackend = 'auto' | 'webgl' | 'cpu';

export interface LearnRequest {
  readonly settings: LearnSettings;
  /** A data set of one's own, in folders of class/{train,test}/file or class/file, or of labelled files; generated from the settings by default. */
  readonly files?: readonly LearnFile[];
  /** Where the site's own files lie, ending in a slash: shipped networks are fetched from here. */
  readonly baseUrl: string;
  /** What is to compute; 'auto' by default. */
  readonly backend?: LearnBackend;
  /** The training begins with these weights: those that ship for the settings, or one's own. From scratch by default. */
  readonly weights?: 'shipped' | LearnArtifacts;
  /** Goes on from here. */
  readonly checkpoint?: LearnCheckpoint;
}

export interface LearnOpened {
  readonly settings: LearnSettings;
  readonly classNames: readonly string[];
  readonly layerNames: readonly string[];
  readonly parameterCount: number;
  readonly trainCount: number;
  readonly testCount: number;
  /** Class of each test example; absent to segment. */
  readonly testLabels?: readonly number[];
  readonly trainLabels?: readonly number[];
  readonly stepsPerEpoch: number;
  readonly history: readonly LearnSnapshot[];
  readonly keptSteps: readonly number[];
  /** Where the first weights come from, in words. */
  readonly weights: string;
  /** What computes: "webgl", and the graphics card as the browser names it. */
  readonly backend: string;
  readonly renderer: string;
  /** What the graphics lack, one plain sentence each; all of it works all the same. */
  readonly lacks: readonly string[];
  /** Of the files given: what was read, what was skipped and why. */
  readonly report?: DatasetReport;
}

export interface LearnStep {
  /** Of the batches just done, in order; the last one is the current. */
  readonly snapshots: readonly LearnSnapshot[];
  readonly keptSteps: readonly number[];
}

/** A dropped file, read: at least points; a mesh too where it holds one. */
export interface ReadShape {
  readonly example: LearnExample;
  readonly warnings: readonly ReadWarning[];
}

/** Calls are answered one after the other, in order. */
export interface LearnApi {
  /** Ends the training before. */
  open(request: LearnRequest, onProgress: OnProgress): Promise<Answer<LearnOpened>>;
  /** That many batches, or until it is done. */
  advance(batches: number): Promise<Answer<LearnStep>>;
  rewind(step: number): Promise<Answer<LearnSnapshot>>;
  evaluate(): Promise<Answer<LearnEvaluation>>;
  example(part: 'train' | 'test', index: number): Promise<Answer<LearnExample>>;
  /** @param without numbers of points that are taken away from what the network sees; the others stay where they are. */
  predict(shape: PointCloud | LearnExample, without?: readonly number[]): Promise<Answer<LearnPrediction>>;
  inspect(shape: PointCloud | LearnExample): Promise<Answer<LearnInspection>>;
  checkpoint(): Promise<Answer<LearnCheckpoint>>;
  /** The weights as they are now: to keep, or to begin another training with. */
  artifacts(): Promise<Answer<LearnArtifacts>>;
  /** One file as a shape to predict; needs no training. `siblings` are what lay beside it. A file that cannot be read is trouble of code "engine" whose message says why. */
  read(file: LearnFile, siblings?: readonly LearnFile[]): Promise<Answer<ReadShape>>;
  /** What a folder holds, without training on it. */
  survey(files: readonly LearnFile[], task: LearnSettings['task'], onProgress: OnProgress): Promise<Answer<DatasetReport>>;
  /** Loses the graphics context on purpose (WEBGL_lose_context), to see the recovery work. False where that cannot be done. */
  loseContext(): Promise<boolean>;
  close(): Promise<void>;
}
