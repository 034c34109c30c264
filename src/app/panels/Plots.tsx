import { useEffect, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { PoseSnapshot } from '../../experiments/pose/protocol';
import { useModel, useShownRun } from '../page/model';
import { theme } from '../page/theme';
import { useStore } from '../page/useStore';
import { createPacer } from './pacer';
import type { PlotSpec } from './plot';
import './Plots.css';

interface CurveProps {
  readonly spec: PlotSpec;
  /** Null where there is nothing to draw. */
  readonly value: (snapshot: PoseSnapshot) => number | null;
  readonly title: string;
}

const PLOT_HEIGHT = 124;

const NONE: readonly PoseSnapshot[] = [];

/** One curve over the steps. Follows the run by itself, outside React's rendering. */
function Curve({ spec, value, title }: CurveProps) {
  const host = useRef<HTMLDivElement>(null);
  const model = useModel();
  const dark = useStore(theme, (current) => current);

  useEffect(() => {
    const { current: element } = host;
    if (!element) return;
    let stop = () => undefined as void;
    let gone = false;
    void import('./plot').then(({ createPlot, seekByPointer }) => {
      if (gone) return;
      const { run, object } = model;
      // A curve of one object says nothing of the next.
      const historyNow = () => (object.get().loading ? NONE : run.state.get().history);
      const plot = createPlot(element, spec, dark, PLOT_HEIGHT, () => run.state.get().shown);
      const redraw = createPacer(() => {
        const history = historyNow();
        plot.setData([history.map(({ step }) => step), history.map(value)]);
      });
      let seen: readonly unknown[] = [];
      const look = () => {
        const now = [historyNow(), run.state.get().shown, object.get().loading];
        if (now.every((one, i) => one === seen[i])) return;
        seen = now;
        redraw.ask();
      };
      const unsubscribes = [run.state.subscribe(look), object.subscribe(look)];
      const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(element.clientWidth, 120), height: PLOT_HEIGHT }));
      resize.observe(element);
      const unseek = seekByPointer(plot, (step) => run.seek(step));
      redraw.ask();
      stop = () => {
        redraw.end();
        unsubscribes.forEach((unsubscribe) => unsubscribe());
        resize.disconnect();
        unseek();
        plot.destroy();
      };
    });
    return () => {
      gone = true;
      stop();
    };
  }, [model, spec, value, dark]);

  return (
    <figure className="curve">
      <figcaption className="curve__title">{title}</figcaption>
      <div ref={host} className="curve__host" role="img" aria-label={`${title} over the steps. Click or drag to go to a step; with keys, use the step slider.`} />
    </figure>
  );
}

const LOSS: PlotSpec = {
  label: 'Loss', log: true, color: { light: '#0a626b', dark: '#5cc8cf' }, format: (v) => (v >= 0.01 && v < 1000 ? String(Number(v.toPrecision(2))) : v.toExponential(0)),
};
const ERROR: PlotSpec = { label: 'Rotation error', log: false, fromZero: true, color: { light: '#9c4a06', dark: '#f2a65a' }, format: (v) => `${v}°` };
// A logarithm has no place for zero, and the first step has no loss yet.
const lossOf = ({ metrics }: PoseSnapshot) => (metrics.loss > 0 && Number.isFinite(metrics.loss) ? metrics.loss : null);
const errorOf = ({ metrics }: PoseSnapshot) => metrics.rotationErrorDeg ?? null;

export function Plots() {
  const truthKnown = useShownRun((state) => state.opened === undefined || state.opened.truth !== undefined);
  return (
    <section className="panel" aria-labelledby="plots-title">
      <div className="panel__head">
        <h2 className="panel__title" id="plots-title">Over the steps</h2>
        <p className="note">Click or drag to go to a step</p>
      </div>
      <Curve spec={LOSS} value={lossOf} title="Loss (logarithmic)" />
      {truthKnown ? <Curve spec={ERROR} value={errorOf} title="Rotation error, degrees" /> : <p className="note curve__none">No rotation error: the true pose of your image is not known.</p>}
    </section>
  );
}
