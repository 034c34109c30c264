import uPlot from 'uplot';
import type { Theme } from '../page/theme';

export interface PlotLine {
  readonly color: Record<Theme, string>;
  readonly dash?: readonly number[];
  /** A dot at each value. */
  readonly dots?: boolean;
}

export interface PlotSpec {
  readonly label: string;
  readonly log: boolean;
  /** The scale begins at zero. */
  readonly fromZero?: boolean;
  /** And ends here; by default with the largest value. */
  readonly upTo?: number;
  /** Of the only line, or of the first. */
  readonly color: Record<Theme, string>;
  /** A dot at each value of the first line. */
  readonly dots?: boolean;
  /** Further lines. */
  readonly others?: readonly PlotLine[];
  readonly format: (value: number) => string;
}

const INK: Record<Theme, { text: string; grid: string; cursor: string }> = {
  light: { text: '#5d676d', grid: '#e4e8e5', cursor: '#14181b' },
  dark: { text: '#8f9aa1', grid: '#20272c', cursor: '#e9edef' },
};

const FONT = '11px ui-monospace, Menlo, Consolas, monospace';
const SYNC_KEY = 'steps';

/** A plot over steps, drawn on a canvas, with a line at the step on screen. */
export function createPlot(
  host: HTMLElement, spec: PlotSpec, theme: Theme, height: number, shown: () => number,
): uPlot {
  const { text, grid, cursor } = INK[theme];
  // Lines between decades would fill a plot over many of them with grey.
  const decades = (_u: uPlot, splits: number[]) => splits.map((v) => (splits.length <= 20 || Number.isInteger(Math.log10(v)) ? v : null));
  const lines: readonly PlotLine[] = [{ color: spec.color, dots: spec.dots }, ...spec.others ?? []];
  const axis = { stroke: text, font: FONT, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1, size: 4 } };
  return new uPlot({
    width: Math.max(host.clientWidth, 120), height, padding: [8, 10, 0, 0],
    scales: {
      x: { time: false, range: (_u, _min, max) => [0, Math.max(max ?? 0, 10)] },
      y: spec.log ? { distr: 3 } : spec.fromZero ? { range: (_u, _min, max) => [0, spec.upTo ?? Math.max(1.05 * (max ?? 0), 1)] } : {},
    },
    legend: { show: false },
    cursor: { sync: { key: SYNC_KEY, setSeries: false }, drag: { x: false, y: false, setScale: false }, points: { size: 7 }, y: false },
    axes: [
      { ...axis, size: 26, gap: 3, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, size: 54, gap: 4, ...(spec.log ? { grid: { ...axis.grid, filter: decades }, ticks: { ...axis.ticks, filter: decades } } : {}), values: (_u, splits) => splits.map((v) => (v === null ? '' : spec.format(v))) },
    ],
    series: [{}, ...lines.map(({ color, dash, dots }) => ({
      stroke: color[theme], width: 1.75, dash: dash && [...dash], points: { show: dots ?? false, size: 5, fill: color[theme] }, spanGaps: true,
    }))],
    hooks: {
      draw: [(u) => {
        const x = Math.round(u.valToPos(shown(), 'x', true)) + 0.5;
        const { ctx, bbox } = u;
        ctx.save();
        ctx.strokeStyle = cursor;
        ctx.lineWidth = devicePixelRatio;
        // A dashed line that was drawn before leaves its dashes behind.
        ctx.setLineDash([]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.restore();
      }],
    },
  }, [[], ...lines.map(() => [])], host);
}

/** Goes to the step under the pointer, on a click and while dragging. Returns the way to stop. */
export function seekByPointer(plot: uPlot, seek: (step: number) => void): () => void {
  const at = (event: PointerEvent) => seek(plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x'));
  const down = (event: PointerEvent) => {
    plot.over.setPointerCapture(event.pointerId);
    at(event);
  };
  const move = (event: PointerEvent) => {
    if (event.buttons & 1) at(event);
  };
  plot.over.addEventListener('pointerdown', down);
  plot.over.addEventListener('pointermove', move);
  return () => {
    plot.over.removeEventListener('pointerdown', down);
    plot.over.removeEventListener('pointermove', move);
  };
}
