import { createMeshGraph } from '../mesh';
import { createNeighborhood, neighborhoodFromTable, type SparseNeighborhood } from '../../../geometry/convolution';
import { layers } from '../../../layers';
import { randomTensors } from '../../../testing/randomTensors';
import * as tf from '../../../tf';
import * as rooms from '..';

/** A layer of ours, made from its arguments. */
export type LayerClass = { readonly className: string } & (new (args: never) => layers.Layer);

/** What a layer is made of and called with, none of it a default. */
export interface LayerCase {
  readonly args: Readonly<Record<string, unknown>>;
  readonly inputs: tf.Tensor | tf.Tensor[];
  /** The inputs without their table, where a neighbourhood may stand for it, and by what name. */
  readonly without?: { readonly inputs: tf.Tensor | tf.Tensor[]; readonly key: 'neighbors' | 'poolMap' };
  readonly call?: Readonly<Record<string, unknown>>;
}

/** Two clouds of six points, and whom each of them sees. */
export const [CLOUDS, POINTS, DEGREE] = [2, 6, 3];
/** Point 4 is seen by nobody, and point 5 sees one alone. */
const SEEN = [0, 1, 2, 1, 3, 5, 2, 0, 3, 3, 2, 1, 0, 5, 1, 2, -1, -1];
export const TABLE = Int32Array.from([...SEEN, ...SEEN]);

/** Who sees whom, as the layers' tables say; of both clouds, unless it is shared. */
export const neighborhoodOfTable = (table: Int32Array, options: { readonly shared?: boolean; readonly entryCount?: number } = {}): SparseNeighborhood => createNeighborhood(
  neighborhoodFromTable(table, DEGREE, { rowCount: POINTS, columnCount: POINTS, batch: options.shared ? [] : [CLOUDS] }), options.entryCount ? { entryCount: options.entryCount } : {},
);

/** Every class of layer that the rooms of nn.layer export. */
export const everyLayer = (): ReadonlyMap<string, LayerClass> => new Map(Object.entries(rooms).flatMap(([room, members]) => Object.entries(members)
  .filter(([, member]) => typeof member === 'function' && (member as { prototype: unknown }).prototype instanceof layers.Layer)
  .map(([name, member]): [string, LayerClass] => [`${room}.${name}`, member as unknown as LayerClass])));

/** @param name as {@link everyLayer} has it. */
export const makeLayer = (name: string, args: object): layers.Layer => new (everyLayer().get(name) as LayerClass)(args as never);

/** Output, gradients by all inputs and by all weights, of a layer called without its table. */
export function everything(name: string, { args, without }: LayerCase, call: object, inputs = without!.inputs): tf.Tensor[] {
  const layer = makeLayer(name, args);
  const list = Array.isArray(inputs) ? inputs : [inputs];
  const run = (given: readonly tf.Tensor[]) => layer.apply(Array.isArray(inputs) ? [...given] : given[0], call) as tf.Tensor;
  const y = run(list);
  const byInputs = tf.grads((...given: tf.Tensor[]) => tf.sum(tf.sin(run(given))))(list);
  if (layer.trainableWeights.length === 0) return [y, ...byInputs];
  const { grads } = tf.variableGrads(() => tf.sum(tf.sin(run(list))) as tf.Scalar);
  return [y, ...byInputs, ...layer.trainableWeights.map((weight) => grads[weight.name])];
}

