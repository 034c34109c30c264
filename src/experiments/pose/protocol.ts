import type { Camera } from '../../scene/camera';
import type { ImageRecord, Mesh } from '../../scene/mesh';
import type { Pose } from '../../scene/pose';
import type { Symmetry } from '../../scene/symmetry';
import type { PoseSettings } from './settings';

// What the recovery engine takes and gives: plain records that cross a worker's border as they are.

/** The object whose pose is sought. */
export interface PoseObject {
  readonly id: string;
  /** Centred on its bounding sphere; see `diameter`. */
  readonly mesh: Mesh;
  /** The same object with fewer faces, finest first, for small images; may be empty. */
  readonly coarser: readonly Mesh[];
  /** Largest distance between two vertices, in the object's units. */
  readonly diameter: number;
  readonly symmetry: Symmetry;
}

/** The image to explain: rendered here from a pose, or somebody's own. */
export type PoseTarget =
  | { readonly kind: 'rendered'; readonly pose: Pose }
  | {
    readonly kind: 'image'; readonly image: ImageRecord; readonly camera: Camera;
    /** [height, width], 255 where the object is; without one, every pixel counts. */
    readonly mask?: Uint8ClampedArray;
    /** Known only in benches. */
    readonly pose?: Pose;
  };

export type PosePhase = 'search' | 'refine' | 'escape' | 'polish' | 'done';

/** What a step does: ranks hypotheses by their loss, follows the renderer's gradient (Adam), or takes Gauss–Newton's step from differences of renderings. */
export type StepKind = 'score' | 'refine' | 'newton';

export interface Hypothesis {
  readonly pose: Pose;
  readonly loss: number;
  readonly source: 'encoder' | 'spread' | 'jump' | 'edited';
}

export interface PoseMetrics {
  readonly loss: number;
  /** Against the truth, symmetries taken into account; undefined when no truth is known. */
  readonly rotationErrorDeg?: number;
  readonly translationErrorDiameters?: number;
  /** Mean distance of corresponding vertices (ADD) and of nearest ones (ADD-S), in diameters. */
  readonly addDiameters?: number;
  readonly addSDiameters?: number;
  /** The images agree: the pose may still differ when the view is symmetric. */
  readonly imageMatched: boolean;
  /** Sequential optimisation steps so far. */
  readonly iterations: number;
  /** Pixels rendered so far. */
  readonly pixels: number;
}

/** All there is to see after a step. */
export interface PoseSnapshot {
  readonly step: number;
  readonly phase: PosePhase;
  /** Undefined where no step has been taken since the start or an edit. */
  readonly kind?: StepKind;
  readonly estimate: Pose;
  readonly hypotheses: readonly Hypothesis[];
  readonly metrics: PoseMetrics;
  readonly done: boolean;
}

/** [height, width] images of a step, RGBA as on screen. */
export interface PoseImages {
  readonly step: number;
  readonly target: ImageRecord;
  readonly rendering: ImageRecord;
  /** Signed difference rendering − target, as linear floats [height, width, 3]. */
  readonly difference: Float32Array;
  /** What each pixel asks for: ∂loss/∂rendering, [height, width, 3]. */
  readonly gradient: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Looks at an image and guesses poses. */
export interface PoseEncoder {
  /**
   * @param image [height, width, 3] linear RGB in 0…1, square, of any size; the encoder resizes it as it needs.
   * @param camera of that image; guessed poses are in its frame.
   * @returns guesses with the chance that each is the right one, likeliest first.
   */
  guess(image: { readonly height: number; readonly width: number; readonly data: Float32Array }, camera: Camera): Promise<readonly PoseGuess[]>;
}

export interface PoseGuess {
  readonly pose: Pose;
  readonly score: number;
}

/** A pose that is right within known bounds. */
export interface PoseStart {
  readonly pose: Pose;
  /** Radians. */
  readonly turn: number;
  /** Share of the distance, in any direction. */
  readonly shift: number;
}

/** What a recovery starts from. */
export interface PoseExperimentOptions {
  readonly object: PoseObject;
  readonly settings: PoseSettings;
  /** Default: rendered here at a pose drawn from the seed. */
  readonly target?: PoseTarget;
  readonly encoder?: PoseEncoder;
  /** What is known of the pose before: hypotheses are drawn around it instead of all over SO(3). */
  readonly start?: PoseStart;
  /** Goes on from here; object, settings and target must be those it was made with. */
  readonly checkpoint?: PoseCheckpoint;
}

/** A recovery under way. Nothing in it touches the DOM. */
export interface PoseExperiment {
  readonly object: PoseObject;
  readonly settings: PoseSettings;
  /** The truth, where known. */
  readonly truth: Pose | undefined;
  readonly camera: Camera;
  readonly current: PoseSnapshot;
  /** One step forward: a batch rendered, and one gradient step. After a rewind, the steps that follow are computed again. */
  step(): Promise<PoseSnapshot>;
  /** Back to any earlier step; what came after is forgotten as soon as step() is called. */
  rewind(step: number): Promise<PoseSnapshot>;
  /** Replaces the estimate and refines from there. */
  edit(pose: Pose): Promise<PoseSnapshot>;
  images(): Promise<PoseImages>;
  /** Everything needed to go on after a reload or a lost context; a structured-cloneable record. */
  checkpoint(): PoseCheckpoint;
  dispose(): void;
}

export interface PoseCheckpoint {
  readonly version: 1;
  readonly history: readonly PoseSnapshot[];
  /** Optimiser state and the like; the engine's own affair. */
  readonly state: unknown;
}
