import { nn, tf } from '../../index';
import { integers, uniform } from './arguments';
import type { Argument, Exempt, Table } from './entry';

const { loss, metric } = nn;

const COUNTED = 'counts whole numbers';
const CLASSES = [0, 1, 2];
const labels = (): Argument => integers(['N'], 3);
const labelled = (): Record<'groundTruth' | 'prediction', Argument> => ({ groundTruth: labels(), prediction: labels() });
const points = (): Record<'pointSetA' | 'pointSetB', Argument> => ({ pointSetA: uniform(['N', 'D']), pointSetB: uniform(['M', 'D']) });
const isOne = (t: tf.Tensor): readonly [tf.Tensor, tf.Tensor] => [t, tf.onesLike(t)];
const COINCIDING = { 'equal sets': { pointSetA: [[0, 1], [2, 3]], pointSetB: [[2, 3], [0, 1]] }, 'single equal points': { pointSetA: [[1, 1]], pointSetB: [[1, 1]] }, 'one point twice': { pointSetA: [[1, 1], [1, 1]], pointSetB: [[0, 0]] } };

export const NN_EXEMPT: Exempt = { 'nn.loss.softmaxCrossEntropy.balancedWeights': 'takes and gives plain numbers: learningLosses.test.ts' };

export const NN_LOSSES: Table = {
  'nn.loss.chamferDistance.evaluate': {
    args: points(), law: 'is the same both ways, grows with the square of size, and is 0 for what lies in the same places',
    holds: ({ pointSetA: a, pointSetB: b }, [d]) => {
      const own = loss.chamferDistance.evaluate(a, tf.reverse(a, a.rank - 2));
      return [[loss.chamferDistance.evaluate(b, a), d], [loss.chamferDistance.evaluate(tf.mul(a, 2), tf.mul(b, 2)), tf.mul(d, 4)], [own, tf.zerosLike(own)]];
    },
    singular: COINCIDING,
  },
  'nn.loss.hausdorffDistance.evaluate': {
    args: points(), law: 'grows with size, and is 0 for what lies in the same places',
    holds: ({ pointSetA: a, pointSetB: b }, [d]) => {
      const own = loss.hausdorffDistance.evaluate(a, tf.reverse(a, a.rank - 2));
      return [[loss.hausdorffDistance.evaluate(tf.mul(a, 2), tf.mul(b, 2)), tf.mul(d, 2)], [own, tf.zerosLike(own)]];
    },
    singular: COINCIDING,
  },
  'nn.loss.orthogonality.evaluate': {
    args: { matrix: uniform(['N', 'N']) }, law: 'is 0 for the identity, and does not see the order of rows',
    holds: ({ matrix }, [l]) => {
      const identity = loss.orthogonality.evaluate(tf.broadcastTo(tf.eye(matrix.shape[matrix.rank - 1]!), matrix.shape));
      return [[identity, tf.zerosLike(l)], [loss.orthogonality.evaluate(tf.reverse(matrix, matrix.rank - 2)), l]];
    },
    singular: { nothing: { matrix: [[0, 0], [0, 0]] } },
  },
  'nn.loss.softmaxCrossEntropy.evaluate': {
    args: { labels: integers(['N'], 2), logits: { ...uniform(['N', 'K']), lenient: 'labels that do not fit them are refused' } }, batch: 'same', notElementwise: 'is one number for all elements', law: 'does not see what is added to all logits, and is ln K for equal ones',
    holds: ({ labels: l, logits }, [value]) => [
      [loss.softmaxCrossEntropy.evaluate(l, tf.add(logits, 3)), value],
      [loss.softmaxCrossEntropy.evaluate(l, tf.zerosLike(logits)), tf.scalar(Math.log(logits.shape[logits.rank - 1]!))],
    ],
    singular: { 'certain, and right': { labels: [0], logits: [[1000, -1000]] }, 'certain, and wrong': { labels: [1], logits: [[1000, -1000]] } },
  },
};

