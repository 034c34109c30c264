import type { LearnCheckpoint } from '../../../experiments/learn/protocol';
import type { LearnApi } from '../../../workers/learnApi';
import type { Answer, EngineTrouble } from '../../../workers/poseApi';
import { CheckpointKeeper } from '../../run/checkpointKeeper';
import { type EngineLink, EngineSession, troubleOf } from '../../run/engineLink';
import { Store } from '../../run/store';
import type { LearnControllerOptions, LearnPlan } from './learnPlan';
import { IDLE_LEARNING, withSteps, type LearnRunState } from './learnState';
import { QueryList, Superseded } from './queries';

/** So many losses in a row without a step between them mean that bringing the engine back is no use. */
const MAX_LOSSES_IN_A_ROW = 3;

const isCurable = ({ code }: EngineTrouble): boolean => code === 'context-lost' || code === 'died';

/**
 * Owns a training engine and decides what it does next: one call at a time, questions before the next step. Knows nothing of React
 * and of the DOM. An engine that dies or loses its graphics context is replaced, and goes on from the last checkpoint.
 */
export class LearnController {
  readonly state = new Store<LearnRunState>(IDLE_LEARNING);
  private plan: LearnPlan | undefined;
  private session: EngineSession<LearnApi> | undefined;
  private readonly queries = new QueryList();
  private readonly kept: CheckpointKeeper<LearnCheckpoint>;
  private readonly now: () => number;
  /** Where the engine is; it follows the step on screen when it has something to do there. */
  private at = 0;
  private stopAt = Infinity;
  private wantsStep = false;
  private pumping = false;
  /** Something came up while the pump was on its way out. */
  private asked = false;
  private lossesInARow = 0;
  /** There are steps that the last checkpoint does not have. */
  private unkept = false;

  constructor(private readonly options: LearnControllerOptions) {
    this.now = options.now ?? (() => performance.now());
    this.kept = new CheckpointKeeper(this.now, options.store, options.checkpointEveryMs);
  }

  /** Ends the training under way and begins another. Settles when the engine has begun, or could not. */
  async open(plan: LearnPlan): Promise<void> {
    const { session } = this;
    const sound = this.state.get().status === 'ready' && this.plan?.backend === plan.backend;
    const free = session && sound ? session.release(this.options.patienceMs ?? 2500) : undefined;
    if (free) this.session = undefined;
    this.forget();
    this.plan = plan;
    this.stopAt = plan.stopAt ?? Infinity;
    this.state.set({ ...IDLE_LEARNING, status: 'opening', progress: { label: 'Starting the engine' }, playing: plan.autoplay === true });
    const kept = plan.resume ? await this.kept.load(plan.key) : undefined;
    if (this.plan === plan && plan.autoplay === 'resumed' && (kept?.history.length ?? 0) > 1) this.state.update({ playing: true });
    const link = await free;
    if (this.plan === plan) await this.start(kept ?? plan.checkpoint, link);
    else link?.terminate();
  }

  play(): void {
    if (this.state.get().history[this.state.get().shown]?.done) this.seek(0);
    this.state.update({ playing: true });
    this.kick();
  }

  pause(): void {
    this.state.update({ playing: false });
    this.kick();
  }

  /** One step forward: the next one on record where there is one, else a new one. */
  step(): void {
    const { history, shown } = this.state.get();
    if (shown + 1 < history.length) return this.seek(shown + 1);
    this.state.update({ playing: false });
    this.wantsStep = true;
    this.kick();
  }

  /** To any step on record. The engine follows when it is asked something. */
  seek(step: number): void {
    const { history } = this.state.get();
    if (!history.length) return;
    this.wantsStep = false;
    this.state.update({ playing: false, shown: Math.min(Math.max(Math.round(step), 0), history.length - 1) });
    this.kick();
  }

  /**
   * Asks the engine something about the network as it is at the step on screen.
   * @param name of questions with the same name only the last one is answered. @throws Superseded, TroubleError
   */
  ask<T>(question: (api: LearnApi) => Promise<Answer<T>>, name?: string): Promise<T> {
    const answer = this.queries.add(question, name);
    this.kick();
    return answer;
  }

  /** Measures the network at the step on screen on the test examples, where that was not done. */
  async evaluate(): Promise<void> {
    const { opened, history, shown, extra } = this.state.get();
    if (!opened?.testCount || extra.has(shown) || history[shown]?.evaluation) return;
    const evaluation = await this.ask((api) => api.evaluate(), 'evaluate');
    if (this.state.get().opened === opened) this.state.update({ extra: new Map(this.state.get().extra).set(shown, evaluation) });
  }

  /** Loses the engine's graphics context on purpose, to see it come back. */
  loseContext(): void {
    void this.session?.link.api.loseContext();
  }

  retry(): void {
    this.lossesInARow = 0;
    this.state.update({ status: 'recovering', trouble: undefined, progress: { label: 'Starting the engine' } });
    void this.start(this.kept.last);
  }

  end(): void {
    this.forget();
    this.state.set(IDLE_LEARNING);
  }

  /** Somebody has stopped it before its end. */
  get paused(): boolean {
    const { status, playing, history, shown } = this.state.get();
    return status === 'ready' && !playing && !history[shown]?.done;
  }

  /** Looks for something to do. */
  kick(): void {
    this.asked = true;
    void this.pump();
  }

  private forget(): void {
    this.session?.end();
    this.session = undefined;
    this.plan = undefined;
    this.queries.clear();
    this.kept.forget();
    this.lossesInARow = 0;
    this.wantsStep = this.unkept = false;
    this.at = 0;
  }

