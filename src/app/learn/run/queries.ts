import type { LearnApi } from '../../../workers/learnApi';
import type { Answer } from '../../../workers/poseApi';

/** The run that was asked has gone; nobody needs the answer any more. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** Something to ask an engine between two steps. */
export interface Query {
  readonly ask: (api: LearnApi) => Promise<Answer<unknown>>;
  readonly settle: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** Questions in the order they were asked. Of those with a name only the last one waits; the ones before it are superseded. */
export class QueryList {
  private waiting: { readonly name?: string; readonly query: Query }[] = [];

  add<T>(ask: (api: LearnApi) => Promise<Answer<T>>, name?: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (name !== undefined) {
        this.waiting.filter((entry) => entry.name === name).forEach(({ query }) => query.fail(new Superseded()));
        this.waiting = this.waiting.filter((entry) => entry.name !== name);
      }
      this.waiting.push({ name, query: { ask, settle: resolve as (value: unknown) => void, fail: reject } });
    });
  }

  take(): Query | undefined {
    return this.waiting.shift()?.query;
  }

  /** A question that an engine died over is asked of the next one first. */
  giveBack(query: Query): void {
    this.waiting.unshift({ query });
  }

  get empty(): boolean {
    return this.waiting.length === 0;
  }

  clear(): void {
    const left = this.waiting;
    this.waiting = [];
    left.forEach(({ query }) => query.fail(new Superseded()));
  }
}