export const NN_METRICS: Table = {
  'nn.metric.precision.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, call: ({ groundTruth, prediction }) => metric.precision.evaluate(groundTruth, prediction, { classes: CLASSES, reduceAverage: false }),
    law: 'is the recall of truth and prediction in each other’s place', holds: ({ groundTruth, prediction }, [p]) => [[metric.recall.evaluate(prediction, groundTruth, { classes: CLASSES, reduceAverage: false }), p]],
    singular: { 'never predicted': { prediction: [0, 0], groundTruth: [1, 1] } },
  },
  'nn.metric.recall.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, call: ({ groundTruth, prediction }) => metric.recall.evaluate(groundTruth, prediction, { classes: CLASSES, reduceAverage: false }),
    law: 'is the precision of truth and prediction in each other’s place', holds: ({ groundTruth, prediction }, [r]) => [[metric.precision.evaluate(prediction, groundTruth, { classes: CLASSES, reduceAverage: false }), r]],
    singular: { 'never true': { prediction: [1, 1], groundTruth: [0, 0] } },
  },
  'nn.metric.fscore.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, call: ({ groundTruth, prediction }) => metric.fscore.evaluate(groundTruth, prediction, {
      precisionFunction: (truth, predicted) => metric.precision.evaluate(truth, predicted, { classes: 1 }), recallFunction: (truth, predicted) => metric.recall.evaluate(truth, predicted, { classes: 1 }),
    }),
    law: 'is the harmonic mean, the same with truth and prediction in each other’s place',
    holds: ({ groundTruth, prediction }, [f]) => {
      const [p, r] = [metric.precision, metric.recall].map((m) => m.evaluate(groundTruth, prediction, { classes: 1 }));
      return [[tf.mul(f, tf.add(p, r)), tf.mul(tf.mul(p, r), 2)]];
    },
  },
  'nn.metric.intersectionOverUnion.evaluate': {
    args: { groundTruthLabels: integers(['N'], 2), predictedLabels: integers(['N'], 2) }, batch: 'same', noGradients: COUNTED, law: 'is the same both ways, and 1 for equal grids',
    holds: ({ groundTruthLabels: a, predictedLabels: b }, [iou]) => [[metric.intersectionOverUnion.evaluate(b, a), iou], isOne(metric.intersectionOverUnion.evaluate(a, a))],
    singular: { empty: { groundTruthLabels: [0, 0], predictedLabels: [0, 0] } },
  },
  'nn.metric.meanIntersectionOverUnion.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, call: ({ groundTruth, prediction }) => metric.meanIntersectionOverUnion.evaluate(groundTruth, prediction, { classes: CLASSES }), law: 'is the same both ways, and 1 for equal labels',
    holds: ({ groundTruth: a, prediction: b }, [iou]) => [[metric.meanIntersectionOverUnion.evaluate(b, a, { classes: CLASSES }), iou], isOne(metric.meanIntersectionOverUnion.evaluate(a, a, { classes: CLASSES }))],
  },
  'nn.metric.meanIntersectionOverUnion.perPart': {
    args: labelled(), batch: 'same', noGradients: COUNTED, notElementwise: 'counts all shapes together', call: ({ groundTruth, prediction }) => metric.meanIntersectionOverUnion.perPart(groundTruth, prediction, { classes: CLASSES }),
    law: 'is the same both ways, and 1 for equal labels',
    holds: ({ groundTruth: a, prediction: b }, [iou]) => [[metric.meanIntersectionOverUnion.perPart(b, a, { classes: CLASSES }), iou], isOne(metric.meanIntersectionOverUnion.perPart(a, a, { classes: CLASSES }))],
  },
  'nn.metric.accuracy.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, law: 'is the share on the confusion matrix’s diagonal',
    holds: ({ groundTruth, prediction }, [share]) => {
      const table = metric.confusionMatrix.evaluate(groundTruth, prediction, 3);
      return [[share, tf.div(tf.sum(tf.mul(table, tf.eye(3)), [-2, -1]), tf.sum(table, [-2, -1]))]];
    },
  },
  'nn.metric.accuracy.perClass': {
    args: labelled(), batch: 'same', noGradients: COUNTED, notElementwise: 'counts all elements together', call: ({ groundTruth, prediction }) => tf.tidy(() => metric.accuracy.perClass(tf.zerosLike(groundTruth), prediction, { classes: [0] })),
    law: 'is the accuracy where there is one class', holds: ({ groundTruth, prediction }, [share]) => [[tf.reshape(share, []), tf.mean(metric.accuracy.evaluate(tf.zerosLike(groundTruth), prediction))]],
  },
  'nn.metric.confusionMatrix.evaluate': {
    args: labelled(), batch: 'same', noGradients: COUNTED, call: ({ groundTruth, prediction }) => metric.confusionMatrix.evaluate(groundTruth, prediction, 3), law: 'is turned over with truth and prediction in each other’s place',
    holds: ({ groundTruth, prediction }, [table]) => {
      const other = metric.confusionMatrix.evaluate(prediction, groundTruth, 3);
      return [[tf.transpose(other, [...other.shape.slice(0, -2).map((_, i) => i), other.rank - 1, other.rank - 2]), table]];
    },
  },
};

