import type { Mesh } from '../../../scene/mesh';
import { DEFAULT_POSE_SETTINGS, type TargetSettings } from '../settings';
import { DEFAULT_ARCHITECTURE, type EncoderArchitecture } from './architecture';

/** Everything that decides how an encoder is trained; with the same object, seed and backend, the same settings give the same weights. */
export interface EncoderSettings {
  readonly architecture: EncoderArchitecture;
  /** Images a step. */
  readonly batch: number;
  /** Of Adam, at its height; it rises over the first steps and falls by a cosine until `steps`. */
  readonly learningRate: number;
  /** Length of the schedule. */
  readonly steps: number;
  /** Views of the object drawn once, to which every training image is compared. */
  readonly views: number;
  /** Hypotheses of each image drawn and compared a step. */
  readonly candidates: number;
  /** How the images look; an ambient share of 1 means flat colours. */
  readonly target: TargetSettings;
  /** Where not flat: the light comes from anywhere within this angle of the target's light. */
  readonly lightConeDeg: number;
}

export const DEFAULT_ENCODER_SETTINGS: EncoderSettings = {
  architecture: DEFAULT_ARCHITECTURE,
  batch: 16,
  learningRate: 1e-3,
  steps: 2000,
  views: 2304,
  candidates: 3,
  target: DEFAULT_POSE_SETTINGS.target,
  lightConeDeg: 40,
};

/** The light in which objects without colours of their own are learnt: flat, they would be mere silhouettes. */
const SHADED_LIGHT = { azimuthDeg: 20, elevationDeg: 30, ambient: 0.35 };

/** The settings that suit an object: flat colours where it has any, else a light from about the camera. */
export function encoderSettingsFor(mesh: Pick<Mesh, 'colors' | 'texture'>): EncoderSettings {
  if (mesh.colors || mesh.texture) return DEFAULT_ENCODER_SETTINGS;
  return { ...DEFAULT_ENCODER_SETTINGS, target: { ...DEFAULT_ENCODER_SETTINGS.target, light: SHADED_LIGHT } };
}

/** The training's course: how far into the schedule a step is, and what it is worth there. */
export interface Course {
  readonly learningRate: number;
  /** 0 at first, when only the views drawn beforehand tell which hypothesis is right, 1 when the drawn hypotheses do. */
  readonly trust: number;
}

const WARM_UP = 50;
/** Share of the schedule at which the drawn hypotheses begin to be trusted, and at which they fully are. */
const TRUST_FROM = 0.1;
const TRUST_TO = 0.4;
/** Of the learning rate's height, at the end and ever after. */
const LAST_RATE = 0.03;

export function courseAt(step: number, { learningRate, steps }: Pick<EncoderSettings, 'learningRate' | 'steps'>): Course {
  const share = Math.min(1, step / steps);
  const fall = LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + Math.cos(Math.PI * share));
  return {
    learningRate: learningRate * Math.min(1, (step + 1) / WARM_UP) * fall,
    trust: Math.min(1, Math.max(0, (share - TRUST_FROM) / (TRUST_TO - TRUST_FROM))),
  };
}
