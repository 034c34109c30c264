import type { Answer, EngineTrouble, OpenRequest, PoseApi } from '../../workers/poseApi';

/** A line to an engine: in a worker, or beside the page. */
export interface EngineLink<Api = PoseApi> {
  readonly api: Api;
  /** Where it computes, in words. */
  readonly place: 'worker' | 'main thread';
  /** Calls back when the engine is gone and calls in flight will never be answered. */
  onDeath(callback: (trouble: EngineTrouble) => void): void;
  /** Ends the engine at once. Calls in flight stay unanswered. */
  terminate(): void;
}

/** @param backend what the engine is to compute with: plain loops need no canvas. */
export type Connect = (backend: OpenRequest['backend']) => Promise<EngineLink>;

/** What the engine could not do. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';
  constructor(readonly trouble: EngineTrouble) {
    super(trouble.message);
  }
}

export function troubleOf(error: unknown): EngineTrouble {
  if (error instanceof TroubleError) return error.trouble;
  return { code: 'engine', message: error instanceof Error ? error.message : String(error) };
}

/** A link whose calls always settle: with the answer, or with the news that there will be none. */
export class EngineSession<Api = PoseApi> {
  private readonly pending = new Set<Promise<unknown>>();
  private dead = false;
  private fail: (error: TroubleError) => void = () => undefined;
  private readonly lost = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  /** `onDeath` is told when the engine dies of itself, whether or not a call is in flight. */
  constructor(readonly link: EngineLink<Api>, onDeath: (trouble: EngineTrouble) => void) {
    this.lost.catch(() => undefined);
    link.onDeath((trouble) => {
      this.dead = true;
      this.fail(new TroubleError(trouble));
      onDeath(trouble);
    });
  }

  async call<T>(ask: (api: Api) => Promise<Answer<T>>): Promise<T> {
    const asked = ask(this.link.api);
    this.pending.add(asked);
    const answer = await Promise.race([asked.finally(() => this.pending.delete(asked)), this.lost]);
    if (!answer.ok) throw new TroubleError(answer.trouble);
    return answer.value;
  }

  /** Gives the link back once its last call is answered, for another session; undefined where that takes longer than `patienceMs`. */
  async release(patienceMs: number): Promise<EngineLink<Api> | undefined> {
    const tooLong = new Promise<'too long'>((resolve) => setTimeout(() => resolve('too long'), patienceMs));
    const settled = await Promise.race([Promise.allSettled(this.pending), tooLong]);
    if (settled !== 'too long' && !this.dead) return this.link;
    this.end();
    return undefined;
  }

  end(): void {
    this.fail(new TroubleError({ code: 'died', message: 'The engine was ended.' }));
    this.link.terminate();
  }
}
