import { nn } from '../../index';
import type { GoldenAdapters, GoldenAttrs, GoldenRoom } from './golden';
import fixture from './nn.json?raw';

const { chamferDistance, hausdorffDistance } = nn.loss;
const { fscore, intersectionOverUnion, precision, recall } = nn.metric;

const classOptions = (a: GoldenAttrs) => ({ classes: a.classes as readonly number[] | undefined, reduceAverage: a.reduce_average as boolean });
/** Their cases of the F-score look at class 1 alone. */
const POSITIVE = { classes: 1 };

const adapters: GoldenAdapters = {
  'nn.loss.chamfer_distance.evaluate': (x) => chamferDistance.evaluate(x.point_set_a, x.point_set_b),
  'nn.loss.hausdorff_distance.evaluate': (x) => hausdorffDistance.evaluate(x.point_set_a, x.point_set_b),
  'nn.metric.precision.evaluate': (x, a) => precision.evaluate(x.ground_truth, x.prediction, classOptions(a)),
  'nn.metric.recall.evaluate': (x, a) => recall.evaluate(x.ground_truth, x.prediction, classOptions(a)),
  'nn.metric.fscore.evaluate': (x) => fscore.evaluate(x.ground_truth, x.prediction, {
    precisionFunction: (truth, prediction) => precision.evaluate(truth, prediction, POSITIVE),
    recallFunction: (truth, prediction) => recall.evaluate(truth, prediction, POSITIVE),
  }),
  'nn.metric.intersection_over_union.evaluate': (x, { grid_size }) =>
    intersectionOverUnion.evaluate(x.ground_truth_labels, x.predicted_labels, { gridSize: grid_size as number }),
};

export const nnRoom: GoldenRoom = { fixture, adapters };
