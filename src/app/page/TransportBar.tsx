import { Icon } from './Icon';
import './Transport.css';

interface Props {
  readonly playing: boolean;
  readonly shown: number;
  readonly last: number;
  /** There is a step on screen. */
  readonly usable: boolean;
  /** Play means something. */
  readonly begun: boolean;
  readonly canStep: boolean;
  /** What is on screen is of something that has gone. */
  readonly changing?: boolean;
  /** The mouse-over of Play. */
  readonly playTitle?: string;
  reset(): void;
  back(): void;
  toggle(): void;
  step(): void;
  seek(step: number): void;
}

/** Reset, step back, play and pause, step; the step's number and a slider over all steps so far. Always in the same place. */
export function TransportBar({ playing, shown, last, usable, begun, canStep, changing, playTitle = 'Play (Space)', reset, back, toggle, step, seek }: Props) {
  return (
    <section className="transport" aria-label="Transport">
      <div className="transport__buttons">
        <button type="button" className="button" onClick={reset} disabled={!usable} title="Back to the first step (R)">
          <Icon name="reset" /><span className="transport__word">Reset</span>
        </button>
        <button type="button" className="button" onClick={back} disabled={!usable || shown === 0} title="One step back (←)">
          <Icon name="back" /><span className="transport__word">Step back</span>
        </button>
        <button type="button" className="button button--main transport__play" disabled={!begun} onClick={toggle} title={playing ? 'Pause (Space)' : playTitle}>
          <Icon name={playing ? 'pause' : 'play'} /><span className="transport__word">{playing ? 'Pause' : 'Play'}</span>
        </button>
        <button type="button" className="button" onClick={step} disabled={!canStep} title="One step forward (→)">
          <Icon name="step" /><span className="transport__word">Step</span>
        </button>
      </div>
      <label className="transport__scrub">
        <span className="sr-only">Step on screen</span>
        <input
          type="range" min={0} max={Math.max(last, 1)} step={1} value={shown} disabled={!usable || last === 0}
          aria-valuetext={`Step ${shown} of ${last}`} onChange={(event) => seek(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p className="transport__count">
        <span className="transport__label">step </span><output data-metric="step" aria-live="off">{changing ? '–' : shown}</output><span className="transport__of"> / <span data-metric="last-step">{changing ? '–' : last}</span></span>
      </p>
    </section>
  );
}
