import type { Neighbor } from './layers';

const MOST_ROWS = 32;
const MOST_WEIGHTS = 4;
const format = (value: number) => value.toFixed(2).replace('-', '−');

/** Whom the chosen point's convolution looked at, and what the kernel gave each. */
export function NeighborTable({ neighbors, onChoose }: { neighbors: readonly Neighbor[]; onChoose?: (column: number) => void }) {
  const width = neighbors[0]?.weights.length ?? 0;
  const strong = (weights: readonly number[]) => weights.map((weight, k) => ({ weight, k })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_WEIGHTS);
  return (
    <div className="neighbors" tabIndex={0} role="region" aria-label="Neighbours">
      <table>
        <thead><tr><th scope="col">Neighbour</th><th scope="col">Distance</th>{width > 0 && <th scope="col">{width === 1 ? 'Weight' : 'Strongest weights'}</th>}</tr></thead>
        <tbody>
          {neighbors.slice(0, MOST_ROWS).map(({ column, distance, weights }, i) => (
            <tr key={i}>
              <td>{onChoose ? <button type="button" className="neighbors__go" onClick={() => onChoose(column)}>{column}</button> : column}</td>
              <td data-metric="neighbor-distance">{format(distance)}</td>
              {width > 0 && <td data-metric="neighbor-weight">{width === 1 ? format(weights[0]) : strong(weights).filter(({ weight }) => weight !== 0).map(({ weight, k }) => `${k}: ${format(weight)}`).join(', ') || '0'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {neighbors.length > MOST_ROWS && <p className="note">… and {neighbors.length - MOST_ROWS} more.</p>}
    </div>
  );
}
