import type { TrainerEvaluation } from '../../workers/trainerApi';

interface Props {
  readonly losses: readonly (readonly [number, number])[];
  readonly evaluations: readonly TrainerEvaluation[];
}

const [WIDTH, HEIGHT] = [320, 120];

/** Points of a polyline that fills the box; y from `low` at the bottom to `high` at the top. */
function pathOf(points: readonly (readonly [number, number])[], last: number, low: number, high: number): string {
  return points.map(([x, y]) => `${((x / last) * WIDTH).toFixed(1)},${(HEIGHT - ((y - low) / (high - low)) * HEIGHT).toFixed(1)}`).join(' ');
}

/** Training loss and held-back error over the steps of the training. */
export function LossCurve({ losses, evaluations }: Props) {
  const last = Math.max(losses.at(-1)?.[0] ?? 0, 20);
  const values = losses.map(([, loss]) => loss);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const errors = evaluations.map(({ step, medianDeg }) => [step, medianDeg] as const);
  return (
    <figure className="losses">
      <figcaption className="losses__title">
        <span className="losses__key losses__key--loss">Training loss <span data-metric="encoder-loss">{values.length ? values[values.length - 1].toPrecision(3) : ''}</span></span>
        <span className="losses__key losses__key--error">Held-back median error, 0–180°</span>
      </figcaption>
      <svg className="losses__plot" viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label={`Training loss and held-back error over ${losses.at(-1)?.[0] ?? 0} steps`}>
        {[0, 0.5, 1].map((share) => <line key={share} className="losses__grid" x1={0} x2={WIDTH} y1={share * HEIGHT} y2={share * HEIGHT} />)}
        <polyline className="losses__line losses__line--loss" points={pathOf(losses, last, low, high > low ? high : low + 1)} />
        <polyline className="losses__line losses__line--error" points={pathOf(errors, last, 0, 180)} />
      </svg>
      <p className="losses__axis"><span>0</span><span><span data-metric="encoder-plot-steps">{last}</span> steps</span></p>
    </figure>
  );
}
