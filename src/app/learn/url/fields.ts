import type { Augmentation, LearnSettings } from '../../../experiments/learn/settings';
import type { PointTask } from '../../../graphics/nn/model/pointModel';
import { SHAPE_FAMILIES } from '../../../scene/families';
import { readLink, writeLink, type LinkField, type LinkReading } from '../../url/link';
import { BadValue, readChoice, readFlag, readInteger, readNumber, writeNumber } from '../../url/values';
import { orbitField } from '../../url/view';
import { BACKENDS, COLOR_MODES, defaultPageState, MODELS, ROTATIONS, UP_AXES, type LearnPageState } from './pageState';
import { readPoints, writePoints } from './pointSet';

/** What each figure may be: the controls, the link and the engine agree on these. */
export const LIMITS = {
  points: { min: 32, max: 4096, step: 32 },
  trainPerClass: { min: 2, max: 500, step: 2 },
  testPerClass: { min: 1, max: 100, step: 1 },
  noise: { min: 0, max: 0.1, step: 0.005 },
  holes: { min: 0, max: 5, step: 1 },
  width: { min: 0.0625, max: 2, step: 0.0625 },
  batchSize: { min: 1, max: 64, step: 1 },
  learningRate: { min: 0.0001, max: 0.05, step: 0.0001 },
  labelSmoothing: { min: 0, max: 0.5, step: 0.05 },
  epochs: { min: 1, max: 500, step: 1 },
  evaluateEvery: { min: 1, max: 1000, step: 1 },
  seed: { min: 0, max: 999_999, step: 1 },
  jitter: { min: 0, max: 0.1, step: 0.005 },
  scale: { min: 0, max: 1, step: 0.05 },
  dropout: { min: 0, max: 0.9, step: 0.05 },
  channel: { min: 0, max: 8191, step: 1 },
  away: { min: 0, max: 90, step: 5 },
  shape: { min: 0, max: 100_000, step: 1 },
  turned: { min: -180, max: 180, step: 5 },
  stop: { min: 0, max: 1_000_000, step: 1 },
} as const;

const FAMILY_IDS = SHAPE_FAMILIES.map(({ id }) => id);
/** Names of layers as networks give them. */
const LAYER_NAME = /^[\w.:-]{1,40}$/;

type Field = LinkField<LearnPageState>;
type NumberKey<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T] & keyof typeof LIMITS;

const withSettings = (state: LearnPageState, change: Partial<LearnSettings>): LearnPageState => ({ ...state, settings: { ...state.settings, ...change } });
const withAugmentation = (state: LearnPageState, change: Partial<Augmentation>): LearnPageState =>
  withSettings(state, { augmentation: { ...state.settings.augmentation, ...change } });

/** A data set's families: several to tell apart, or the one whose parts are learnt. */
function readFamilies(text: string, task: PointTask): readonly string[] {
  const ids = text.split(',').map((id) => readChoice(id, FAMILY_IDS));
  if (new Set(ids).size !== ids.length) throw new BadValue('names a family twice');
  if (task === 'classify' && ids.length < 2) throw new BadValue('must name two families or more');
  if (task === 'segment' && ids.length !== 1) throw new BadValue('must name one family');
  return FAMILY_IDS.filter((id) => ids.includes(id));
}

const layerField = (key: 'layer' | 'level'): Field => ({
  key,
  write: (state) => state[key],
  read: (state, text) => {
    if (!LAYER_NAME.test(text)) throw new BadValue('is no name of a layer');
    return { ...state, [key]: text };
  },
});

const shownField = (key: 'field' | 'surface' | 'brush'): Field => ({
  key, write: (state) => (state[key] ? '1' : undefined), read: (state, text) => ({ ...state, [key]: readFlag(text) || undefined }),
});

