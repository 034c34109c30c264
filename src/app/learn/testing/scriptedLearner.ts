import type { LearnSnapshot } from '../../../experiments/learn/protocol';
import { learnSettingsFor } from '../../../experiments/learn/settings';
import type { LearnApi, LearnOpened, LearnRequest } from '../../../workers/learnApi';
import type { Answer, EngineTrouble } from '../../../workers/poseApi';
import type { EngineLink } from '../../run/engineLink';

const ok = <T>(value: T): Answer<T> => ({ ok: true, value });
const cloud = { name: 'three points', positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]) };

/** A training that speaks the protocol and computes nothing. */
export class ScriptedLearner {
  readonly calls: string[] = [];
  terminated = false;
  private history: LearnSnapshot[] = [];
  private at = 0;
  private death: (trouble: EngineTrouble) => void = () => undefined;
  /** The next batch is answered with this. */
  trouble: EngineTrouble | undefined;
  /** Batches are answered once this is. */
  gate: Promise<void> | undefined;
  /** What the last prediction was asked to leave out. */
  without: readonly number[] | undefined;
  /** Questions are never answered, as after a lost context. */
  hangs = false;

  constructor(private readonly doneAt = 20) {}

  readonly api: LearnApi = {
    open: async (request) => this.open(request),
    advance: async () => {
      this.calls.push('advance');
      await this.gate;
      if (this.trouble) return { ok: false, trouble: this.trouble };
      this.at++;
      this.history[this.at] = this.snapshot(this.at);
      return ok({ snapshots: [this.history[this.at]], keptSteps: [0] });
    },
    rewind: async (step) => {
      this.calls.push(`rewind ${step}`);
      this.at = step;
      return ok(this.history[step]);
    },
    evaluate: async () => {
      this.calls.push(`evaluate at ${this.at}`);
      return ok({ step: this.at, loss: 1, accuracy: 0.5, perClass: [0.5], confusion: [1], examples: [] });
    },
    example: async (part, index) => {
      this.calls.push(`example ${index}`);
      return ok({ name: `${part} ${index}`, cloud });
    },
    predict: async (_shape, without) => {
      this.without = without;
      this.calls.push(`predict at ${this.at}`);
      return ok({ task: 'classify', probabilities: Float32Array.from([1]), cloud });
    },
    inspect: async () => {
      this.calls.push(`inspect at ${this.at}`);
      if (this.hangs) return new Promise<never>(() => undefined);
      return ok({ prediction: { task: 'classify', probabilities: Float32Array.from([1]), cloud }, layers: [] });
    },
    checkpoint: async () => {
      this.calls.push(`checkpoint at ${this.at}`);
      return ok({ version: 1, settings: learnSettingsFor('classify'), history: this.history.slice(0, this.at + 1), weights: new Map(), optimizer: new Map() });
    },
    artifacts: async () => ok({}),
    read: async ({ path }) => ok({ example: { name: path, cloud }, warnings: [] }),
    survey: async () => ({ ok: false, trouble: { code: 'engine', message: 'not scripted' } }),
    loseContext: async () => true,
    close: async () => undefined,
  };

  readonly link: EngineLink<LearnApi> = {
    api: this.api, place: 'main thread',
    onDeath: (callback) => { this.death = callback; },
    terminate: () => { this.terminated = true; },
  };

  die(): void {
    this.death({ code: 'died', message: 'killed' });
  }

  private snapshot(step: number): LearnSnapshot {
    return { step, epoch: step / 10, loss: 1 / (step + 1), accuracy: 0.5, done: step >= this.doneAt };
  }

  private open({ checkpoint, settings }: LearnRequest): Answer<LearnOpened> {
    if (checkpoint?.history.length === 0) return { ok: false, trouble: { code: 'engine', message: 'an empty checkpoint' } };
    this.calls.push(checkpoint ? `open at ${checkpoint.history.length - 1}` : 'open');
    this.history = checkpoint ? [...checkpoint.history] : [this.snapshot(0)];
    this.at = this.history.length - 1;
    return ok({
      settings, classNames: ['one'], layerNames: [], parameterCount: 1, trainCount: 1, testCount: 1, stepsPerEpoch: 10, history: this.history, keptSteps: [0],
      weights: 'from scratch', backend: 'none', renderer: 'none', lacks: [],
    });
  }
}
