import type { LearnInspection } from '../../../experiments/learn/protocol';
import { HeatMap } from './HeatMap';
import { countOf, looksAt, wonBy } from './layers';

interface Props {
  readonly inspection: LearnInspection;
  readonly layer: number;
  readonly output: number;
  readonly point: number;
  readonly channel: number;
  readonly onChannel: (layer: string, channel: number) => void;
}

/** So many channels are listed. */
const MOST_LISTED = 12;

/** What a point has in a layer, and which channels of the maxima over all points are its own: all there is to see where no layer has neighbours. */
export function PointFeatures({ inspection, layer, output, point, channel, onChannel }: Props) {
  const { layers } = inspection;
  const view = layers[layer];
  const { name, activation, channels, neighborhood } = view;
  const maxima = layers.flatMap(({ winners }, k) => (winners ? [{ k, name: layers[k].name, total: winners.length, won: wonBy(inspection, k, point) }] : []));
  const networkHas = layers.some((one) => one.neighborhood !== undefined);
  return (
    <div className="inside__part">
      <h3 className="inside__title">Features {countOf(view) > 1 ? 'of the point' : 'of the shape'} in {name}</h3>
      <HeatMap values={activation.subarray(output * channels, (output + 1) * channels)} rows={1} columns={channels} label={`The ${channels} channels of ${name}`} marked={channel} />
      {!neighborhood && (
        <p className="note">
          {networkHas ? `This layer looks at ${looksAt(inspection, layer)}; choose another one to see neighbours.` : `No layer of this network has neighbours: this one looks at ${looksAt(inspection, layer)}, and points meet in maxima alone.`}
        </p>
      )}
      {maxima.map(({ k, name: maximum, total, won }) => (
        <p key={k} className="note" data-metric="won">
          {maximum}: it won {won.length} of {total} channels{won.length > 0 && ': '}
          {won.slice(0, MOST_LISTED).map((one) => (
            layers[k].kind === 'global max'
              ? <button key={one} type="button" className="neighbors__go" onClick={() => onChannel(maximum, one)} aria-label={`Channel ${one} of ${maximum}`}>{one}</button>
              : <span key={one} className="inside__number">{one} </span>
          ))}
          {won.length > MOST_LISTED && `and ${won.length - MOST_LISTED} more`}
        </p>
      ))}
    </div>
  );
}
