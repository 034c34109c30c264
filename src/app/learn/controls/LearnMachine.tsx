import { useLearn, useTraining } from '../model/context';

/** What computes, and a way to see the page survive the loss of it. */
export function LearnMachine() {
  const { first } = useLearn();
  const opened = useTraining((state) => state.opened);
  const place = useTraining((state) => state.place);
  const stepMs = useTraining((state) => state.stepMs);
  const recoveries = useTraining((state) => state.recoveries);
  return (
    <div className="controls__group">
      <dl className="machine">
        <div><dt>Backend</dt><dd>{opened ? `${opened.backend}, in ${place === 'worker' ? 'a worker' : 'the page’s own thread'}` : '–'}</dd></div>
        <div><dt>Graphics</dt><dd>{opened?.renderer ?? '–'}</dd></div>
        <div><dt>Time of a step</dt><dd>{stepMs === undefined ? '–' : `${stepMs.toFixed(0)} ms`}</dd></div>
        <div><dt>Recoveries</dt><dd data-metric="recoveries">{recoveries}</dd></div>
      </dl>
      <div className="controls__row">
        <button type="button" className="button button--small" disabled={opened?.backend !== 'webgl'} onClick={() => first.loseContext()}>Lose the graphics context</button>
      </div>
      <p className="note">Browsers may take a page’s graphics away at any time. The training goes on from its last checkpoint; try it.</p>
    </div>
  );
}
