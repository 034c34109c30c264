/** Everything that decides how a pose is recovered; with the same mesh and backend, the same settings give the same run to the bit. */
export interface PoseSettings {
  readonly seed: number;
  /** Side of the square target and of the last refinement, in pixels. */
  readonly resolution: 64 | 96 | 128 | 192 | 256;
  /** Hypotheses rendered at first, from a uniform spread over SO(3) (and from the encoder, when used). */
  readonly hypotheses: number;
  /** Hypotheses refined side by side. */
  readonly refined: number;
  /** Step size of Adam on left-multiplied so(3) increments, radians. */
  readonly learningRate: number;
  readonly loss: 'l2' | 'l1' | 'huber';
  /** 'rotation' holds the translation at the truth; 'rotation+translation' recovers both. */
  readonly unknowns: 'rotation' | 'rotation+translation';
  /** Also recovers the light's direction and strength. */
  readonly unknownLight: boolean;
  /** Ask the trained encoder for hypotheses too. */
  readonly useEncoder: boolean;
  readonly target: TargetSettings;
}

/** What the image to explain looks like. */
export interface TargetSettings {
  /** Standard deviation of additive Gaussian noise, 0…0.5. */
  readonly noise: number;
  /** Share of the background covered with coloured shapes, 0…1. */
  readonly clutter: number;
  /** Share of the object's box hidden behind a grey bar, 0…0.6. */
  readonly occlusion: number;
  readonly light: LightSettings;
}

export interface LightSettings {
  /** Degrees in the camera's frame: 0 azimuth, 0 elevation shines along the line of sight. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  /** Ambient share, 0…1: 1 means unlit. */
  readonly ambient: number;
}

export const DEFAULT_POSE_SETTINGS: PoseSettings = {
  seed: 1,
  resolution: 128,
  hypotheses: 128,
  refined: 8,
  learningRate: 0.06,
  loss: 'l2',
  unknowns: 'rotation',
  unknownLight: false,
  useEncoder: true,
  target: { noise: 0, clutter: 0, occlusion: 0, light: { azimuthDeg: 30, elevationDeg: 30, ambient: 1 } },
};