  private async start(checkpoint: LearnCheckpoint | undefined, free?: EngineLink<LearnApi>): Promise<void> {
    const { plan } = this;
    if (!plan) return;
    this.session?.end();
    this.session = undefined;
    let session: EngineSession<LearnApi> | undefined;
    const isCurrent = () => this.plan === plan && this.session === session;
    try {
      const link = free ?? await this.options.connect(plan.backend ?? 'auto');
      if (this.plan !== plan || this.session) return link.terminate();
      session = this.session = new EngineSession(link, (trouble) => {
        if (isCurrent()) this.onTrouble(trouble);
      });
      const { settings, files, baseUrl, backend, weights } = plan;
      const opened = await session.call((api) => api.open({ settings, files, baseUrl, backend, weights, checkpoint }, (progress) => {
        if (isCurrent() && this.state.get().status !== 'ready') this.state.update({ progress });
      }));
      if (!isCurrent()) return;
      const last = opened.history.length - 1;
      this.at = last;
      // A checkpoint may know more steps than the link asks for.
      const shown = Math.min(last, this.stopAt);
      const arrived = last >= this.stopAt;
      if (arrived) this.stopAt = Infinity;
      const { playing } = this.state.get();
      this.state.update({
        status: 'ready', progress: undefined, trouble: undefined, opened, place: link.place, history: opened.history, keptSteps: opened.keptSteps,
        shown, playing: playing && !arrived && !opened.history[last]?.done,
      });
    } catch (error) {
      if (!isCurrent()) return;
      const trouble = troubleOf(error);
      // A checkpoint of an earlier version of the page is no reason not to train.
      if (checkpoint && trouble.code === 'engine' && checkpoint !== this.kept.last) return this.start(undefined);
      return this.onTrouble(trouble);
    }
    this.kick();
  }

  /** Does what there is to do, one call at a time, until there is nothing left. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let busy = true; (busy || this.asked) && this.session && this.state.get().status === 'ready';) {
        const { session } = this;
        this.asked = false;
        try {
          busy = await this.next(session);
        } catch (error) {
          if (session === this.session) this.onTrouble(troubleOf(error));
        }
      }
    } finally {
      this.pumping = false;
    }
  }

  /** At most one question or one step. False when there is nothing to do. */
  private async next(session: EngineSession<LearnApi>): Promise<boolean> {
    const { playing, shown, history } = this.state.get();
    const done = history[shown]?.done ?? true;
    const steps = !done && (this.wantsStep || (playing && shown <= (this.options.leash?.() ?? Infinity)));
    if (playing && done) this.state.update({ playing: false });
    if ((steps || !this.queries.empty) && this.at !== shown) {
      await this.goBack(session, shown);
      return true;
    }
    const query = this.queries.take();
    if (query) {
      await this.answer(session, query);
      return true;
    }
    if (steps) {
      this.wantsStep = false;
      await this.advance(session);
      return true;
    }
    if (this.unkept && !playing) {
      await this.keep(session);
      return true;
    }
    return false;
  }

  /** Between the states that are kept, steps are computed again, which takes a while. */
  private async goBack(session: EngineSession<LearnApi>, wanted: number): Promise<void> {
    if (!this.state.get().keptSteps.includes(wanted)) this.state.update({ progress: { label: `Going to step ${wanted}` } });
    try {
      const { step } = await session.call((api) => api.rewind(wanted));
      if (session === this.session) this.at = step;
    } finally {
      if (session === this.session) this.state.update({ progress: undefined });
    }
  }

  private async answer(session: EngineSession<LearnApi>, query: NonNullable<ReturnType<QueryList['take']>>): Promise<void> {
    try {
      query.settle(await session.call(query.ask));
    } catch (error) {
      const trouble = troubleOf(error);
      if (session !== this.session) {
        // The engine died over it: the next one is asked, unless another training has begun.
        if (this.plan && isCurable(trouble) && this.state.get().status === 'recovering') this.queries.giveBack(query);
        else query.fail(new Superseded());
      } else if (isCurable(trouble)) {
        this.queries.giveBack(query);
        throw error;
      } else query.fail(error);
    }
  }

  private async advance(session: EngineSession<LearnApi>): Promise<void> {
    const started = this.now();
    const { snapshots, keptSteps } = await session.call((api) => api.advance(1));
    const last = snapshots.at(-1);
    if (session !== this.session || !last) return;
    this.lossesInARow = 0;
    this.unkept = true;
    const from = this.at;
    this.at = last.step;
    const state = this.state.get();
    const stops = last.done || last.step >= this.stopAt;
    if (last.step >= this.stopAt) this.stopAt = Infinity;
    const change = withSteps(state, snapshots, this.now() - started);
    // Whoever sought another step meanwhile keeps it on screen.
    const moved = state.shown !== from;
    this.state.update({ ...change, keptSteps, ...(moved ? { shown: state.shown } : {}), ...(stops ? { playing: false } : {}) });
    if (this.kept.due) await this.keep(session);
  }

  private async keep(session: EngineSession<LearnApi>): Promise<void> {
    const checkpoint = await session.call((api) => api.checkpoint());
    if (session !== this.session) return;
    this.unkept = false;
    this.kept.keep(checkpoint, this.plan?.key);
  }

  private onTrouble(trouble: EngineTrouble): void {
    this.session?.end();
    this.session = undefined;
    if (!isCurable(trouble) || ++this.lossesInARow > MAX_LOSSES_IN_A_ROW) {
      this.queries.clear();
      this.state.update({ status: 'failed', playing: false, progress: undefined, trouble });
      return;
    }
    this.state.update({
      status: 'recovering', trouble, recoveries: this.state.get().recoveries + 1,
      progress: { label: trouble.code === 'context-lost' ? 'The graphics context was lost; resuming' : 'The engine stopped; resuming' },
    });
    void this.start(this.kept.last);
  }
}
