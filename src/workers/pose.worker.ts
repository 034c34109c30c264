import { expose, transfer } from 'comlink';
import { createPoseService } from './poseService';

const service = createPoseService();

expose({
  ...service,
  // Pictures are made anew each time and go over whole: a copy would keep the page's thread.
  images: async () => {
    const answer = await service.images();
    if (!answer.ok) return answer;
    const { target, rendering, difference, gradient } = answer.value;
    return transfer(answer, [target.data.buffer, rendering.data.buffer, difference.buffer, gradient.buffer] as ArrayBuffer[]);
  },
});
