import { useShownRun } from '../page/model';
import { shownSnapshot } from '../run/runState';
import { FIGURES, MAIN_FIGURES, type Figure } from './figures';
import './Metrics.css';

function FigureRow({ figure, main }: { figure: Figure; main?: boolean }) {
  const snapshot = useShownRun(shownSnapshot);
  const value = snapshot && figure.value(snapshot);
  return (
    <div className={main ? 'figure figure--main' : 'figure'}>
      <dt title={figure.title}>{figure.name}</dt>
      <dd>
        <span data-metric={figure.metric} title={value === undefined && snapshot ? 'Not known: the target has no known pose' : undefined}>{value ?? '–'}</span>
        {figure.unit && value !== undefined && <span className="figure__unit">{figure.unit === '°' ? '°' : ` ${figure.unit}`}</span>}
      </dd>
    </div>
  );
}

/** Every figure of the step on screen. */
export function Metrics() {
  return (
    <section className="panel" aria-labelledby="figures-title">
      <div className="panel__head"><h2 className="panel__title" id="figures-title">Figures</h2></div>
      <dl className="figures">
        {MAIN_FIGURES.map((figure) => <FigureRow key={figure.metric} figure={figure} main />)}
        {FIGURES.map((figure) => <FigureRow key={figure.metric} figure={figure} />)}
      </dl>
    </section>
  );
}
