import { proxy, wrap } from 'comlink';
import type { EngineTrouble, PoseApi } from '../../workers/poseApi';
import type { EngineLink } from './engineLink';
import type { RunPlan } from './runPlan';

const drawsWebgl2 = (canvas: HTMLCanvasElement | OffscreenCanvas): boolean => canvas.getContext('webgl2') !== null;

/** Whether the engine can run off the page's thread: always, but where the page's own canvases draw WebGL2 and a worker's do not. */
export function canUseWorker(backend: RunPlan['backend']): boolean {
  if (typeof Worker === 'undefined') return false;
  if (backend === 'cpu' || (typeof OffscreenCanvas !== 'undefined' && drawsWebgl2(new OffscreenCanvas(1, 1)))) return true;
  return !drawsWebgl2(document.createElement('canvas'));
}

function connectWorker(): EngineLink {
  const worker = new Worker(new URL('../../workers/pose.worker.ts', import.meta.url), { type: 'module', name: 'pose engine' });
  const remote = wrap<PoseApi>(worker);
  const callbacks: ((trouble: EngineTrouble) => void)[] = [];
  const die = (message: string) => callbacks.forEach((callback) => callback({ code: 'died', message }));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die(event.message || 'The engine could not be started.');
  });
  worker.addEventListener('messageerror', () => die('A message from the engine could not be read.'));
  const api: PoseApi = {
    open: (request, onProgress) => remote.open(request, proxy(onProgress)),
    step: () => remote.step(),
    rewind: (step) => remote.rewind(step),
    edit: (pose) => remote.edit(pose),
    images: () => remote.images(),
    checkpoint: () => remote.checkpoint(),
    loseContext: () => remote.loseContext(),
    close: () => remote.close(),
  };
  return { api, place: 'worker', onDeath: (callback) => void callbacks.push(callback), terminate: () => worker.terminate() };
}

/** Lets the page paint and answer input before the engine takes its thread. */
export const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

async function connectMainThread(): Promise<EngineLink> {
  const { createPoseService } = await import('../../workers/poseService');
  const service = createPoseService();
  const api: PoseApi = { ...service, step: () => breathe().then(service.step), images: () => breathe().then(service.images) };
  return { api, place: 'main thread', onDeath: () => undefined, terminate: () => void service.close() };
}

/** An engine in a worker where the browser allows it, else on the page's own thread. */
export async function connectEngine(backend: RunPlan['backend']): Promise<EngineLink> {
  return canUseWorker(backend) ? connectWorker() : connectMainThread();
}
