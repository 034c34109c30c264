import { BackendError, startBackend, type GraphicsBackend } from './graphicsBackend';
import { isOutOfMemory } from './outOfMemory';
import type { Answer, EngineTrouble } from './poseApi';

const LOST: EngineTrouble = { code: 'context-lost', message: 'The browser took the graphics context away.' };

function troubleOf(error: unknown): EngineTrouble {
  if (error instanceof BackendError) return error.trouble;
  const message = error instanceof Error ? error.message : String(error);
  return isOutOfMemory(error) ? memoryTrouble(message) : { code: 'engine', message };
}

const memoryTrouble = (reason: string): EngineTrouble => ({
  code: 'out-of-memory', message: `There is not enough memory for this: ${reason.replace(/\.$/, '')}. Choose a smaller resolution, fewer hypotheses or a mesh with fewer faces.`,
});

/** Nothing throws where the graphics device refuses memory: what is computed then is none, or fails for a reason of its own. */
const REFUSED = { ok: false, trouble: memoryTrouble('the graphics device refused it') } as const;

/** A graphics backend, started once, whose loss settles every call in flight: reads of a lost context never do by themselves. */
export function createAnswering() {
  let backend: GraphicsBackend | undefined;
  let lose: () => void = () => undefined;
  let lost = new Promise<'lost'>(() => undefined);
  return {
    get backend() {
      return backend;
    },
    async start(name: 'webgl' | 'cpu'): Promise<GraphicsBackend> {
      if (backend) return backend;
      lost = new Promise((resolve) => { lose = () => resolve('lost'); });
      backend = await startBackend(name);
      backend.onLost(lose);
      return backend;
    },
    async answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
      try {
        const done = work().then((result) => ({ result }));
        const value = await Promise.race([done, lost]);
        if (value === 'lost') return { ok: false, trouble: LOST };
        return backend?.ranOutOfMemory() ? REFUSED : { ok: true, value: value.result };
      } catch (error) {
        return backend?.ranOutOfMemory() ? REFUSED : { ok: false, trouble: troubleOf(error) };
      }
    },
  };
}
