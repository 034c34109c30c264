import type { Neighbor } from './layers';

const MOST_ROWS = 32;
const MOST_WEIGHTS = 3;
/** Less is 0 to two digits. */
const LEAST_SHOWN = 0.005;
const format = (value: number) => value.toFixed(2).replace('-', '−');

interface Props {
  readonly neighbors: readonly Neighbor[];
  /** What each brings to the chosen channel, in the neighbourhood's order. */
  readonly terms?: readonly number[];
  /** The share of the channels that each won, likewise, where a maximum is taken. */
  readonly won?: readonly number[];
  /** The one that won the chosen channel. */
  readonly winner?: number;
  readonly channel: number;
  readonly onChoose?: (column: number) => void;
}

/** Whom the chosen point's convolution looked at, what the kernel gave each, and what that came to. */
export function NeighborTable({ neighbors, terms, won, winner, channel, onChoose }: Props) {
  const width = neighbors[0]?.weights.length ?? 0;
  const dense = neighbors[0]?.density !== undefined;
  const strong = (weights: readonly number[]) => weights.map((weight, k) => ({ weight, k })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_WEIGHTS);
  const shown = won ? [...neighbors].sort((a, b) => won[b.entry] - won[a.entry] || a.distance - b.distance) : neighbors;
  return (
    <div className="neighbors" tabIndex={0} role="region" aria-label="Neighbours">
      <table>
        <thead>
          <tr>
            <th scope="col">Neighbour</th><th scope="col">Distance</th>
            {won && <th scope="col">Channels won</th>}
            {dense && <th scope="col">Density</th>}
            {width > 0 && <th scope="col">{width === 1 ? 'Weight' : 'Strongest weights'}</th>}
            {terms && <th scope="col">To channel {channel}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, MOST_ROWS).map(({ column, distance, weights, density, entry }) => (
            <tr key={entry} className={column === winner ? 'neighbors__winner' : undefined}>
              <td>{onChoose ? <button type="button" className="neighbors__go" onClick={() => onChoose(column)}>{column}</button> : column}</td>
              <td data-metric="neighbor-distance">{format(distance)}</td>
              {won && <td data-metric="neighbor-share">{(100 * won[entry]).toFixed(0)} %</td>}
              {dense && <td data-metric="neighbor-density">{density?.toPrecision(3)}</td>}
              {width > 0 && <td data-metric="neighbor-weight">{width === 1 ? format(weights[0]) : strong(weights).filter(({ weight }) => Math.abs(weight) >= LEAST_SHOWN).map(({ weight, k }) => `${k}: ${format(weight)}`).join(', ') || '0'}</td>}
              {terms && <td data-metric="neighbor-term">{terms[entry].toPrecision(2).replace('-', '−')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {neighbors.length > MOST_ROWS && <p className="note">… and {neighbors.length - MOST_ROWS} more.</p>}
    </div>
  );
}
