import type { LearnExample, LearnInspection, LearnPrediction } from '../../../experiments/learn/protocol';
import { Store } from '../../run/store';
import type { LearnController } from '../run/learnController';
import { Superseded } from '../run/queries';

/** The shape on screen, and what the network makes of it. */
export interface LookState {
  readonly example?: LearnExample;
  /** Of the test examples; undefined for one's own. */
  readonly index?: number;
  /** Every layer on it, at a step. */
  readonly inspection?: LearnInspection;
  readonly step?: number;
  /** Points taken away, by their number in the inspection's cloud. */
  readonly removed: ReadonlySet<number>;
  /** What the network says without them. */
  readonly without?: LearnPrediction;
  readonly trouble?: string;
}

const NONE: ReadonlySet<number> = new Set();
/** While it trains, the network is looked into at most this often, and for at most this share of the time. */
const EVERY_MS = 900;
const SHARE = 0.2;
/** At rest, once a slider rests this long. */
const SETTLE_MS = 120;

/** Keeps a shape and what one of the networks, at the step on screen, makes of it. */
export class Looker {
  readonly state = new Store<LookState>({ removed: NONE });
  private own: LearnExample | undefined;
  private index = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private nextAt = 0;
  private seen: { readonly step: number; readonly opened: unknown } | undefined;
  private unwatch: () => void = () => undefined;

  constructor(private readonly run: LearnController, private readonly now = () => performance.now()) {
    this.watch();
  }

  /** One of the test examples. */
  showTest(index: number): void {
    this.own = undefined;
    this.index = index;
    this.state.set({ removed: NONE });
    this.refresh();
  }

  /** A shape of one's own. */
  showOwn(example: LearnExample): void {
    this.own = example;
    this.state.set({ removed: NONE, example });
    this.refresh();
  }

  /** Takes points away, or puts all back. */
  remove(points: Iterable<number>): void {
    const removed = new Set(points);
    const { inspection } = this.state.get();
    if (inspection && removed.size >= inspection.prediction.cloud.positions.length / 3) return;
    this.state.update({ removed, ...(removed.size ? {} : { without: undefined }) });
    this.later(SETTLE_MS, () => void this.predictWithout());
  }

  end(): void {
    this.unwatch();
    clearTimeout(this.timer);
  }

  private watch(): void {
    const { run } = this;
    this.unwatch = run.state.subscribe(() => {
      const { status, shown, opened } = run.state.get();
      if (status !== 'ready' || (this.seen?.step === shown && this.seen.opened === opened)) return;
      // Of another training: what is on screen means nothing any more, and the test shapes may be others.
      if (this.seen && this.seen.opened !== opened) this.state.update({ inspection: undefined, without: undefined, removed: NONE, example: this.own });
      this.seen = { step: shown, opened };
      this.refresh();
    });
  }

  private refresh(): void {
    const { playing, status } = this.run.state.get();
    if (status !== 'ready') return;
    const rest = this.state.get().inspection ? SETTLE_MS : 0;
    this.later(playing ? Math.max(this.nextAt - this.now(), 0) : rest, () => void this.inspect());
  }

  private later(ms: number, work: () => void): void {
    if (ms > SETTLE_MS && this.timer !== undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      work();
    }, ms);
  }

  private async inspect(): Promise<void> {
    const { run, own, index } = this;
    const isCurrent = () => own === this.own && index === this.index;
    const started = this.now();
    try {
      const { opened } = run.state.get();
      const last = (opened?.testCount ?? 0) - 1;
      if (!own && last < 0) return;
      const before = this.state.get();
      const example = own ?? (before.index === index && before.example) ?? undefined;
      const shape = example || await run.ask((api) => api.example('test', Math.min(index, last)), 'example');
      if (!isCurrent()) return;
      const inspection = await run.ask((api) => api.inspect(shape), 'look');
      if (!isCurrent()) return;
      const cost = this.now() - started;
      this.nextAt = this.now() + Math.max(EVERY_MS, cost / SHARE);
      const same = before.inspection?.prediction.cloud.positions.length === inspection.prediction.cloud.positions.length && before.example === shape;
      this.state.update({
        example: shape, index: own ? undefined : Math.min(index, last), inspection, step: run.state.get().shown, trouble: undefined,
        ...(same ? {} : { removed: NONE, without: undefined }),
      });
      if (this.state.get().removed.size) await this.predictWithout();
    } catch (error) {
      this.fail(error, isCurrent());
    }
  }

  /** The same shape, of which the network sees less. */
  private async predictWithout(): Promise<void> {
    const { run } = this;
    const { inspection, removed, example } = this.state.get();
    if (!inspection || !example || !removed.size) return;
    try {
      const without = await run.ask((api) => api.predict(example, [...removed]), 'without');
      if (this.state.get().example === example && this.state.get().removed === removed) this.state.update({ without });
    } catch (error) {
      this.fail(error, true);
    }
  }

  private fail(error: unknown, current: boolean): void {
    if (error instanceof Superseded || !current) return;
    this.state.update({ trouble: error instanceof Error ? error.message : String(error) });
  }
}
