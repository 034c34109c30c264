import type { PoseCheckpoint } from '../../experiments/pose/protocol';
import type { Pose } from '../../scene/pose';
import type { EngineTrouble } from '../../workers/poseApi';
import { CheckpointKeeper } from './checkpointKeeper';
import type { CheckpointStore } from './checkpoints';
import { type Connect, type EngineLink, EngineSession, troubleOf } from './engineLink';
import { RunLoop } from './runLoop';
import { IDLE_RUN, type RunState } from './runState';
import type { RunPlan } from './runPlan';
import { Store } from './store';
import { WishList, type Wish } from './wishes';

export interface ControllerOptions {
  readonly connect: Connect;
  readonly store?: CheckpointStore;
  /** Milliseconds. */
  readonly now?: () => number;
  /** Shortest time between two sets of images while playing, and between two checkpoints. */
  readonly imagesEveryMs?: number;
  readonly checkpointEveryMs?: number;
  /** How long a new run waits for the engine to finish what it is doing, before it takes another engine. */
  readonly patienceMs?: number;
}

/** TensorFlow.js keeps textures of every size it ever needed; a fresh engine lets them go. */
const MAX_RUNS_OF_ENGINE = 20;

/** So many losses in a row without a step between them mean that bringing the engine back is no use. */
const MAX_LOSSES_IN_A_ROW = 3;

/** Whether a fresh engine can go on where this trouble ended one. */
const isCurable = ({ code }: EngineTrouble): boolean => code === 'context-lost' || code === 'died';

/**
 * Owns an engine and decides what it does next: one call at a time, a person's wishes before the next step of the film.
 * Knows nothing of React and of the DOM. An engine that dies or loses its graphics context is replaced, from the last checkpoint.
 */
export class RunController {
  readonly state = new Store<RunState>(IDLE_RUN);
  private plan: RunPlan | undefined;
  private session: EngineSession | undefined;
  private readonly wishes = new WishList();
  private readonly kept: CheckpointKeeper;
  private pumping = false;
  private readonly loop: RunLoop;
  private lossesInARow = 0;
  private runsOfEngine = 0;

  constructor(private readonly options: ControllerOptions) {
    const { now = () => performance.now() } = options;
    this.kept = new CheckpointKeeper(now, options.store, options.checkpointEveryMs);
    this.loop = new RunLoop(this.state, this.wishes, this.kept, { now, imagesEveryMs: options.imagesEveryMs });
  }

  /** Ends the run under way and begins another. Settles when the engine has begun, or could not. */
  async open(plan: RunPlan): Promise<void> {
    const free = this.takeEngine(plan);
    this.forget();
    this.plan = plan;
    this.loop.begin(plan.stopAt);
    this.state.set({ ...IDLE_RUN, status: 'opening', progress: { label: 'Starting the engine' }, playing: plan.autoplay, edits: plan.edits });
    const kept = plan.resume ? await this.kept.load(plan.key) : undefined;
    const link = await free;
    if (this.plan === plan) await this.start(kept, link);
    else link?.terminate();
  }

  /** The engine of the run before, with its shaders compiled, where it is sound and answers soon. */
  private async takeEngine(plan: RunPlan): Promise<EngineLink | undefined> {
    const { session } = this;
    const sound = this.state.get().status === 'ready' && this.plan?.backend === plan.backend && ++this.runsOfEngine < MAX_RUNS_OF_ENGINE;
    if (session && sound) {
      this.session = undefined;
      return session.release(this.options.patienceMs ?? 2500);
    }
    this.runsOfEngine = 0;
    return undefined;
  }

  /** Goes on from the step on screen; from the start again where the run has ended. */
  play(): void {
    const { history, shown } = this.state.get();
    if (history[shown]?.done) this.seek(0);
    this.state.update({ playing: true });
    void this.pump();
  }

  pause(): void {
    this.state.update({ playing: false });
    void this.pump();
  }

