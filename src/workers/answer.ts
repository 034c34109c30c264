import { BackendError, startBackend, type GraphicsBackend } from './graphicsBackend';
import type { Answer, EngineTrouble } from './poseApi';

const LOST: EngineTrouble = { code: 'context-lost', message: 'The browser took the graphics context away.' };

function troubleOf(error: unknown): EngineTrouble {
  if (error instanceof BackendError) return error.trouble;
  const message = error instanceof Error ? error.message : String(error);
  const memory = error instanceof RangeError || /out of memory|allocation failed|unable to create webgltexture|requested texture size/i.test(message);
  return memory
    ? { code: 'out-of-memory', message: `There is not enough memory for this: ${message}. Choose a smaller resolution, fewer hypotheses or a mesh with fewer faces.` }
    : { code: 'engine', message };
}

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
        return value === 'lost' ? { ok: false, trouble: LOST } : { ok: true, value: value.result };
      } catch (error) {
        return { ok: false, trouble: troubleOf(error) };
      }
    },
  };
}
