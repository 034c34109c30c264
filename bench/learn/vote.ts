import { augmentCloud } from '../../src/experiments/learn/augment';
import type { LearnExperiment } from '../../src/experiments/learn';
import { drawPoints } from '../../src/experiments/learn/points';
import { shapeOf } from '../../src/experiments/learn/shapes';
import { pointCount } from '../../src/scene/pointCloud';
import { createRandom } from '../../src/scene/random';

/** How far clouds are stretched from one look to the next. */
const STRETCH = 0.1;

/** Accuracy on the test examples where each is looked at so many times, with other points and a little stretched, and the probabilities averaged. */
export async function voteAccuracy(experiment: LearnExperiment, votes: number): Promise<number> {
  const { dataset: { test }, settings, classNames } = experiment;
  let right = 0;
  for (let i = 0; i < test.count; i++) {
    // Normals are estimated from all points, as in training.
    const { cloud, label } = shapeOf(await test.read(i), settings);
    const random = createRandom(i + 1);
    const sums = classNames.map(() => 0);
    for (let vote = 0; vote < votes; vote++) {
      const drawn = drawPoints(cloud, Math.min(settings.points, pointCount(cloud)), random);
      const look = augmentCloud(drawn, { rotation: 'none', jitter: 0, scale: vote === 0 ? 0 : STRETCH, dropout: 0 }, random);
      (await experiment.predict(look)).probabilities.forEach((p, k) => { sums[k] += p; });
    }
    if (sums.indexOf(Math.max(...sums)) === label) right++;
  }
  return right / test.count;
}
