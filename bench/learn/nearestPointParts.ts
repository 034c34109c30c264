import { countPrediction, createConfusion, intersectionsOverUnions, meanOfNumbers } from '../../src/experiments/learn/confusion';
import type { LearnDataset, LearnSettings } from '../../src/experiments/learn';
import { createShapeReader, drawShape } from '../../src/experiments/learn/shapes';
import { nearestNeighbors } from '../../src/scene/nearestNeighbors';
import { createRandom } from '../../src/scene/random';

/** Training shapes whose points are searched. */
const MOST_SEARCHED = 32;
const VOTES = 15;

/** The mean IoU that nearest points reach: each point gets the part of most of the training points around its place in the unit ball. */
export async function nearestPointParts(dataset: LearnDataset, settings: LearnSettings): Promise<number> {
  const draw = async (part: 'train' | 'test', count: number) => {
    const read = createShapeReader(dataset[part], settings);
    return Promise.all(Array.from({ length: Math.min(count, dataset[part].count) }, async (_, i) => drawShape(await read(i), settings, createRandom(i + 1), false).cloud));
  };
  const train = await draw('train', MOST_SEARCHED);
  const searched = Float32Array.from(train.flatMap(({ positions }) => [...positions]));
  const labels = train.flatMap(({ labels: own = new Uint8Array() }) => [...own]);
  const classes = dataset.classNames.length;
  const ious = (await draw('test', Infinity)).map(({ positions, labels: truth = new Uint8Array() }) => {
    const { indices } = nearestNeighbors(searched, 3, VOTES, { queries: positions });
    const confusion = createConfusion(classes);
    truth.forEach((label, i) => {
      const votes = new Array<number>(classes).fill(0);
      for (const neighbor of indices.subarray(i * VOTES, (i + 1) * VOTES)) if (neighbor >= 0) votes[labels[neighbor]]++;
      countPrediction(confusion, label, votes.indexOf(Math.max(...votes)));
    });
    return meanOfNumbers(intersectionsOverUnions(confusion));
  });
  return meanOfNumbers(ious);
}