  /** One step forward: the next one on record where there is one, else a new one. */
  step(): void {
    const { history, shown } = this.state.get();
    if (shown + 1 < history.length) return this.seek(shown + 1);
    this.state.update({ playing: false });
    this.wish({ kind: 'step' });
  }

  get playing(): boolean {
    return this.state.get().playing;
  }

  /** Somebody has stopped it before its end. */
  get paused(): boolean {
    const { status, playing, history, shown } = this.state.get();
    return (status === 'ready' || status === 'opening') && !playing && !history[shown]?.done;
  }

  stepBack(): void {
    this.seek(this.state.get().shown - 1);
  }

  reset(): void {
    this.seek(0);
  }

  /** To any step computed so far. */
  seek(step: number): void {
    const { history } = this.state.get();
    if (!history.length) return;
    const target = Math.min(Math.max(Math.round(step), 0), history.length - 1);
    this.state.update({ playing: false, shown: target });
    this.wish({ kind: 'seek', step: target });
  }

  /** Replaces the estimate; the run goes on from there. */
  edit(pose: Pose): void {
    this.wish({ kind: 'edit', pose });
  }

  /** Loses the engine's graphics context on purpose, to see it come back. */
  loseContext(): void {
    void this.session?.link.api.loseContext();
  }

  /** Starts again what failed. */
  retry(): void {
    this.lossesInARow = 0;
    this.state.update({ status: 'recovering', trouble: undefined, progress: { label: 'Starting the engine' } });
    void this.start(this.kept.last);
  }

  /** Ends the run and gives the engine back. */
  end(): void {
    this.forget();
    this.state.set(IDLE_RUN);
  }

  private forget(): void {
    this.session?.end();
    this.session = undefined;
    this.plan = undefined;
    this.wishes.clear();
    this.kept.forget();
    this.lossesInARow = 0;
  }

  private wish(wish: Wish): void {
    this.wishes.add(wish);
    void this.pump();
  }

  private async start(checkpoint: PoseCheckpoint | undefined, free?: EngineLink): Promise<void> {
    const { plan } = this;
    if (!plan) return;
    this.session?.end();
    this.session = undefined;
    let session: EngineSession | undefined;
    const isCurrent = () => this.plan === plan && this.session === session;
    try {
      const link = free ?? await this.options.connect(plan.backend);
      if (this.plan !== plan || this.session) return link.terminate();
      session = this.session = new EngineSession(link, (trouble) => {
        if (isCurrent()) this.onTrouble(trouble);
      });
      const { object, settings, target, baseUrl, backend, encoder } = plan;
      const opened = await session.call((api) => api.open({ object, settings, target, baseUrl, backend, encoder, checkpoint }, (progress) => {
        if (isCurrent() && this.state.get().status !== 'ready') this.state.update({ progress });
      }));
      if (!isCurrent()) return;
      this.loop.forgetImages();
      this.state.update({
        status: 'ready', progress: undefined, trouble: undefined, opened, place: link.place,
        history: opened.history, shown: opened.history.length - 1,
      });
    } catch (error) {
      if (isCurrent()) this.onTrouble(troubleOf(error));
      return;
    }
    await this.pump();
  }

  /** Does what there is to do, one call at a time, until there is nothing left. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let busy = true; busy && this.session && this.state.get().status === 'ready';) {
        const { session, plan } = this;
        const wish = this.wishes.take();
        try {
          busy = await this.loop.next({
            session, key: plan?.key, isCurrent: () => session === this.session, onStep: () => { this.lossesInARow = 0; },
          }, wish);
        } catch (error) {
          const trouble = troubleOf(error);
          // What was asked of an engine that died is asked of the next one.
          if (wish && plan === this.plan && isCurable(trouble)) this.wishes.giveBack(wish);
          if (session === this.session) this.onTrouble(trouble);
        }
      }
    } finally {
      this.pumping = false;
    }
  }

  private onTrouble(trouble: EngineTrouble): void {
    this.session?.end();
    this.session = undefined;
    if (!isCurable(trouble) || ++this.lossesInARow > MAX_LOSSES_IN_A_ROW) {
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
