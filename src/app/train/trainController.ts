import type { EncoderSettings } from '../../experiments/pose/encoder/settings';
import type { PoseObject } from '../../experiments/pose/protocol';
import type { Answer, EngineTrouble, Progress } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi, TrainerEvaluation } from '../../workers/trainerApi';
import { type EngineLink, EngineSession, troubleOf } from '../run/engineLink';
import { Store } from '../run/store';
import { stepOfCheckpoint } from './keptTraining';

/** Keeps a training's checkpoint between visits. */
export interface TrainingStore {
  load(key: string): Promise<EncoderArtifacts | undefined>;
  save(key: string, checkpoint: EncoderArtifacts): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface TrainPlan {
  readonly object: PoseObject;
  readonly settings: EncoderSettings;
  readonly seed: number;
}

export interface TrainState {
  readonly status: 'idle' | 'opening' | 'training' | 'paused' | 'recovering' | 'failed';
  readonly progress?: Progress;
  readonly step: number;
  /** The step of an earlier visit's checkpoint, which the training would go on from. */
  readonly keptStep?: number;
  /** [step, running mean of the loss]. */
  readonly losses: readonly (readonly [number, number])[];
  readonly evaluations: readonly TrainerEvaluation[];
  readonly trouble?: EngineTrouble;
  /** How often the trainer was lost and brought back. */
  readonly recoveries: number;
}

export const IDLE_TRAINING: TrainState = { status: 'idle', step: 0, losses: [], evaluations: [], recoveries: 0 };

export interface TrainOptions {
  readonly connect: () => Promise<EngineLink<TrainerApi>>;
  readonly store?: TrainingStore;
  readonly now?: () => number;
  /** Batches between two looks at the loss; a pause waits for them. */
  readonly batches?: number;
  readonly evaluateEveryMs?: number;
  readonly checkpointEveryMs?: number;
}

type Session = EngineSession<TrainerApi>;

const MAX_LOSSES = 2000;

/** So many troubles in a row without a batch between them mean that bringing the trainer back is no use. */
const MAX_TROUBLES_IN_A_ROW = 3;

/** Whether a fresh trainer can go on where this trouble ended one. */
const isCurable = ({ code }: EngineTrouble): boolean => code === 'context-lost' || code === 'died';

/**
 * Owns a trainer: starts, pauses, resets it, keeps its curve and its checkpoints. A pause keeps the trainer; a reset ends it. A trainer that dies or
 * loses its graphics context is replaced, from the last checkpoint.
 */
export class TrainController {
  readonly state = new Store<TrainState>(IDLE_TRAINING);
  private session: Session | undefined;
  private plan: TrainPlan | undefined;
  /** What to go on from. */
  private last: EncoderArtifacts | undefined;
  private evaluatedAt = -Infinity;
  private keptAt = 0;
  private troublesInARow = 0;
  /** The trainer whose batches are being asked for. */
  private running: Session | undefined;

  constructor(private readonly options: TrainOptions) {}

  /** Looks whether an earlier visit left a training that this plan would go on with. */
  async lookFor(plan: TrainPlan): Promise<void> {
    const checkpoint = await this.options.store?.load(keyOf(plan));
    if (this.state.get().status === 'idle') this.state.update({ keptStep: checkpoint && stepOfCheckpoint(checkpoint, plan.settings) });
  }

  /** Begins, or goes on: after a pause, or from the checkpoint of an earlier visit. */
  async start(plan: TrainPlan): Promise<void> {
    const { status } = this.state.get();
    if (status === 'opening' || status === 'training' || status === 'recovering') return;
    this.troublesInARow = 0;
    if (status === 'paused' && this.session) {
      this.state.update({ status: 'training' });
      return this.loop(this.session);
    }
    // Paused while its trainer was being replaced, it goes on with what it was begun with.
    const begun = (status === 'paused' && this.plan) || plan;
    this.plan = begun;
    this.state.update({ status: 'opening', progress: { label: 'Starting' }, trouble: undefined });
    await this.open(begun);
  }

  pause(): void {
    const { status } = this.state.get();
    if (status === 'training') this.state.update({ status: 'paused' });
    else if (status === 'opening') this.end();
    else if (status === 'recovering') {
      this.leave();
      this.state.update({ status: 'paused', progress: undefined, trouble: undefined });
    }
  }

  /** Forgets what was learnt, also what an earlier visit to this plan kept. */
  async reset(plan: TrainPlan): Promise<void> {
    const begun = this.plan ?? plan;
    this.end();
    await this.options.store?.remove(keyOf(begun));
  }

  /** Ends the trainer and keeps its last checkpoint: another object has come. */
  end(): void {
    this.leave();
    this.plan = this.last = undefined;
    this.state.set(IDLE_TRAINING);
  }

  /** The encoder as it is now. */
  async artifacts(): Promise<EncoderArtifacts | undefined> {
    const { session } = this;
    return session && this.ask(session, (api) => api.artifacts());
  }

