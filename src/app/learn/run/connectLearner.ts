import { proxy, wrap } from 'comlink';
import type { LearnApi, LearnBackend } from '../../../workers/learnApi';
import type { EngineTrouble } from '../../../workers/poseApi';
import { breathe, canUseWorker } from '../../run/connect';
import type { EngineLink } from '../../run/engineLink';

function connectWorker(): EngineLink<LearnApi> {
  const worker = new Worker(new URL('../../../workers/learn.worker.ts', import.meta.url), { type: 'module', name: 'training on points' });
  const remote = wrap<LearnApi>(worker);
  const callbacks: ((trouble: EngineTrouble) => void)[] = [];
  const die = (message: string) => callbacks.forEach((callback) => callback({ code: 'died', message }));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die(event.message || 'The training could not be started.');
  });
  worker.addEventListener('messageerror', () => die('A message from the training could not be read.'));
  const api: LearnApi = {
    open: (request, onProgress) => remote.open(request, proxy(onProgress)),
    advance: (batches) => remote.advance(batches),
    rewind: (step) => remote.rewind(step),
    evaluate: () => remote.evaluate(),
    example: (part, index) => remote.example(part, index),
    predict: (shape, without) => remote.predict(shape, without),
    inspect: (shape) => remote.inspect(shape),
    checkpoint: () => remote.checkpoint(),
    artifacts: () => remote.artifacts(),
    read: (file, siblings) => remote.read(file, siblings),
    survey: (files, task, onProgress) => remote.survey(files, task, proxy(onProgress)),
    loseContext: () => remote.loseContext(),
    close: () => remote.close(),
  };
  return { api, place: 'worker', onDeath: (callback) => void callbacks.push(callback), terminate: () => worker.terminate() };
}

async function connectMainThread(): Promise<EngineLink<LearnApi>> {
  const { createLearnService } = await import('../../../workers/learnService');
  const service = createLearnService();
  const api: LearnApi = { ...service, advance: (batches) => breathe().then(() => service.advance(batches)) };
  return { api, place: 'main thread', onDeath: () => undefined, terminate: () => void service.close() };
}

/** A training in a worker where the browser allows it, else on the page's own thread. */
export async function connectLearner(backend: LearnBackend): Promise<EngineLink<LearnApi>> {
  return canUseWorker(backend === 'cpu' ? 'cpu' : 'webgl') ? connectWorker() : connectMainThread();
}
