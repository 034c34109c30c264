import { useModel, useRun, useShownRun } from '../page/model';
import { MachineFacts } from './MachineFacts';

/** What computes, and a way to see the page survive the loss of it. */
export function MachineControls() {
  const { run } = useModel();
  const opened = useRun((state) => state.opened);
  const place = useRun((state) => state.place);
  const stepMs = useShownRun((state) => state.stepMs);
  const recoveries = useRun((state) => state.recoveries);
  return (
    <div className="controls__group">
      <MachineFacts backend={opened?.backend} renderer={opened?.renderer} place={place} lacks={opened?.lacks} stepMs={stepMs} recoveries={recoveries} />
      <div className="controls__row">
        <button type="button" className="button button--small" disabled={opened?.backend !== 'webgl'} onClick={() => run.loseContext()}>Lose the graphics context</button>
      </div>
      <p className="note">Browsers may take a page’s graphics away at any time. The run goes on from its last checkpoint; try it.</p>
    </div>
  );
}