/** All entries of a link to one of the two pages, in their order. */
export function fieldsFor(task: PointTask): readonly Field[] {
  const defaults = defaultPageState(task);
  const setting = (key: string, name: NumberKey<LearnSettings>, whole: boolean): Field => ({
    key,
    write: ({ settings }) => (settings[name] === defaults.settings[name] ? undefined : writeNumber(settings[name])),
    read: (state, text) => withSettings(state, { [name]: (whole ? readInteger : readNumber)(text, LIMITS[name].min, LIMITS[name].max) }),
  });
  const augment = (key: string, name: NumberKey<Augmentation>): Field => ({
    key,
    write: ({ settings }) => (settings.augmentation[name] === defaults.settings.augmentation[name] ? undefined : writeNumber(settings.augmentation[name])),
    read: (state, text) => withAugmentation(state, { [name]: readNumber(text, LIMITS[name].min, LIMITS[name].max) }),
  });
  return [
    {
      key: 'model',
      write: ({ settings }) => (settings.model === defaults.settings.model ? undefined : settings.model),
      read: (state, text) => withSettings(state, { model: readChoice(text, MODELS) }),
    },
    { key: 'compare', write: ({ compare }) => compare, read: (state, text) => ({ ...state, compare: readChoice(text, MODELS) }) },
    {
      key: task === 'classify' ? 'families' : 'family',
      write: ({ settings }) => (settings.families.join() === defaults.settings.families.join() ? undefined : settings.families.join()),
      read: (state, text) => withSettings(state, { families: readFamilies(text, task) }),
    },
    setting('train', 'trainPerClass', true), setting('test', 'testPerClass', true), setting('points', 'points', true),
    setting('noise', 'noise', false), setting('holes', 'holes', true), setting('width', 'width', false), setting('batch', 'batchSize', true),
    setting('rate', 'learningRate', false), setting('smooth', 'labelSmoothing', false),
    {
      key: 'weights',
      write: ({ settings }) => (settings.classWeights === defaults.settings.classWeights ? undefined : settings.classWeights ? '1' : '0'),
      read: (state, text) => withSettings(state, { classWeights: readFlag(text) }),
    },
    {
      key: 'turn',
      write: ({ settings }) => (settings.augmentation.rotation === defaults.settings.augmentation.rotation ? undefined : settings.augmentation.rotation),
      read: (state, text) => withAugmentation(state, { rotation: readChoice(text, ROTATIONS) }),
    },
    {
      key: 'up',
      write: ({ settings }) => settings.augmentation.up,
      read: (state, text) => withAugmentation(state, { up: readChoice(text, ['y', 'z'] as const) }),
    },
    {
      key: 'mirror',
      write: ({ settings }) => (settings.augmentation.mirror ? '1' : undefined),
      // Off is written as nothing, so that two ways to the same settings give the same training.
      read: (state, text) => withAugmentation(state, { mirror: readFlag(text) || undefined }),
    },
    {
      key: 'normals',
      write: ({ settings }) => (settings.normals === defaults.settings.normals ? undefined : settings.normals ? '1' : '0'),
      read: (state, text) => withSettings(state, { normals: readFlag(text) || undefined }),
    },
    augment('jitter', 'jitter'), augment('scale', 'scale'), augment('drop', 'dropout'),
    setting('epochs', 'epochs', true), setting('every', 'evaluateEvery', true), setting('seed', 'seed', true),
    {
      key: 'from',
      write: ({ fromNothing }) => (fromNothing ? 'nothing' : undefined),
      read: (state, text) => ({ ...state, fromNothing: readChoice(text, ['nothing'] as const) === 'nothing' }),
    },
    {
      key: 'backend',
      write: ({ backend }) => (backend === defaults.backend ? undefined : backend),
      read: (state, text) => ({ ...state, backend: readChoice(text, BACKENDS) }),
    },
    { key: 'color', write: ({ color }) => (color === defaults.color ? undefined : color), read: (state, text) => ({ ...state, color: readChoice(text, COLOR_MODES) }) },
    {
      key: 'shape',
      write: ({ shape }) => (shape === 0 ? undefined : String(shape)),
      read: (state, text) => ({ ...state, shape: readInteger(text, LIMITS.shape.min, LIMITS.shape.max) }),
    },
    layerField('layer'), layerField('level'), shownField('field'), shownField('surface'), shownField('brush'),
    orbitField((state) => state.orbit, (state, orbit) => ({ ...state, orbit })),
    {
      key: 'channel',
      write: ({ channel }) => (channel === undefined ? undefined : String(channel)),
      read: (state, text) => ({ ...state, channel: readInteger(text, LIMITS.channel.min, LIMITS.channel.max) }),
    },
    {
      key: 'matrix',
      write: ({ matrix }) => (matrix ? String(matrix) : undefined),
      read: (state, text) => ({ ...state, matrix: readInteger(text, LIMITS.channel.min, LIMITS.channel.max) || undefined }),
    },
    {
      key: 'away',
      write: ({ away }) => (away?.percent ? `${away.order}:${writeNumber(away.percent)}` : undefined),
      read: (state, text) => {
        const [order, percent = ''] = text.split(':');
        return { ...state, away: { order: readChoice(order, ['most', 'least'] as const), percent: readNumber(percent, LIMITS.away.min, LIMITS.away.max) } };
      },
    },
    {
      key: 'brushed',
      write: ({ brushed }) => (brushed?.length ? writePoints(brushed) : undefined),
      read: (state, text) => ({ ...state, brushed: readPoints(text, LIMITS.points.max) }),
    },
    {
      key: 'stands',
      write: ({ stands }) => stands,
      read: (state, text) => ({ ...state, stands: readChoice(text, UP_AXES) }),
    },
    {
      key: 'turned',
      write: ({ turned }) => (turned ? writeNumber(turned) : undefined),
      read: (state, text) => ({ ...state, turned: readNumber(text, LIMITS.turned.min, LIMITS.turned.max) || undefined }),
    },
    {
      key: 'seen',
      write: ({ seen, compare }) => (compare ? seen : undefined),
      read: (state, text) => ({ ...state, seen: readChoice(text, ['second'] as const) }),
    },
    {
      key: 'point',
      write: ({ point }) => (point === undefined ? undefined : String(point)),
      read: (state, text) => ({ ...state, point: readInteger(text, 0, LIMITS.points.max - 1) }),
    },
    {
      key: 'stop',
      write: ({ stopAt }) => (stopAt === undefined ? undefined : String(stopAt)),
      read: (state, text) => ({ ...state, stopAt: readInteger(text, LIMITS.stop.min, LIMITS.stop.max) }),
    },
  ];
}

/** "#lab=classify&v=1&…": only what differs from the page's defaults. */
export const writeLearnLink = (state: LearnPageState): string => writeLink(state, fieldsFor(state.settings.task), [`lab=${state.settings.task}`]);

export const readLearnLink = (hash: string, task: PointTask): LinkReading<LearnPageState> => readLink(hash, fieldsFor(task), defaultPageState(task), task);
