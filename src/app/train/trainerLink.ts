import { proxy, wrap } from 'comlink';
import { createStore, del, get, set } from 'idb-keyval';
import type { EngineTrouble } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi } from '../../workers/trainerApi';
import { breathe, canUseWorker } from '../run/connect';
import type { EngineLink } from '../run/engineLink';
import type { TrainingStore } from './trainController';

function connectWorker(): EngineLink<TrainerApi> {
  const worker = new Worker(new URL('../../workers/encoder.worker.ts', import.meta.url), { type: 'module', name: 'encoder training' });
  const remote = wrap<TrainerApi>(worker);
  const callbacks: ((trouble: EngineTrouble) => void)[] = [];
  const die = (message: string) => callbacks.forEach((callback) => callback({ code: 'died', message }));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die(event.message || 'The training could not be started.');
  });
  worker.addEventListener('messageerror', () => die('A message from the training could not be read.'));
  const api: TrainerApi = {
    open: (request, onProgress) => remote.open(request, proxy(onProgress)),
    advance: (batches) => remote.advance(batches),
    evaluate: () => remote.evaluate(),
    artifacts: () => remote.artifacts(),
    checkpoint: () => remote.checkpoint(),
    close: () => remote.close(),
  };
  return { api, place: 'worker', onDeath: (callback) => void callbacks.push(callback), terminate: () => worker.terminate() };
}

async function connectMainThread(): Promise<EngineLink<TrainerApi>> {
  const { createTrainerService } = await import('../../workers/trainerService');
  const service = createTrainerService();
  const api: TrainerApi = {
    ...service,
    // The page answers input after every batch.
    async advance(batches) {
      for (let i = 1; i < batches; i++) {
        await breathe();
        const answer = await service.advance(1);
        if (!answer.ok) return answer;
      }
      await breathe();
      return service.advance(1);
    },
  };
  return { api, place: 'main thread', onDeath: () => undefined, terminate: () => void service.close() };
}

/** A trainer with a graphics context of its own, so that the recovery goes on beside it: in a worker where the browser allows it, else on the page's own thread. */
export async function connectTrainer(): Promise<EngineLink<TrainerApi>> {
  return canUseWorker('webgl') ? connectWorker() : connectMainThread();
}

const PREFIX = 'diorama/encoder/';

/** Checkpoints in IndexedDB; where the browser gives none, training simply begins anew. */
export function browserTrainings(): TrainingStore {
  const quietly = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch {
      return undefined;
    }
  };
  const shelf = createStore('diorama-encoders', 'checkpoints');
  return {
    load: (key) => quietly(() => get<EncoderArtifacts>(PREFIX + key, shelf).then((kept) => kept ?? undefined)),
    save: async (key, checkpoint) => void await quietly(() => set(PREFIX + key, checkpoint, shelf)),
    remove: async (key) => void await quietly(() => del(PREFIX + key, shelf)),
  };
}
