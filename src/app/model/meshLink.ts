import { proxy, wrap } from 'comlink';
import type { LoadedObject, FileTrouble, MeshApi, MeshSource } from '../../workers/meshApi';

export class FileTroubleError extends Error {
  override readonly name = 'FileTroubleError';
  constructor(readonly trouble: FileTrouble) {
    super(trouble.reason);
  }
}

/** A load under way. */
export interface Loading {
  readonly result: Promise<LoadedObject>;
  /** Ends the reader; `result` then never settles. */
  cancel(): void;
}

/** Reads an object in a worker of its own, which ends with it: a reader that runs out of memory takes nothing along. */
export function loadObject(source: MeshSource, onProgress: (label: string, fraction?: number) => void): Loading {
  if (typeof Worker === 'undefined') return { result: loadHere(source, onProgress), cancel: () => undefined };
  const worker = new Worker(new URL('../../workers/mesh.worker.ts', import.meta.url), { type: 'module', name: 'mesh reader' });
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new FileTroubleError({
        code: 'out-of-memory', reason: event.message || 'The reader stopped before it was done.',
        advice: 'The mesh may be too large for this browser; try one with fewer faces.',
      }));
    });
  });
  const result = Promise.race([wrap<MeshApi>(worker).load(source, proxy(onProgress)), died]).then((answer) => {
    if (!answer.ok) throw new FileTroubleError(answer.trouble);
    return answer.value;
  }).finally(() => worker.terminate());
  return { result, cancel: () => worker.terminate() };
}

async function loadHere(source: MeshSource, onProgress: (label: string, fraction?: number) => void): Promise<LoadedObject> {
  const { createMeshService } = await import('../../workers/meshService');
  const answer = await createMeshService().load(source, onProgress);
  if (!answer.ok) throw new FileTroubleError(answer.trouble);
  return answer.value;
}
