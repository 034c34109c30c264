import type { PoseSnapshot } from '../../experiments/pose/protocol';

/** One figure of the list: its name for people, its name for machines, and what it says of a step. */
export interface Figure {
  readonly metric: string;
  readonly name: string;
  readonly unit?: string;
  readonly title: string;
  /** Undefined where it is not known. */
  value(snapshot: PoseSnapshot): string | undefined;
}

const PHASES = { search: 'searching', refine: 'refining', escape: 'leaving wrong basins', polish: 'polishing', done: 'done' } as const;
const KINDS = { score: 'ranking renderings', refine: 'by the renderer’s gradient', newton: 'by differences of renderings' } as const;
const fixed = (digits: number) => (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? undefined : value.toFixed(digits));

export function formatCount(value: number): string {
  if (value < 1e4) return String(Math.round(value));
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} k` : `${(value / 1e6).toFixed(2)} M`;
}

export const formatLoss = (loss: number): string =>
  (!Number.isFinite(loss) ? '–' : loss !== 0 && Math.abs(loss) < 1e-3 ? loss.toExponential(2) : loss.toPrecision(4));

export const MAIN_FIGURES: readonly Figure[] = [
  {
    metric: 'rotation-error-deg', name: 'Rotation error', unit: '°', title: 'Smallest turn from the estimate to the true pose, symmetries of the object taken into account',
    value: ({ metrics }) => fixed(2)(metrics.rotationErrorDeg),
  },
  { metric: 'loss', name: 'Loss', title: 'How far the rendering is from the target; this alone is optimised', value: ({ metrics }) => formatLoss(metrics.loss) },
];

export const FIGURES: readonly Figure[] = [
  {
    metric: 'phase', name: 'Phase', title: 'What the recovery is doing, and what its last step followed',
    value: ({ phase, kind }) => (kind && phase !== 'done' ? `${PHASES[phase]}, ${KINDS[kind]}` : PHASES[phase]),
  },
  {
    metric: 'translation-error-diameters', name: 'Translation error', unit: 'diameters', title: 'Distance of the estimate from the true place, in object diameters',
    value: ({ metrics }) => fixed(4)(metrics.translationErrorDiameters),
  },
  { metric: 'add-diameters', name: 'ADD', unit: 'diameters', title: 'Mean distance of corresponding vertices, in diameters; below 0.1 counts as found', value: ({ metrics }) => fixed(4)(metrics.addDiameters) },
  { metric: 'add-s-diameters', name: 'ADD-S', unit: 'diameters', title: 'Mean distance of each vertex to the nearest one, in diameters; fair to symmetric objects', value: ({ metrics }) => fixed(4)(metrics.addSDiameters) },
  { metric: 'image-matched', name: 'Images agree', title: 'Whether the rendering explains the target; a symmetric view can agree at another pose', value: ({ metrics }) => (metrics.imageMatched ? 'yes' : 'not yet') },
  { metric: 'iterations', name: 'Iterations', title: 'Optimisation steps one after the other', value: ({ metrics }) => formatCount(metrics.iterations) },
  { metric: 'pixels', name: 'Pixels rendered', title: 'Pixels drawn in all renderings so far', value: ({ metrics }) => formatCount(metrics.pixels) },
];
