import { proxy, wrap } from 'comlink';
import { createStore, del, get, set } from 'idb-keyval';
import type { EngineTrouble } from '../../workers/poseApi';
import type { EncoderArtifacts, TrainerApi } from '../../workers/trainerApi';
import type { TrainerLink, TrainingStore } from './trainController';

/** A trainer in a worker of its own, with a graphics context of its own: the recovery goes on beside it. */
export function connectTrainer(): TrainerLink {
  const worker = new Worker(new URL('../../workers/encoder.worker.ts', import.meta.url), { type: 'module', name: 'encoder training' });
  const remote = wrap<TrainerApi>(worker);
  const callbacks: ((trouble: EngineTrouble) => void)[] = [];
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    callbacks.forEach((callback) => callback({ code: 'died', message: event.message || 'The training could not be started.' }));
  });
  const api: TrainerApi = {
    open: (request, onProgress) => remote.open(request, proxy(onProgress)),
    advance: (batches) => remote.advance(batches),
    evaluate: () => remote.evaluate(),
    artifacts: () => remote.artifacts(),
    checkpoint: () => remote.checkpoint(),
  };
  return { api, onDeath: (callback) => void callbacks.push(callback), terminate: () => worker.terminate() };
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
