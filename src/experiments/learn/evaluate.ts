import type { LabelledBatch } from './batches';
import {
  addConfusion, classAccuracies, countPrediction, createConfusion, intersectionsOverUnions, meanOfNumbers, overallAccuracy,
} from './confusion';
import type { Learner } from './learner';
import type { EvaluatedExample, LearnEvaluation } from './protocol';
import type { LearnSettings } from './settings';

/** A batch of test examples; the last one may be filled up with examples that do not count. */
export interface TestBatch {
  readonly batch: LabelledBatch;
  /** Numbers of those that count, in the test source. */
  readonly indices: readonly number[];
}

/** Looks at test examples a batch at a time; the page is answered in between. */
export async function evaluateBatches(learner: Learner, batches: AsyncIterable<TestBatch>, settings: LearnSettings, classes: number): Promise<LearnEvaluation> {
  const [step, confusion, examples, shapeIous] = [learner.steps, createConfusion(classes), [] as EvaluatedExample[], [] as number[]];
  let [loss, seen] = [0, 0];
  for await (const { batch, indices } of batches) {
    const prepared = learner.prepare(batch);
    const { probabilities, loss: batchLoss } = learner.look(prepared);
    const [rows, [value]] = await Promise.all([probabilities.data(), batchLoss.data()]).finally(() => {
      probabilities.dispose();
      batchLoss.dispose();
      prepared.dispose();
    });
    loss += value * indices.length;
    seen += indices.length;
    const rowsEach = batch.truth.length / batch.points.batch;
    indices.forEach((index, b) => {
      const truth = batch.truth.subarray(b * rowsEach, (b + 1) * rowsEach);
      const scores = rows.subarray(b * rowsEach * classes, (b + 1) * rowsEach * classes) as Float32Array;
      const own = createConfusion(classes);
      truth.forEach((label, row) => {
        if (label >= 0) countPrediction(own, label, largest(scores, row * classes, classes));
      });
      addConfusion(confusion, own);
      examples.push(settings.task === 'classify' ? classified(index, truth[0], scores) : { ...segmented(index, truth, scores, classes), pairs: pairsOf(own.counts, classes) });
      if (settings.task === 'segment') shapeIous.push(meanOfNumbers(intersectionsOverUnions(own)));
    });
  }
  return {
    step, loss: loss / seen, accuracy: overallAccuracy(confusion), perClass: classAccuracies(confusion), confusion: [...confusion.counts],
    ...(settings.task === 'segment' && { meanIou: meanOfNumbers(shapeIous), perPartIou: intersectionsOverUnions(confusion) }),
    examples,
  };
}

/** The class of the largest score of a row. */
export function largest(scores: ArrayLike<number>, start: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (scores[start + k] > scores[start + best]) best = k;
  return best;
}

function classified(index: number, truth: number, scores: Float32Array): EvaluatedExample {
  const predicted = largest(scores, 0, scores.length);
  return { index, ...(truth >= 0 && { truth }), predicted, confidence: scores[predicted] };
}

/** What a shape has of a confusion matrix: most of its cells are empty. */
const pairsOf = (counts: ArrayLike<number>, classes: number): number[] =>
  Array.from(counts).flatMap((count, cell) => (count > 0 ? [Math.floor(cell / classes), cell % classes, count] : []));

/** Predicted is the part of most points. */
function segmented(index: number, truth: Int32Array, scores: Float32Array, classes: number): EvaluatedExample {
  const votes = new Array<number>(classes).fill(0);
  let [right, known] = [0, 0];
  truth.forEach((label, row) => {
    if (label < 0) return;
    const predicted = largest(scores, row * classes, classes);
    votes[predicted]++;
    known++;
    if (predicted === label) right++;
  });
  return { index, predicted: largest(votes, 0, classes), confidence: known > 0 ? right / known : NaN };
}
