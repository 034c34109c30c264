import type { PoseImages, PoseSnapshot } from '../../experiments/pose/protocol';
import type { Pose } from '../../scene/pose';
import type { CheckpointKeeper } from './checkpointKeeper';
import type { EngineSession } from './engineLink';
import { type RunState, withStep } from './runState';
import type { Store } from './store';
import type { Wish, WishList } from './wishes';

/** Shortest time between two sets of images while playing, unless told otherwise; where they take long to draw, they come seldomer. */
const IMAGES_EVERY_MS = 100;
/** Times what the last set took. */
const LEAST_TIMES_BETWEEN = 4;

/** An engine's turn. */
export interface Turn {
  readonly session: EngineSession;
  /** Names the run in the checkpoint store. */
  readonly key: string | undefined;
  /** Whether the engine is still the run's: another run may have taken it while it answered. */
  isCurrent(): boolean;
  /** It has computed a step. */
  onStep(): void;
}

/** The target is sent with each set and does not change: the same record again, it is not drawn again. */
function withTargetOf(before: PoseImages | undefined, images: PoseImages): PoseImages {
  const { target } = images;
  const same = before?.target.width === target.width && before.target.height === target.height && target.data.every((byte, i) => byte === before.target.data[i]);
  return same ? { ...images, target: before.target } : images;
}

/** What an engine does next, and what its answers change of the run: a person's wishes first, then the next step of the film, then its images. */
export class RunLoop {
  /** The link's stop counts until it is reached once; afterwards Play goes on past it. */
  private stopAt = Infinity;
  private imagesOf = -1;
  private imagesAt = -Infinity;
  /** What the last set took. */
  private imagesMs = 0;

  constructor(
    private readonly state: Store<RunState>, private readonly wishes: WishList, private readonly kept: CheckpointKeeper,
    private readonly pace: { readonly now: () => number; readonly imagesEveryMs?: number },
  ) {}

  begin(stopAt = Infinity): void {
    this.stopAt = stopAt;
    this.imagesAt = -Infinity;
  }

  /** The images on screen are of another engine. */
  forgetImages(): void {
    this.imagesOf = -1;
  }

  /** At most one wish or one step of the engine. False when there is nothing to do. */
  async next(turn: Turn, wish: Wish | undefined): Promise<boolean> {
    const { session } = turn;
    const { playing, history, shown, edits, images } = this.state.get();
    if (wish?.kind === 'seek') {
      const step = Math.min(wish.step, history.length - 1);
      const snapshot = await session.call((api) => api.rewind(step));
      this.imagesOf = -1;
      // A seek wished for meanwhile has moved the step on screen already.
      if (turn.isCurrent() && this.wishes.sought === undefined) this.state.update({ shown: snapshot.step });
      return true;
    }
    if (wish?.kind === 'edit') {
      // Whoever edits by hand takes over: edits of the link, or of before a loss, that were to come are not made any more.
      this.state.update({ edits: edits.filter(({ step }) => step <= shown) });
      const snapshot = await session.call((api) => api.edit(wish.pose));
      if (turn.isCurrent()) this.append(snapshot, wish.pose);
      return true;
    }
    const atEnd = history[shown]?.done ?? true;
    // The target is there to see before the first step is taken.
    if (!images) await this.fetchImages(turn);
    // Another run may have taken the engine meanwhile.
    if (!turn.isCurrent()) return true;
    if (!atEnd && (wish?.kind === 'step' || playing)) {
      const started = this.pace.now();
      const planned = edits.find(({ step }) => step === shown + 1 && step >= history.length);
      const snapshot = await session.call((api) => (planned ? api.edit(planned.pose) : api.step()));
      if (!turn.isCurrent()) return true;
      turn.onStep();
      // Whoever paused meanwhile sees the run stop where it was: the step is on record, one step ahead of the screen.
      if (!wish && !planned && !this.state.get().playing && this.wishes.empty) this.wishes.add({ kind: 'seek', step: shown });
      this.append(snapshot, planned?.pose, this.pace.now() - started);
      if (this.kept.due) await this.keep(turn);
      if (!turn.isCurrent()) return true;
      if (this.wishes.sought === undefined && this.imagesAreDue) await this.fetchImages(turn);
      return true;
    }
    if (wish) return true;
    if (playing && atEnd) this.state.update({ playing: false });
    if (this.imagesOf === this.state.get().shown) return false;
    await this.fetchImages(turn);
    return true;
  }

  /** Puts a new step behind the one on screen; what a rewind had left behind it is forgotten, edits included. */
  private append(snapshot: PoseSnapshot, edited: Pose | undefined, ms?: number): void {
    this.imagesOf = -1;
    const stops = snapshot.done || snapshot.step >= this.stopAt;
    if (snapshot.step >= this.stopAt) this.stopAt = Infinity;
    // A step that was under way when a seek was wished for does not take the screen back from it.
    const { sought } = this.wishes;
    this.state.update({
      ...withStep(this.state.get(), snapshot, edited, ms), ...(stops ? { playing: false } : {}), ...(sought === undefined ? {} : { shown: sought }),
    });
  }

  /** Drawing pictures takes at most a fifth of the time. */
  private get imagesAreDue(): boolean {
    const { imagesEveryMs } = this.pace;
    const wait = imagesEveryMs ?? Math.max(IMAGES_EVERY_MS, LEAST_TIMES_BETWEEN * this.imagesMs);
    return this.pace.now() - this.imagesAt >= wait;
  }

  private async fetchImages(turn: Turn): Promise<void> {
    const { shown } = this.state.get();
    const asked = this.pace.now();
    const images = await turn.session.call((api) => api.images());
    if (!turn.isCurrent()) return;
    this.imagesAt = this.pace.now();
    this.imagesMs = this.imagesAt - asked;
    this.imagesOf = shown;
    this.state.update({ images: withTargetOf(this.state.get().images, images) });
  }

  private async keep({ session, isCurrent, key }: Turn): Promise<void> {
    const checkpoint = await session.call((api) => api.checkpoint());
    if (isCurrent()) this.kept.keep(checkpoint, key);
  }
}