/** A case for each of {@link everyLayer}, in the backend of the moment. */
export function layerCases(): { readonly [name: string]: LayerCase } {
  const random = randomTensors(3);
  const [x, features] = [random.uniform([CLOUDS, POINTS, 3]), random.uniform([CLOUDS, POINTS, 2])];
  const table = tf.tensor3d(TABLE, [CLOUDS, POINTS, DEGREE], 'int32');
  const seeing = (args: LayerCase['args'], inputs: tf.Tensor[], key: 'neighbors' | 'poolMap' = 'neighbors'): LayerCase =>
    ({ args, inputs: [...inputs, table], without: { inputs: inputs.length > 1 ? inputs : inputs[0], key } });
  const alone = (args: LayerCase['args'], inputs: LayerCase['inputs'] = x): LayerCase => ({ args, inputs });
  const [momentum, seed, width, classCount, dropoutRate] = [0.7, 0, 0.1, 3, 0.1];
  const network = { classCount, width, dropoutRate, momentum, seed };
  const kernel = { channels: 3, radius: 0.7, seed, activation: 'tanh', useBias: false, kernelRegularizer: 'l1l2' };
  const mesh = { positions: Float32Array.from(x.dataSync().slice(0, 3 * POINTS)), faces: Uint32Array.from([0, 1, 2, 1, 2, 3, 2, 3, 4]) };
  const graph = { graph: createMeshGraph([mesh, mesh], POINTS, { shares: [1 / 4] }) };
  const feast = { classCount, width, scales: 2, convolution: 'featureSteered', numWeightMatrices: 3, normalization: true, dropoutRate, seed };
  return {
    'edgeConv.EdgeConv': seeing({ channels: 4, k: 3, momentum, seed }, [x]),
    'edgeConv.DgcnnClassifier': alone({ ...network, k: 3 }),
    'edgeConv.DgcnnSegmenter': alone({ ...network, k: 3 }),
    'graphConvolution.FeatureSteeredConvolutionKerasLayer': seeing({ numOutputChannels: 3, numWeightMatrices: 2, translationInvariant: false, seed }, [x]),
    'graphConvolution.DynamicGraphConvolutionKerasLayer': seeing({ numOutputChannels: 3, reduction: 'weighted', activation: 'relu', seed }, [x]),
    'kpConv.KPConv': seeing({ ...kernel, kernelSize: 5, influence: 0.5, correlation: 'gaussian', kernelRadius: 0.4 }, [features, x]),
    'kpConv.DeformableKPConv': seeing({ ...kernel, kernelSize: 5, influence: 0.5, kernelRadius: 0.4 }, [features, x]),
    'mesh.FeastNetClassifier': { args: { ...feast, convolution: 'edge' }, inputs: x, call: graph },
    'mesh.FeastNetSegmenter': { args: { ...feast, convolution: 'graph' }, inputs: x, call: graph },
    'mesh.GraphConvolution': seeing({ channels: 3, activation: 'relu', seed }, [x]),
    'mesh.MeshPooling': seeing({ algorithm: 'weighted' }, [x], 'poolMap'),
    'mesh.MeshUnpooling': alone({ algorithm: 'weighted' }, [x, table]),
    'monteCarlo.MonteCarloConvolution': seeing({ ...kernel, kernelNet: [3, 4], kernelNets: 2, kernelActivation: 'tanh', bandwidth: 0.4, densityCorrection: false }, [features, x]),
    'pointConv.PointConv': seeing({ ...kernel, weightNet: [3, 4], weightActivation: 'softplus', normalization: true, bandwidth: 0.4, inverseDensity: false }, [features, x]),
    'pointnet.PointNetConv2Layer': alone({ channels: 4, momentum, seed }, tf.expandDims(x, 2)),
    'pointnet.PointNetDenseLayer': alone({ channels: 4, momentum, seed }, tf.squeeze(tf.slice(x, [0, 0, 0], [-1, 1, -1]), [1])),
    'pointnet.VanillaEncoder': alone({ momentum, seed }),
    'pointnet.ClassificationHead': alone({ numClasses: 3, momentum, dropoutRate, seed }, tf.squeeze(tf.slice(x, [0, 0, 0], [-1, 1, -1]), [1])),
    'pointnet.PointNetVanillaClassifier': alone({ numClasses: 3, momentum, dropoutRate, seed }),
    'points.FeaturePropagation': seeing({ channels: [4, 5], momentum, seed }, [x, features]),
    'points.GlobalPointPooling': alone({ algorithm: 'average' }),
    'points.PointNormalization': alone({ momentum }),
    'points.PointNet2Classifier': alone({ ...network, scales: 'multi' }),
    'points.PointNet2Segmenter': alone({ ...network, scales: 'multi' }),
    'points.PointNetClassifier': alone({ ...network, transforms: false }),
    'points.PointNetSegmenter': alone(network),
    'points.PointPooling': seeing({ algorithm: 'average' }, [x]),
    'points.PointResNet': seeing({ blocks: 2, bottleneck: 3, convolution: 'kpConv', radius: 0.7, projection: true, seed }, [features, x]),
    'points.PointUnpooling': seeing({ algorithm: 'interpolate' }, [x]),
    'points.SetAbstraction': seeing({ channels: [4, 5], momentum, seed }, [x, x, features]),
    'points.GlobalSetAbstraction': alone({ channels: [4, 5], momentum, seed }, [x, features]),
    'points.MultiScaleSetAbstraction': alone({ scales: [[4, 5], [3]], momentum, seed }, [x, x, features, table, table]),
    'points.SharedLayer': alone({ channels: 4, activation: 'leakyRelu', momentum, seed }),
    'points.TransformNet': alone({ size: 2, width, momentum, seed }),
  };
}
