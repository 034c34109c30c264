import { createPoseExperiment } from '../experiments/pose/experiment';
import type { PoseExperiment } from '../experiments/pose/protocol';
import { createAnswering } from './answer';
import { findEncoder, type FoundEncoder } from './encoders';
import type { Opened, PoseApi } from './poseApi';

/** The recovery engine behind the page's protocol: one experiment at a time. */
export function createPoseService(): PoseApi {
  const graphics = createAnswering();
  const { answer } = graphics;
  let experiment: PoseExperiment | undefined;
  let encoder: FoundEncoder | undefined;

  const current = (): PoseExperiment => {
    if (!experiment) throw new Error('No run was begun.');
    return experiment;
  };
  const close = () => {
    experiment?.dispose();
    encoder?.encoder.dispose();
    experiment = encoder = undefined;
  };

  return {
    open: (request, onProgress) => answer(async (): Promise<Opened> => {
      onProgress({ label: 'Starting the graphics engine' });
      const backend = await graphics.start(request.backend);
      close();
      const { object, settings, target, checkpoint } = request;
      encoder = settings.useEncoder ? await findEncoder(request, onProgress) : undefined;
      onProgress({ label: 'Warming up: compiling shaders and drawing the target' });
      try {
        experiment = await createPoseExperiment({ object, settings, target, checkpoint, encoder: encoder?.encoder });
      } catch (error) {
        close();
        throw error;
      }
      return {
        camera: experiment.camera, truth: experiment.truth, history: checkpoint?.history ?? [experiment.current],
        encoder: encoder?.description, backend: backend.name, renderer: backend.renderer, software: backend.software, lacks: backend.lacks,
      };
    }),
    step: () => answer(() => current().step()),
    rewind: (step) => answer(() => current().rewind(step)),
    edit: (pose) => answer(() => current().edit(pose)),
    images: () => answer(() => current().images()),
    checkpoint: () => answer(async () => current().checkpoint()),
    loseContext: async () => graphics.backend?.loseContext() ?? false,
    close: async () => close(),
  };
}