  private leave(): void {
    this.session?.end();
    this.session = undefined;
  }

  /** A trainer for the plan, from the last checkpoint where there is one. @param paused it waits once it is there. */
  private async open(plan: TrainPlan, paused = false): Promise<void> {
    let session: Session | undefined;
    const isCurrent = () => this.plan === plan && this.session === session;
    try {
      const link = await this.options.connect();
      const { status } = this.state.get();
      // Ended, or paused, while the line was made.
      if (this.plan !== plan || this.session || (status !== 'opening' && status !== 'recovering')) return link.terminate();
      session = this.session = new EngineSession(link, (trouble) => {
        if (isCurrent()) this.onTrouble(trouble);
      });
      const onProgress = (progress: Progress) => {
        if (isCurrent() && ['opening', 'recovering'].includes(this.state.get().status)) this.state.update({ progress });
      };
      const checkpoint = this.last ?? await this.options.store?.load(keyOf(plan));
      const { step } = await session.call((api) => api.open({ ...plan, checkpoint }, onProgress)).catch((error: unknown) => {
        // A checkpoint of other settings, or of an earlier version, is no reason not to train.
        if (!session || !isCurrent() || !checkpoint || troubleOf(error).code !== 'engine') throw error;
        return session.call((api) => api.open(plan, onProgress));
      });
      if (!isCurrent()) return;
      this.evaluatedAt = -Infinity;
      // The first one soon: who reloads early loses nothing.
      this.keptAt = step > 0 ? this.now() : -Infinity;
      const { losses, evaluations } = this.state.get();
      this.state.update({
        status: paused ? 'paused' : 'training', progress: undefined, trouble: undefined, keptStep: undefined, step,
        // Batches since the checkpoint are drawn anew.
        losses: losses.filter(([at]) => at <= step), evaluations: evaluations.filter((evaluation) => evaluation.step <= step),
      });
    } catch (error) {
      if (isCurrent()) this.onTrouble(troubleOf(error));
      return;
    }
    await this.loop(session);
  }

  private async loop(session: Session): Promise<void> {
    if (this.running === session) return;
    this.running = session;
    try {
      for (let kept = false; this.session === session;) {
        const { status } = this.state.get();
        if (status === 'training') await this.advance(session);
        else if (status === 'paused' && !kept) await this.keep(session);
        else break;
        kept = status === 'paused';
      }
    } finally {
      if (this.running === session) this.running = undefined;
    }
  }

  /** A few batches, and what is due before and after them. */
  private async advance(session: Session): Promise<void> {
    if (this.now() - this.evaluatedAt >= (this.options.evaluateEveryMs ?? 15_000)) {
      const evaluation = await this.ask(session, (api) => api.evaluate());
      if (!evaluation) return;
      this.evaluatedAt = this.now();
      const { evaluations } = this.state.get();
      this.state.update({ evaluations: [...evaluations.filter(({ step }) => step < evaluation.step), evaluation] });
    }
    const stepped = await this.ask(session, (api) => api.advance(this.options.batches ?? 4));
    if (!stepped) return;
    this.troublesInARow = 0;
    const { losses } = this.state.get();
    const { step, loss } = stepped;
    this.state.update({ step, losses: loss === undefined ? losses : [...losses, [step, loss] as const].slice(-MAX_LOSSES) });
    if (this.now() - this.keptAt >= (this.options.checkpointEveryMs ?? 20_000)) await this.keep(session);
  }

  private async keep(session: Session): Promise<void> {
    const checkpoint = await this.ask(session, (api) => api.checkpoint());
    const { plan } = this;
    if (!checkpoint || !plan) return;
    this.keptAt = this.now();
    this.last = checkpoint;
    await this.options.store?.save(keyOf(plan), checkpoint);
  }

  /** The answer; undefined where the trainer is gone or in trouble, which is then seen to. */
  private async ask<T>(session: Session, question: (api: TrainerApi) => Promise<Answer<T>>): Promise<T | undefined> {
    try {
      const answer = await session.call(question);
      return this.session === session ? answer : undefined;
    } catch (error) {
      if (this.session === session) this.onTrouble(troubleOf(error));
      return undefined;
    }
  }

  private onTrouble(trouble: EngineTrouble): void {
    const { plan } = this;
    const { status, recoveries } = this.state.get();
    this.leave();
    if (!plan || !isCurable(trouble) || ++this.troublesInARow > MAX_TROUBLES_IN_A_ROW) {
      this.state.update({ status: 'failed', progress: undefined, trouble });
      return;
    }
    this.state.update({ status: 'recovering', trouble, recoveries: recoveries + 1, progress: { label: 'Starting again' } });
    void this.open(plan, status === 'paused');
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}

const keyOf = ({ object, seed }: TrainPlan): string => `${object.id}/${seed}`;
