import { Icon } from './Icon';
import { useController, useModel, useRun } from './model';
import { useStore } from './useStore';
import './Transport.css';

/** Reset, step back, play and pause, step; the step's number and a slider over all steps so far. Always in the same place. */
export function Transport() {
  const run = useController();
  const { object } = useModel();
  const changing = useStore(object, ({ loading }) => loading !== undefined);
  const playing = useRun((state) => state.playing);
  const ready = useRun((state) => state.status === 'ready');
  const shown = useRun((state) => state.shown);
  const last = useRun((state) => Math.max(state.history.length - 1, 0));
  const done = useRun((state) => state.history[state.shown]?.done ?? false);
  const begun = useRun((state) => state.status !== 'idle' && state.status !== 'failed');
  const usable = useRun((state) => state.history.length > 0);

  return (
    <section className="transport" aria-label="Transport">
      <div className="transport__buttons">
        <button type="button" className="button" onClick={() => run.reset()} disabled={!usable} title="Back to the first step (R)">
          <Icon name="reset" /><span className="transport__word">Reset</span>
        </button>
        <button type="button" className="button" onClick={() => run.stepBack()} disabled={!usable || shown === 0} title="One step back (←)">
          <Icon name="back" /><span className="transport__word">Step back</span>
        </button>
        <button
          type="button" className="button button--main transport__play" disabled={!begun} onClick={() => (playing ? run.pause() : run.play())}
          title={playing ? 'Pause (Space)' : 'Play (Space)'}
        >
          <Icon name={playing ? 'pause' : 'play'} /><span className="transport__word">{playing ? 'Pause' : 'Play'}</span>
        </button>
        <button type="button" className="button" onClick={() => run.step()} disabled={!ready || done} title="One step forward (→)">
          <Icon name="step" /><span className="transport__word">Step</span>
        </button>
      </div>
      <label className="transport__scrub">
        <span className="sr-only">Step on screen</span>
        <input
          type="range" min={0} max={Math.max(last, 1)} step={1} value={shown} disabled={!usable || last === 0}
          aria-valuetext={`Step ${shown} of ${last}`} onChange={(event) => run.seek(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p className="transport__count">
        <span className="transport__label">step </span><output data-metric="step" aria-live="off">{changing ? '–' : shown}</output><span className="transport__of"> / {last}</span>
      </p>
    </section>
  );
}
