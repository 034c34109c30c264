import { useMemo } from 'react';
import type { Hypothesis } from '../../experiments/pose/protocol';
import { symmetryAwareAngle } from '../../scene/symmetry';
import { useController, useModel, useShownRun } from '../page/model';
import { useStore } from '../page/useStore';
import { shownSnapshot } from '../run/runState';
import { formatLoss } from './figures';
import type { PickedHypothesis } from './stageLink';
import './Hypotheses.css';

const SOURCES: Record<Hypothesis['source'], string> = { encoder: 'encoder', spread: 'spread', jump: 'jump', edited: 'by hand' };
const ROWS = 12;
const NONE: readonly Hypothesis[] = [];

/** The best hypotheses of the step on screen. A click shows one in the 3D view; a button goes on from it. */
export function Hypotheses({ picked }: { picked: PickedHypothesis }) {
  const run = useController();
  const { object } = useModel();
  const symmetry = useStore(object, (state) => state.loaded?.object.symmetry);
  const all = useShownRun((state) => shownSnapshot(state)?.hypotheses ?? NONE);
  const truth = useShownRun((state) => state.opened?.truth);
  const chosen = useStore(picked, (value) => value);
  const best = useMemo(() => all.map((hypothesis, index) => ({ hypothesis, index })).sort((a, b) => a.hypothesis.loss - b.hypothesis.loss).slice(0, ROWS), [all]);

  const pick = (index: number) => {
    run.pause();
    picked.set(chosen === index ? undefined : index);
  };
  return (
    <section className="panel" aria-labelledby="hypotheses-title">
      <div className="panel__head">
        <h2 className="panel__title" id="hypotheses-title">Hypotheses</h2>
        <p className="note">{all.length > 0 && <>best {best.length} of <span data-metric="hypotheses">{all.length}</span></>}</p>
      </div>
      <div className="hypotheses">
        <table>
          <thead><tr><th scope="col">From</th><th scope="col">Loss</th><th scope="col">Off by</th><th scope="col"><span className="sr-only">Actions</span></th></tr></thead>
          <tbody>
            {best.map(({ hypothesis, index }) => (
              <tr key={index} className={chosen === index ? 'hypotheses__row hypotheses__row--chosen' : 'hypotheses__row'}>
                <td><button type="button" className="hypotheses__show" aria-pressed={chosen === index} onClick={() => pick(index)} title="Show it in the 3D view">{SOURCES[hypothesis.source]}</button></td>
                <td data-metric="hypothesis-loss">{formatLoss(hypothesis.loss)}</td>
                <td data-metric="hypothesis-error-deg">{truth && symmetry ? `${((symmetryAwareAngle(hypothesis.pose.rotation, truth.rotation, symmetry) * 180) / Math.PI).toFixed(1)}°` : '–'}</td>
                <td><button type="button" className="hypotheses__use" onClick={() => run.edit(hypothesis.pose)} title="Go on from this pose">use</button></td>
              </tr>
            ))}
            {!best.length && <tr><td colSpan={4} className="note">None scored yet.</td></tr>}
          </tbody>
        </table>
      </div>
    </section>
  );
}
