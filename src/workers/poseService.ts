import { createPoseExperiment } from '../experiments/pose/experiment';
import type { PoseExperiment } from '../experiments/pose/protocol';
import { BackendError, startBackend, type GraphicsBackend } from './graphicsBackend';
import { findEncoder } from './encoders';
import type { Answer, EngineTrouble, Opened, PoseApi } from './poseApi';

const LOST: EngineTrouble = { code: 'context-lost', message: 'The browser took the graphics context away.' };

function troubleOf(error: unknown): EngineTrouble {
  if (error instanceof BackendError) return error.trouble;
  const message = error instanceof Error ? error.message : String(error);
  const memory = error instanceof RangeError || /out of memory|allocation failed|unable to create webgltexture|requested texture size/i.test(message);
  return memory
    ? { code: 'out-of-memory', message: `There is not enough memory for this: ${message}. Choose a smaller resolution, fewer hypotheses or a mesh with fewer faces.` }
    : { code: 'engine', message };
}

/** The recovery engine behind the page's protocol: one experiment at a time. */
export function createPoseService(): PoseApi {
  let backend: GraphicsBackend | undefined;
  let experiment: PoseExperiment | undefined;
  let lose: () => void = () => undefined;
  // Reads of a lost context never settle, so every answer races against the loss.
  const lost = new Promise<'lost'>((resolve) => { lose = () => resolve('lost'); });

  async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
    try {
      const value = await Promise.race([work().then((result) => ({ result })), lost]);
      return value === 'lost' ? { ok: false, trouble: LOST } : { ok: true, value: value.result };
    } catch (error) {
      return { ok: false, trouble: troubleOf(error) };
    }
  }

  const current = (): PoseExperiment => {
    if (!experiment) throw new Error('No run was begun.');
    return experiment;
  };

  return {
    open: (request, onProgress) => answer(async (): Promise<Opened> => {
      onProgress({ label: 'Starting the graphics engine' });
      if (!backend) {
        backend = await startBackend(request.backend);
        backend.onLost(lose);
      }
      const { object, settings, target, checkpoint, baseUrl } = request;
      const encoder = settings.useEncoder ? await findEncoder(object.id, baseUrl, onProgress) : undefined;
      onProgress({ label: 'Warming up: compiling shaders and drawing the target' });
      experiment?.dispose();
      experiment = await createPoseExperiment({ object, settings, target, checkpoint, encoder: encoder?.encoder });
      return {
        camera: experiment.camera, truth: experiment.truth, history: checkpoint?.history ?? [experiment.current],
        encoder: encoder?.description, backend: backend.name, renderer: backend.renderer,
      };
    }),
    step: () => answer(() => current().step()),
    rewind: (step) => answer(() => current().rewind(step)),
    edit: (pose) => answer(() => current().edit(pose)),
    images: () => answer(() => current().images()),
    checkpoint: () => answer(async () => current().checkpoint()),
    loseContext: async () => backend?.loseContext() ?? false,
    close: async () => {
      experiment?.dispose();
      experiment = undefined;
    },
  };
}
