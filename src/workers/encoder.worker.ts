import { expose, transfer } from 'comlink';
import type { Answer } from './poseApi';
import type { EncoderArtifacts } from './trainerApi';
import { createTrainerService } from './trainerService';

const service = createTrainerService();

/** Weights are encoded anew each time and go over whole: a copy of some megabytes would keep the page's thread. */
async function weightsWhole(pending: Promise<Answer<EncoderArtifacts>>): Promise<Answer<EncoderArtifacts>> {
  const answer = await pending;
  const data = answer.ok ? answer.value.weightData : undefined;
  return data instanceof ArrayBuffer ? transfer(answer, [data]) : answer;
}

expose({ ...service, artifacts: () => weightsWhole(service.artifacts()), checkpoint: () => weightsWhole(service.checkpoint()) });
