import { TransportBar } from '../../page/TransportBar';
import { useLearn, useLearnPage, useTraining } from '../model/context';

/** The transport of a training, or of two side by side. */
export function LearnTransport() {
  const model = useLearn();
  const comparing = useLearnPage((page) => page.compare !== undefined);
  const playingFirst = useTraining((state) => state.playing);
  const playingSecond = useTraining((state) => state.playing, 'second');
  const shown = useTraining((state) => state.shown);
  const last = useTraining((state) => Math.max(state.history.length - 1, 0));
  const ready = useTraining((state) => state.status === 'ready');
  const begun = useTraining((state) => state.status !== 'idle' && state.status !== 'failed');
  const done = useTraining((state) => state.history[state.shown]?.done ?? false);
  const playing = playingFirst || (comparing && playingSecond);
  return (
    <TransportBar
      playing={playing} shown={shown} last={last} usable={last > 0 || ready} begun={begun} canStep={ready && !done} playTitle="Train (Space)"
      reset={() => model.reset()} back={() => model.stepBack()} toggle={() => (playing ? model.pause() : model.play())} step={() => model.step()} seek={(step) => model.seek(step)}
    />
  );
}
