import { useController, useModel, useRun, useShownRun } from './model';
import { TransportBar } from './TransportBar';
import { useStore } from './useStore';

/** The transport of a pose's recovery. */
export function Transport() {
  const run = useController();
  const { object } = useModel();
  const changing = useStore(object, ({ loading }) => loading !== undefined);
  const playing = useRun((state) => state.playing);
  const ready = useRun((state) => state.status === 'ready');
  const shown = useShownRun((state) => state.shown);
  const last = useShownRun((state) => Math.max(state.history.length - 1, 0));
  const done = useRun((state) => state.history[state.shown]?.done ?? false);
  const begun = useRun((state) => state.status !== 'idle' && state.status !== 'failed');
  const usable = useRun((state) => state.history.length > 0);
  return (
    <TransportBar
      playing={playing} shown={shown} last={last} usable={usable} begun={begun} canStep={ready && !done} changing={changing}
      reset={() => run.reset()} back={() => run.stepBack()} toggle={() => (playing ? run.pause() : run.play())} step={() => run.step()} seek={(step) => run.seek(step)}
    />
  );
}
