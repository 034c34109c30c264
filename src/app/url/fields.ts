import { DEFAULT_POSE_SETTINGS, type LightSettings, type PoseSettings, type TargetSettings } from '../../experiments/pose/settings';
import { editsField, STEPS } from './edits';
import type { LinkField } from './link';
import type { PageState } from './pageState';
import { BadValue, readChoice, readFlag, readInteger, readNearest, readNumber, readPose, writeNumber, writePose } from './values';
import { viewFieldsOf } from './view';

export type Field = LinkField<PageState>;

/** What each figure may be: the controls, the link and the engine agree on these. */
export const LIMITS = {
  seed: { min: 0, max: 999_999, step: 1 },
  hypotheses: { min: 8, max: 1024, step: 8 },
  refined: { min: 1, max: 32, step: 1 },
  learningRate: { min: 0.005, max: 0.3, step: 0.005 },
  noise: { min: 0, max: 0.5, step: 0.01 },
  clutter: { min: 0, max: 1, step: 0.05 },
  occlusion: { min: 0, max: 0.6, step: 0.05 },
  azimuthDeg: { min: -180, max: 180, step: 5 },
  elevationDeg: { min: -90, max: 90, step: 5 },
  ambient: { min: 0, max: 1, step: 0.05 },
  step: STEPS,
} as const;

export const RESOLUTIONS = [64, 96, 128, 192, 256] as const;
export const LOSSES = ['l2', 'l1', 'huber'] as const;
export const UNKNOWNS = ['rotation', 'rotation+translation'] as const;
const UNKNOWNS_IN_LINKS = { r: 'rotation', rt: 'rotation+translation' } as const;

const MAX_URL_LENGTH = 1000;

const withSettings = (state: PageState, change: Partial<PoseSettings>): PageState => ({ ...state, settings: { ...state.settings, ...change } });
const withTarget = (state: PageState, change: Partial<TargetSettings>): PageState =>
  withSettings(state, { target: { ...state.settings.target, ...change } });
const withLight = (state: PageState, change: Partial<LightSettings>): PageState =>
  withTarget(state, { light: { ...state.settings.target.light, ...change } });

type NumberKey<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T] & keyof typeof LIMITS;

function numeric(
  key: string, limits: { min: number; max: number }, get: (settings: PoseSettings) => number, set: (state: PageState, value: number) => PageState, whole = false,
): Field {
  return {
    key,
    write: ({ settings }) => (get(settings) === get(DEFAULT_POSE_SETTINGS) ? undefined : writeNumber(get(settings))),
    read: (state, text, note) => {
      const value = readNearest(text, limits.min, limits.max, note);
      if (whole && !Number.isInteger(value)) throw new BadValue('is not a whole number');
      return set(state, value);
    },
  };
}

const setting = (key: string, name: NumberKey<PoseSettings>, whole: boolean): Field =>
  numeric(key, LIMITS[name], (s) => s[name], (state, value) => withSettings(state, { [name]: value }), whole);
const targetField = (key: string, name: NumberKey<TargetSettings>): Field =>
  numeric(key, LIMITS[name], (s) => s.target[name], (state, value) => withTarget(state, { [name]: value }));
const lightField = (key: string, name: NumberKey<LightSettings>): Field =>
  numeric(key, LIMITS[name], (s) => s.target.light[name], (state, value) => withLight(state, { [name]: value }));
const flag = (key: string, name: 'unknownLight' | 'useEncoder'): Field => ({
  key,
  write: ({ settings }) => (settings[name] === DEFAULT_POSE_SETTINGS[name] ? undefined : settings[name] ? '1' : '0'),
  read: (state, text) => withSettings(state, { [name]: readFlag(text) }),
});

/** An object's address must be https, or on this very site. */
export function readObjectUrl(text: string, siteOrigin: string): string {
  if (text.length > MAX_URL_LENGTH) throw new BadValue(`is longer than ${MAX_URL_LENGTH} characters`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new BadValue('is not a complete web address');
  }
  if (url.username || url.password) throw new BadValue('must not carry a password');
  if (url.protocol !== 'https:' && url.origin !== siteOrigin) throw new BadValue('must begin with https://');
  return url.href;
}

export const fieldsFor = (builtIns: readonly string[], siteOrigin: string): readonly Field[] => [
  {
    key: 'object',
    write: ({ object }) => (object.kind === 'builtin' && object.id !== builtIns[0] ? object.id : undefined),
    read: (state, text) => ({ ...state, object: { kind: 'builtin', id: readChoice(text, builtIns) } }),
  },
  {
    key: 'mesh',
    write: ({ object }) => (object.kind === 'url' ? object.url : undefined),
    read: (state, text) => ({ ...state, object: { kind: 'url', url: readObjectUrl(text, siteOrigin) } }),
  },
  setting('seed', 'seed', true),
  {
    key: 'target',
    write: ({ targetSeed }) => (targetSeed === 1 ? undefined : String(targetSeed)),
    read: (state, text) => ({ ...state, targetSeed: readInteger(text, LIMITS.seed.min, LIMITS.seed.max) }),
  },
  {
    key: 'pose',
    write: ({ targetPose }) => targetPose && writePose(targetPose),
    read: (state, text) => ({ ...state, targetPose: readPose(text) }),
  },
  {
    key: 'size',
    write: ({ settings }) => (settings.resolution === DEFAULT_POSE_SETTINGS.resolution ? undefined : String(settings.resolution)),
    read: (state, text) => withSettings(state, { resolution: readChoice(text, RESOLUTIONS) }),
  },
  setting('hypotheses', 'hypotheses', true),
  setting('refined', 'refined', true),
  setting('rate', 'learningRate', false),
  {
    key: 'loss',
    write: ({ settings }) => (settings.loss === DEFAULT_POSE_SETTINGS.loss ? undefined : settings.loss),
    read: (state, text) => withSettings(state, { loss: readChoice(text, LOSSES) }),
  },
  {
    key: 'unknowns',
    write: ({ settings }) => (settings.unknowns === DEFAULT_POSE_SETTINGS.unknowns ? undefined : settings.unknowns === 'rotation' ? 'r' : 'rt'),
    read: (state, text) => withSettings(state, { unknowns: UNKNOWNS_IN_LINKS[readChoice(text, ['r', 'rt'] as const)] }),
  },
  flag('findlight', 'unknownLight'),
  flag('encoder', 'useEncoder'),
  targetField('noise', 'noise'),
  targetField('clutter', 'clutter'),
  targetField('occlusion', 'occlusion'),
  lightField('azimuth', 'azimuthDeg'),
  lightField('elevation', 'elevationDeg'),
  {
    key: 'ambient',
    write: ({ settings, ambientChosen }) => (ambientChosen ? writeNumber(settings.target.light.ambient) : undefined),
    read: (state, text) => ({ ...withLight(state, { ambient: readNumber(text, LIMITS.ambient.min, LIMITS.ambient.max) }), ambientChosen: true }),
  },
  editsField,
  {
    key: 'stop',
    write: ({ stopAt }) => (stopAt === undefined ? undefined : String(stopAt)),
    read: (state, text) => ({ ...state, stopAt: readInteger(text, LIMITS.step.min, LIMITS.step.max) }),
  },
  ...viewFieldsOf<PageState>(),
];
