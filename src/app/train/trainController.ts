import type { EncoderSettings } from '../../experiments/pose/encoder/settings';
import type { PoseObject } from '../../experiments/pose/protocol';
import type { Answer, EngineTrouble, Progress } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi, TrainerEvaluation } from '../../workers/trainerApi';
import { Store } from '../run/store';

/** A line to a trainer. */
export interface TrainerLink {
  readonly api: TrainerApi;
  onDeath(callback: (trouble: EngineTrouble) => void): void;
  terminate(): void;
}

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
  readonly status: 'idle' | 'opening' | 'training' | 'paused' | 'failed';
  readonly progress?: Progress;
  readonly step: number;
  /** [step, running mean of the loss]. */
  readonly losses: readonly (readonly [number, number])[];
  readonly evaluations: readonly TrainerEvaluation[];
  readonly trouble?: EngineTrouble;
}

export const IDLE_TRAINING: TrainState = { status: 'idle', step: 0, losses: [], evaluations: [] };

export interface TrainOptions {
  readonly connect: () => TrainerLink;
  readonly store?: TrainingStore;
  readonly now?: () => number;
  /** Batches between two looks at the loss; a pause waits for them. */
  readonly batches?: number;
  readonly evaluateEveryMs?: number;
  readonly checkpointEveryMs?: number;
}

const MAX_LOSSES = 2000;

/** Owns a trainer: starts, pauses, resets it, keeps its curve and its checkpoints. A pause keeps the trainer; a reset ends it. */
export class TrainController {
  readonly state = new Store<TrainState>(IDLE_TRAINING);
  private link: TrainerLink | undefined;
  private plan: TrainPlan | undefined;
  private running = false;
  private evaluatedAt = -Infinity;
  private keptAt = 0;

  constructor(private readonly options: TrainOptions) {}

  /** Begins, or goes on: after a pause, or from the checkpoint of an earlier visit. */
  async start(plan: TrainPlan): Promise<void> {
    const { status } = this.state.get();
    if (status === 'opening' || status === 'training') return;
    if (status === 'paused' && this.link) {
      this.state.update({ status: 'training' });
      return this.loop(this.link);
    }
    await this.open(plan);
  }

  pause(): void {
    if (this.state.get().status === 'training') this.state.update({ status: 'paused' });
    else if (this.state.get().status === 'opening') this.end();
  }

  /** Forgets what was learnt. */
  async reset(): Promise<void> {
    const { plan } = this;
    this.end();
    if (plan) await this.options.store?.remove(keyOf(plan));
  }

  /** Ends the trainer and keeps its last checkpoint: another object has come. */
  end(): void {
    this.link?.terminate();
    this.link = undefined;
    this.plan = undefined;
    this.state.set(IDLE_TRAINING);
  }

  /** The encoder as it is now. */
  async artifacts(): Promise<EncoderArtifacts | undefined> {
    const answer = await this.link?.api.artifacts();
    return answer?.ok ? answer.value : undefined;
  }

  private async open(plan: TrainPlan): Promise<void> {
    this.link?.terminate();
    this.plan = plan;
    const link = this.link = this.options.connect();
    link.onDeath((trouble) => this.fail(link, trouble));
    this.state.set({ ...IDLE_TRAINING, status: 'opening', progress: { label: 'Starting' } });
    const onProgress = (progress: Progress) => {
      if (this.link === link && this.state.get().status === 'opening') this.state.update({ progress });
    };
    const checkpoint = await this.options.store?.load(keyOf(plan));
    let opened = await link.api.open({ ...plan, checkpoint }, onProgress);
    // A checkpoint of other settings, or of an earlier version, is no reason not to train.
    if (!opened.ok && checkpoint) opened = await link.api.open(plan, onProgress);
    if (this.link !== link) return;
    if (!opened.ok) return this.fail(link, opened.trouble);
    this.evaluatedAt = -Infinity;
    this.keptAt = this.now();
    this.state.update({ status: 'training', progress: undefined, step: opened.value.step });
    await this.loop(link);
  }

  private async loop(link: TrainerLink): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.link === link && this.state.get().status === 'training') {
        if (this.now() - this.evaluatedAt >= (this.options.evaluateEveryMs ?? 15_000)) {
          const evaluation = await this.ask(link, link.api.evaluate());
          if (!evaluation) break;
          this.evaluatedAt = this.now();
          this.state.update({ evaluations: [...this.state.get().evaluations, evaluation] });
        }
        const stepped = await this.ask(link, link.api.advance(this.options.batches ?? 4));
        if (!stepped) break;
        const { losses } = this.state.get();
        const { step, loss } = stepped;
        this.state.update({ step, losses: loss === undefined ? losses : [...losses, [step, loss] as const].slice(-MAX_LOSSES) });
        if (this.now() - this.keptAt >= (this.options.checkpointEveryMs ?? 20_000)) await this.keep(link);
      }
      if (this.link === link && this.state.get().status === 'paused') await this.keep(link);
    } finally {
      this.running = false;
    }
  }

  private async keep(link: TrainerLink): Promise<void> {
    const { plan } = this;
    const checkpoint = await this.ask(link, link.api.checkpoint());
    this.keptAt = this.now();
    if (checkpoint && plan) await this.options.store?.save(keyOf(plan), checkpoint);
  }

  /** The answer; undefined where the trainer is gone or failed, which the state then tells. */
  private async ask<T>(link: TrainerLink, pending: Promise<Answer<T>>): Promise<T | undefined> {
    const answer = await pending;
    if (this.link !== link) return undefined;
    if (answer.ok) return answer.value;
    this.fail(link, answer.trouble);
    return undefined;
  }

  private fail(link: TrainerLink, trouble: EngineTrouble): void {
    if (this.link !== link) return;
    link.terminate();
    this.link = undefined;
    this.running = false;
    this.state.update({ status: 'failed', progress: undefined, trouble });
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}

const keyOf = ({ object, seed }: TrainPlan): string => `${object.id}/${seed}`;
