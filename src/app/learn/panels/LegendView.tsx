import { useStore } from '../../page/useStore';
import type { Lens } from '../model/choices';
import { useLearn } from '../model/context';

/** What the colours of the view mean. */
export function LegendView({ lens }: { lens: Lens }) {
  const model = useLearn();
  const legend = useStore(model.legends[lens], (value) => value);
  if (!legend) return null;
  if (legend.kind === 'range') {
    return (
      <div className="legend">
        <div className="legend__range">
          <span>{legend.title}</span>
          {legend.from && <span className="legend__bar" style={{ background: `linear-gradient(to right, ${legend.stops.join(', ')})` }} />}
          {legend.from && <span className="legend__ends"><span>{legend.from}</span><span>{legend.to}</span></span>}
        </div>
      </div>
    );
  }
  return (
    <ul className="legend" aria-label="Legend">
      {legend.entries.map(({ name, color }) => <li key={name} className="legend__key"><span className="legend__swatch" style={{ background: color }} />{name}</li>)}
    </ul>
  );
}
