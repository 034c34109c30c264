import type { LayerView, LearnInspection } from '../../../experiments/learn/protocol';
import { classColor, cssColor, faded, paintPoints, rightColor, shareColor, UNKNOWN } from '../../../viewer/cloudColors';
import type { Rgb } from '../../../viewer/colorMap';
import type { Theme } from '../../page/theme';
import { channelsWon, countOf, nearestOf } from '../inside/layers';
import type { ColorMode } from '../url/pageState';

/** What the colours of the view mean. */
export type Legend =
  | { readonly kind: 'names'; readonly entries: readonly { readonly name: string; readonly color: string }[] }
  | { readonly kind: 'range'; readonly title: string; readonly from: string; readonly to: string; readonly stops: readonly string[] };

export interface ColorRequest {
  readonly mode: ColorMode;
  readonly theme: Theme;
  readonly classNames: readonly string[];
  readonly inspection: LearnInspection;
  /** The shape's class, to classify. */
  readonly truth?: number;
  /** Whose activation is shown, and which channel; the length of all by default. */
  readonly layer?: LayerView;
  readonly channel?: number;
  /** Hidden. */
  readonly removed: ReadonlySet<number>;
  /** The others step back. */
  readonly emphasized?: ReadonlySet<number>;
}

export interface PointColors {
  /** [N, 3], linear RGB. */
  readonly colors: Float32Array;
  /** [N]; 0 hides a point. */
  readonly sizes: Float32Array;
  readonly legend: Legend;
}

const STEPS_BACK = 0.78;

/** The likeliest class of each row of probabilities [rows, classes], and how likely. */
export function likeliest(probabilities: Float32Array, classes: number, row = 0): { readonly index: number; readonly share: number } {
  let index = 0;
  for (let k = 1; k < classes; k++) if (probabilities[row * classes + k] > probabilities[row * classes + index]) index = k;
  return { index, share: probabilities[row * classes + index] };
}

/** [N]: part or class that each point is said to be, and how surely. */
export function predictionOf({ prediction }: LearnInspection, classes: number, point: number): { readonly index: number; readonly share: number } {
  return likeliest(prediction.probabilities, classes, prediction.task === 'segment' ? point : 0);
}

export const truthOf = ({ prediction }: LearnInspection, truth: number | undefined, point: number): number | undefined =>
  (prediction.task === 'segment' ? prediction.cloud.labels?.[point] : truth);

/** [M]: a layer's outputs as one number each: a channel, or the length of all. */
export function activationOf({ activation, channels }: LayerView, channel: number | undefined): Float32Array {
  return Float32Array.from({ length: activation.length / channels }, (_, row) => {
    if (channel !== undefined) return activation[row * channels + Math.min(channel, channels - 1)];
    let squared = 0;
    for (let c = 0; c < channels; c++) squared += activation[row * channels + c] ** 2;
    return Math.sqrt(squared);
  });
}

const format = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–');
const stops = (theme: Theme) => [0, 0.25, 0.5, 0.75, 1].map((share) => cssColor(shareColor(share, theme)));

/** Colours and sizes of a cloud's points, and what they mean. */
export function colorPoints(request: ColorRequest): PointColors {
  const { inspection, removed, emphasized, theme } = request;
  const count = inspection.prediction.cloud.positions.length / 3;
  const { of, size = () => 1, legend } = schemeOf(request);
  return {
    colors: paintPoints(count, (i) => (emphasized && !emphasized.has(i) ? faded(of(i), STEPS_BACK, theme) : of(i))),
    sizes: Float32Array.from({ length: count }, (_, i) => (removed.has(i) ? 0 : size(i))),
    legend,
  };
}

interface Scheme { readonly of: (point: number) => Rgb; readonly size?: (point: number) => number; readonly legend: Legend }

function schemeOf({ mode, theme, classNames, inspection, truth, layer, channel }: ColorRequest): Scheme {
  const classes = classNames.length;
  const said = (i: number) => predictionOf(inspection, classes, i);
  const names = (used: (i: number) => number | undefined): Legend => {
    const count = inspection.prediction.cloud.positions.length / 3;
    const seen = new Set(Array.from({ length: count }, (_, i) => used(i)));
    const entries = classNames.flatMap((name, k) => (seen.has(k) ? [{ name, color: cssColor(classColor(k, theme)) }] : []));
    return { kind: 'names', entries: seen.has(undefined) ? [...entries, { name: 'not known', color: cssColor(UNKNOWN[theme]) }] : entries };
  };
  const range = (title: string, from: string, to: string): Legend => ({ kind: 'range', title, from, to, stops: stops(theme) });
  switch (mode) {
    case 'truth': return { of: (i) => classColor(truthOf(inspection, truth, i), theme), legend: names((i) => truthOf(inspection, truth, i)) };
    case 'error': return {
      of: (i) => {
        const is = truthOf(inspection, truth, i);
        return is === undefined ? UNKNOWN[theme] : rightColor(said(i).index === is, theme);
      },
      legend: { kind: 'names', entries: [{ name: 'right', color: cssColor(rightColor(true, theme)) }, { name: 'wrong', color: cssColor(rightColor(false, theme)) }] },
    };
    case 'confidence': return { of: (i) => shareColor(said(i).share, theme), legend: range('Confidence', '0 %', '100 %') };
    case 'activation': return activationScheme(inspection, layer, channel, theme, range);
    case 'importance': return importanceScheme(inspection, theme, range);
    case 'prediction': return { of: (i) => classColor(said(i).index, theme), legend: names((i) => said(i).index) };
  }
}

type Range = (title: string, from: string, to: string) => Legend;

function activationScheme(inspection: LearnInspection, layer: LayerView | undefined, channel: number | undefined, theme: Theme, range: Range): Scheme {
  if (!layer || countOf(layer) < 2) return { of: () => UNKNOWN[theme], legend: range('This layer has one output for all points', '', '') };
  const values = activationOf(layer, channel);
  const rows = nearestOf(inspection.prediction.cloud.positions, layer.positions);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const title = `${layer.name}, ${channel === undefined ? 'length of all channels' : `channel ${channel}`}`;
  return { of: (i) => shareColor(high > low ? (values[rows[i]] - low) / (high - low) : 0, theme), legend: range(title, format(low), format(high)) };
}

function importanceScheme(inspection: LearnInspection, theme: Theme, range: Range): Scheme {
  const won = channelsWon(inspection);
  if (!won) return { of: () => UNKNOWN[theme], legend: range('This network takes no maximum over all points', '', '') };
  const most = Math.max(...won, 1);
  return {
    of: (i) => (won[i] ? shareColor(0.15 + 0.85 * Math.sqrt(won[i] / most), theme) : faded(UNKNOWN[theme], 0.45, theme)), size: (i) => (won[i] ? 1.5 : 0.7),
    legend: range('Channels of maxima that a point won (square-root scale)', '1', String(most)),
  };
}
