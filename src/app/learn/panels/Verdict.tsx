import type { LearnPrediction } from '../../../experiments/learn/protocol';
import type { Lens } from '../model/choices';
import { useLook, useTraining } from '../model/context';
import { predictionOf } from '../model/pointColors';

const NO_NAMES: readonly string[] = [];
const MOST = 4;
export const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

/** Classes by how likely they are; to segment, by their share of the points. */
function ranked({ task, probabilities }: LearnPrediction, names: readonly string[]) {
  const shares = names.map((name, k) => ({ name, index: k, share: task === 'classify' ? probabilities[k] : 0 }));
  if (task === 'segment') {
    const count = probabilities.length / names.length;
    for (let i = 0; i < count; i++) {
      let best = 0;
      for (let k = 1; k < names.length; k++) if (probabilities[i * names.length + k] > probabilities[i * names.length + best]) best = k;
      shares[best].share += 1 / count;
    }
  }
  return shares.sort((a, b) => b.share - a.share).slice(0, MOST);
}

/** What the network says of the shape on screen, and what it says with points taken away. */
export function Verdict({ lens, name }: { lens: Lens; name?: string }) {
  const names = useTraining((state) => state.opened?.classNames ?? NO_NAMES, lens);
  const inspection = useLook((look) => look.inspection, lens);
  const without = useLook((look) => look.without, lens);
  const truth = useLook((look) => look.example?.label, lens);
  if (!inspection || !names.length) return null;
  const { prediction } = inspection;
  const shown = without ?? prediction;
  const rows = ranked(shown, names);
  const segments = prediction.task === 'segment';
  const { labels } = shown.cloud;
  const right = segments && labels ? labels.reduce((sum, is, i) => sum + Number(predictionOf({ ...inspection, prediction: shown }, names.length, i).index === is), 0) / labels.length : undefined;
  const wrong = !segments && truth !== undefined && rows[0].index !== truth;
  return (
    <div className="verdict">
      {name && <p className="verdict__network">{name}</p>}
      <p className={wrong ? 'verdict__title verdict__title--wrong' : 'verdict__title'}>
        {segments ? (right === undefined ? 'Parts' : <><span data-metric="points-right">{percent(right)}</span> of the points right</>) : <span data-metric="verdict">{rows[0].name}</span>}
        {!segments && truth !== undefined && (wrong ? `, but is ${names[truth]}` : ', right')}
      </p>
      {without && <p className="note">with points taken away</p>}
      <ol className="verdict__list">
        {rows.map(({ name: one, share }) => (
          <li key={one} className="verdict__row">
            <span>{one}</span><span className="verdict__share" data-metric="verdict-share">{percent(share)}</span>
            <span className="verdict__bar" aria-hidden="true"><span className="verdict__fill" style={{ width: `${100 * share}%` }} /></span>
          </li>
        ))}
      </ol>
    </div>
  );
}
