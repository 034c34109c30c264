import type { PoseCheckpoint, PoseImages, PoseObject, PoseSnapshot, PoseTarget } from '../experiments/pose/protocol';
import type { PoseSettings } from '../experiments/pose/settings';
import type { io } from '../graphics/tf';
import type { Camera } from '../scene/camera';
import type { Pose } from '../scene/pose';

// What the page says to the recovery engine and hears from it, whether the engine sits in a worker or beside the page.

/** One recovery to begin. */
export interface OpenRequest {
  readonly object: PoseObject;
  readonly settings: PoseSettings;
  readonly target: PoseTarget;
  /** Where the site's own files lie, ending in a slash: shipped encoders are fetched from here. */
  readonly baseUrl: string;
  /** 'cpu' computes with plain loops: right, and slow. */
  readonly backend: 'webgl' | 'cpu';
  /** Looks at the target instead of the encoder that ships, where the settings ask for one. */
  readonly encoder?: io.ModelArtifacts;
  /** Goes on from here instead of beginning. */
  readonly checkpoint?: PoseCheckpoint;
}

export interface Opened {
  readonly camera: Camera;
  readonly truth: Pose | undefined;
  /** Every step so far: one at the start, more after a checkpoint. */
  readonly history: readonly PoseSnapshot[];
  /** Where the guesses come from, in words. */
  readonly encoder: string | undefined;
  /** What computes: "webgl", and the graphics card as the browser names it. */
  readonly backend: string;
  readonly renderer: string;
  /** The browser draws by software: right, and slow. */
  readonly software: boolean;
  /** What the graphics lack, one plain sentence each; all of it works all the same. */
  readonly lacks: readonly string[];
}

export interface Progress {
  readonly label: string;
  /** 0…1, where it can be told. */
  readonly fraction?: number;
}
export type OnProgress = (progress: Progress) => void;

/** What went wrong, as a record that crosses a worker's border. */
export interface EngineTrouble {
  readonly code: 'context-lost' | 'died' | 'no-webgl2' | 'no-float-textures' | 'out-of-memory' | 'engine';
  readonly message: string;
}

/** A call's answer: trouble is a value here because thrown errors lose their class and code on the way. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: EngineTrouble };

export interface PoseApi {
  open(request: OpenRequest, onProgress: OnProgress): Promise<Answer<Opened>>;
  step(): Promise<Answer<PoseSnapshot>>;
  rewind(step: number): Promise<Answer<PoseSnapshot>>;
  edit(pose: Pose): Promise<Answer<PoseSnapshot>>;
  images(): Promise<Answer<PoseImages>>;
  checkpoint(): Promise<Answer<PoseCheckpoint>>;
  /** Loses the graphics context on purpose (WEBGL_lose_context), to see the recovery work. False where that cannot be done. */
  loseContext(): Promise<boolean>;
  close(): Promise<void>;
}
