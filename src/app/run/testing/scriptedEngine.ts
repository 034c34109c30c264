import type { PoseSnapshot } from '../../../experiments/pose/protocol';
import { IDENTITY_POSE, type Pose } from '../../../scene/pose';
import type { Answer, EngineTrouble, OpenRequest, PoseApi } from '../../../workers/poseApi';
import type { EngineLink } from '../engineLink';

const camera = { height: 2, width: 2, fx: 2, fy: 2, cx: 1, cy: 1, near: 0.1, far: 10 };
const ok = <T>(value: T): Answer<T> => ({ ok: true, value });

/** An engine that speaks the protocol and computes nothing: each step's loss tells what led to it. */
export class ScriptedEngine {
  readonly calls: string[] = [];
  terminated = false;
  private history: PoseSnapshot[] = [];
  private at = 0;
  private death: (trouble: EngineTrouble) => void = () => undefined;
  /** The next step is answered with this. */
  trouble: EngineTrouble | undefined;
  /** Steps and edits are never answered, as after a lost context. */
  hangs = false;
  /** Steps are answered once this is. */
  gate: Promise<void> | undefined;

  constructor(private readonly doneAt = 20) {}

  readonly link: EngineLink = {
    place: 'main thread',
    onDeath: (callback) => { this.death = callback; },
    terminate: () => { this.terminated = true; },
    api: {
      open: async (request) => this.open(request),
      step: async () => {
        this.calls.push('step');
        await this.gate;
        if (this.hangs) return new Promise<never>(() => undefined);
        if (this.trouble) return { ok: false, trouble: this.trouble };
        return ok(this.append(IDENTITY_POSE, this.loss() + 1));
      },
      rewind: async (step) => {
        this.calls.push(`rewind ${step}`);
        this.at = step;
        return ok(this.history[step]);
      },
      edit: async (pose) => {
        this.calls.push('edit');
        if (this.hangs) return new Promise<never>(() => undefined);
        if (this.trouble) return { ok: false, trouble: this.trouble };
        return ok(this.append(pose, 1000));
      },
      images: async () => {
        this.calls.push('images');
        const image = { height: 1, width: 1, data: new Uint8ClampedArray(4) };
        return ok({ step: this.at, target: image, rendering: image, difference: new Float32Array(3), gradient: new Float32Array(3), height: 1, width: 1 });
      },
      checkpoint: async () => ok({ version: 1, history: this.history.slice(0, this.at + 1), state: null }),
      loseContext: async () => true,
      close: async () => undefined,
    } satisfies PoseApi,
  };

  die(): void {
    this.death({ code: 'died', message: 'killed' });
  }

  private open({ checkpoint }: OpenRequest) {
    this.calls.push(checkpoint ? `open at ${checkpoint.history.length - 1}` : 'open');
    this.history = checkpoint ? [...checkpoint.history] : [];
    this.at = this.history.length - 1;
    if (!checkpoint) this.append(IDENTITY_POSE, 0);
    return ok({ camera, truth: undefined, history: [...this.history], encoder: undefined, backend: 'none', renderer: 'none', software: false, lacks: [] });
  }

  private loss(): number {
    return this.history[this.at].metrics.loss;
  }

  private append(estimate: Pose, loss: number): PoseSnapshot {
    const step = this.at + 1;
    const done = step >= this.doneAt;
    const snapshot: PoseSnapshot = {
      step, phase: done ? 'done' : 'refine', estimate, hypotheses: [], done,
      metrics: { loss, imageMatched: false, iterations: step, pixels: 0 },
    };
    this.history = [...this.history.slice(0, step), snapshot];
    this.at = step;
    return snapshot;
  }
}
