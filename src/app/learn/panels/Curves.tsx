import { useEffect, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { PlotSpec } from '../../panels/plot';
import { theme } from '../../page/theme';
import { useStore } from '../../page/useStore';
import { useLearn, useLearnPage, useTraining } from '../model/context';
import type { LearnRunState } from '../run/learnState';
import '../../panels/Plots.css';
import './Curves.css';

type Line = (state: LearnRunState) => (number | null)[];
interface CurveProps {
  readonly spec: PlotSpec;
  /** The plot's lines; those of the second network come after the first's. */
  readonly lines: readonly Line[];
  readonly title: string;
}

const PLOT_HEIGHT = 124;
/** Batches averaged for the smooth line. */
const WINDOW = 10;
const FIRST = { light: '#0a626b', dark: '#5cc8cf' };
const SECOND = { light: '#9c4a06', dark: '#f2a65a' };

/** Mean over the last batches; null before the first. */
function runningMean(values: readonly number[]): (number | null)[] {
  return values.map((_, i) => {
    const some = values.slice(Math.max(0, i - WINDOW + 1), i + 1).filter(Number.isFinite);
    return some.length ? some.reduce((sum, x) => sum + x, 0) / some.length : null;
  });
}

const lossLine: Line = ({ history }) => runningMean(history.map(({ loss }) => loss));
const batchLine: Line = ({ history }) => runningMean(history.map(({ accuracy }) => 100 * accuracy));
const testLine: Line = ({ history, extra }) => history.map(({ step, evaluation }) => {
  const found = evaluation ?? extra.get(step);
  return found ? 100 * found.accuracy : null;
});

/** One plot over the steps. Follows the trainings by itself, outside React's rendering. */
function Curve({ spec, lines, title }: CurveProps) {
  const model = useLearn();
  const host = useRef<HTMLDivElement>(null);
  const dark = useStore(theme, (current) => current);

  useEffect(() => {
    const { current: element } = host;
    if (!element) return;
    let stop = () => undefined as void;
    let gone = false;
    void import('../../panels/plot').then(({ createPlot, seekByPointer }) => {
      if (gone) return;
      const { first, second } = model;
      const plot = createPlot(element, spec, dark, PLOT_HEIGHT, () => first.state.get().shown);
      let frame = 0;
      const draw = () => {
        frame = 0;
        const states = [first.state.get(), ...(model.comparing ? [second.state.get()] : [])];
        const length = Math.max(...states.map(({ history }) => history.length));
        const padded = (values: (number | null)[]) => [...values, ...Array.from({ length: length - values.length }, () => null)];
        const drawn = states.flatMap((state) => lines.map((line) => padded(line(state))));
        const missing = Array.from({ length: (spec.others?.length ?? 0) + 1 - drawn.length }, () => padded([]));
        plot.setData([Array.from({ length }, (_, step) => step), ...drawn, ...missing]);
      };
      const soon = () => { frame ||= requestAnimationFrame(draw); };
      const stops = [first.state.subscribe(soon), second.state.subscribe(soon)];
      const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(element.clientWidth, 120), height: PLOT_HEIGHT }));
      resize.observe(element);
      const unseek = seekByPointer(plot, (step) => model.seek(step));
      draw();
      stop = () => {
        cancelAnimationFrame(frame);
        stops.forEach((end) => end());
        resize.disconnect();
        unseek();
        plot.destroy();
      };
    });
    return () => {
      gone = true;
      stop();
    };
  }, [model, spec, lines, dark]);

  return (
    <figure className="curve">
      <figcaption className="curve__title">{title}</figcaption>
      <div ref={host} className="curve__host" role="img" aria-label={`${title} over the steps. Click or drag to go to a step; with keys, use the step slider.`} />
    </figure>
  );
}

const LOSS: PlotSpec = { label: 'Loss', log: false, fromZero: true, color: FIRST, others: [{ color: SECOND }], format: (v) => String(Number(v.toPrecision(2))) };
const ACCURACY: PlotSpec = {
  label: 'Accuracy', log: false, fromZero: true, upTo: 100, color: FIRST, format: (v) => `${v}%`,
  others: [{ color: FIRST, dash: [4, 3] }, { color: SECOND, dots: true }, { color: SECOND, dash: [4, 3] }], dots: true,
};
const LOSS_LINES = [lossLine];
const ACCURACY_LINES = [testLine, batchLine];

export function Curves() {
  const model = useLearn();
  const comparing = useLearnPage((page) => page.compare !== undefined);
  const last = useTraining((state) => state.history.length - 1);
  return (
    <section className="panel" aria-labelledby="curves-title">
      <div className="panel__head">
        <h2 className="panel__title" id="curves-title">Over the steps</h2>
        <div className="curves__epochs">
          <button type="button" className="button button--small" disabled={last <= 0} onClick={() => model.seekEpoch(-1)} title="To the end of the epoch before ([)">Epoch back</button>
          <button type="button" className="button button--small" disabled={last <= 0} onClick={() => model.seekEpoch(1)} title="To the end of the epoch after (])">Epoch on</button>
        </div>
      </div>
      <p className="note curves__note">{comparing ? 'Teal is the first network, orange the second.' : 'Click or drag to go to a step.'}</p>
      <Curve spec={LOSS} lines={LOSS_LINES} title="Loss of the last batches" />
      <Curve spec={ACCURACY} lines={ACCURACY_LINES} title="Accuracy, %: dots on test shapes, dashes on batches" />
    </section>
  );
}
