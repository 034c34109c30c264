import type { ReactNode } from 'react';
import type { LayerView } from '../../../experiments/learn/protocol';
import type { LearnModelId } from '../../../experiments/learn/settings';
import { name, operator as op, row, sub, under, word, fraction } from './math';

// What each kind of layer computes, in the letters of its paper: p for places, x for what comes in, y for what goes out, i for the centre, j for its neighbours.

export interface LayerFormula {
  readonly formula: ReactNode;
  /** The same for those who read text. */
  readonly alt: string;
  readonly says: string;
  readonly paper: string;
}

const x = (index: string) => sub(name('x'), name(index));
const y = (index: string) => sub(name('y'), name(index));
const p = (index: string) => sub(name('p'), name(index));
const neighbors = row(name('j'), op('∈'), sub(name('N'), name('i')));
const overNeighbors = (sign: string) => under(op(sign), neighbors);
const offset = row(p('j'), op('−'), p('i'));
const of = (f: ReactNode, ...args: ReactNode[]) => row(f, op('('), ...args.flatMap((arg, i) => (i > 0 ? [op(','), arg] : [arg])), op(')'));

const POINTNET: LayerFormula = {
  formula: row(y('i'), op('='), of(word('ReLU'), row(name('W'), x('i'), op('+'), name('b')))), alt: 'y i = ReLU(W x i + b)',
  says: 'Each point alone, all with the same weights; normalised over the batch before the ReLU.', paper: 'PointNet, Qi et al. 2017, §4.2',
};
const WHOLE: LayerFormula = {
  formula: row(name('y'), op('='), of(word('ReLU'), row(name('W'), name('x'), op('+'), name('b')))), alt: 'y = ReLU(W x + b)',
  says: 'The features of the whole shape, normalised over the batch before the ReLU.', paper: '',
};
const LEAKY: LayerFormula = {
  ...POINTNET, formula: row(y('i'), op('='), of(word('LeakyReLU'), row(name('W'), x('i'), op('+'), name('b')))), alt: 'y i = LeakyReLU(W x i + b)',
  says: 'Each point alone, all with the same weights; normalised over the batch before the LeakyReLU.', paper: '',
};
const LINEAR: LayerFormula = {
  formula: row(y('i'), op('='), name('W'), x('i'), op('+'), name('b')), alt: 'y i = W x i + b',
  says: 'Each vertex alone, all with the same weights.', paper: 'FeaStNet, Verma et al. 2018, §4',
};
const MEETING: LayerFormula = {
  formula: row(y('i'), op('='), of(word('ReLU'), row(name('W'), op('['), x('i'), op(','), name('g'), op(']'), op('+'), name('b')))), alt: 'y i = ReLU(W [x i, g] + b)',
  says: 'Each point’s own features x, of the layers before, beside those g of the whole shape; normalised over the batch.', paper: 'PointNet, Qi et al. 2017, §4.2',
};
const TRANSFORM: LayerFormula = {
  formula: row(y('i'), op('='), name('T'), x('i')), alt: 'y i = T x i',
  says: 'The same matrix T for each point; a small network reads it off the whole shape.', paper: 'PointNet, Qi et al. 2017, §4.2',
};
const MAXIMUM: LayerFormula = {
  formula: row(sub(name('y'), name('c')), op('='), under(word('max'), name('i')), sub(name('x'), row(name('i'), name('c')))), alt: 'y c = max over i of x i c',
  says: 'Of each channel the largest value of all points; the points that won are the critical ones.', paper: 'PointNet, Qi et al. 2017, eq. 1 and theorem 2',
};
const SET_ABSTRACTION: LayerFormula = {
  formula: row(y('i'), op('='), under(word('max'), neighbors), of(name('h'), x('j'), offset)), alt: 'y i = max over neighbours j of h(x j, p j − p i)',
  says: 'A small PointNet h on each neighbour’s features and its place relative to the centre, then the maximum.', paper: 'PointNet++, Qi et al. 2017, §3.2',
};
const EDGE: LayerFormula = {
  formula: row(y('i'), op('='), under(word('max'), neighbors), of(name('h'), x('i'), row(x('j'), op('−'), x('i')))), alt: 'y i = max over neighbours j of h(x i, x j − x i)',
  says: 'Edges to the neighbours in the space of features, found anew in each layer.', paper: 'DGCNN, Wang et al. 2019, eq. 8',
};
const POINTCONV: LayerFormula = {
  formula: row(y('i'), op('='), overNeighbors('∑'), of(name('S'), p('j')), of(name('W'), offset), x('j')), alt: 'y i = sum over neighbours j of S(p j) W(p j − p i) x j',
  says: 'A small network W gives the weights from where a neighbour lies; S counts crowded places down.', paper: 'PointConv, Wu et al. 2019, eq. 3',
};
const MONTE_CARLO: LayerFormula = {
  formula: row(
    y('i'), op('='), fraction(row(word('1')), row(op('|'), sub(name('N'), name('i')), op('|'))), overNeighbors('∑'),
    fraction(x('j'), row(name('p'), op('('), name('j'), op('|'), name('i'), op(')'))), of(name('g'), fraction(offset, name('r'))),
  ),
  alt: 'y i = 1/|N i| sum over neighbours j of x j / p(j|i) g((p j − p i)/r)',
  says: 'An integral by sampling: each neighbour counts the less, the denser points lie where it is.', paper: 'Hermosilla et al. 2018, eq. 4',
};
const KPCONV: LayerFormula = {
  formula: row(y('i'), op('='), overNeighbors('∑'), under(op('∑'), name('k')), of(name('h'), offset, sub(name('q'), name('k'))), sub(name('W'), name('k')), x('j')),
  alt: 'y i = sum over neighbours j and kernel points k of h(p j − p i, q k) W k x j',
  says: 'Weights sit on kernel points q; h falls from 1 at a kernel point to 0 at its reach.', paper: 'KPConv, Thomas et al. 2019, eq. 1–3',
};
const DEFORMABLE: LayerFormula = {
  formula: row(
    y('i'), op('='), overNeighbors('∑'), under(op('∑'), name('k')),
    of(name('h'), offset, row(sub(name('q'), name('k')), op('+'), of(sub(name('Δ'), name('k')), p('i')))), sub(name('W'), name('k')), x('j'),
  ),
  alt: 'y i = sum over neighbours j and kernel points k of h(p j − p i, q k + Δ k (p i)) W k x j',
  says: 'Each place i moves the kernel points q by Δ, which a rigid convolution on the same neighbourhood finds; they are shown where they were moved to.', paper: 'KPConv, Thomas et al. 2019, eq. 4–5',
};
const GRAPH: LayerFormula = {
  formula: row(y('i'), op('='), of(word('ReLU'), row(name('W'), overNeighbors('∑'), sub(name('a'), row(name('i'), name('j'))), x('j'), op('+'), name('b')))),
  alt: 'y i = ReLU(W sum over neighbours j of a i j x j + b)',
  says: 'The mean of the neighbours along the mesh’s edges, itself among them: a = 1/|N i|. One matrix for all; normalised over the batch before the ReLU.', paper: 'Kipf and Welling 2017, eq. 2',
};
const MESH_EDGE: LayerFormula = {
  formula: row(y('i'), op('='), under(word('max'), neighbors), of(name('h'), x('i'), row(x('j'), op('−'), x('i')))), alt: 'y i = max over neighbours j of h(x i, x j − x i)',
  says: 'The mesh’s own edges: h is a matrix on both ends, normalised over the batch, then the LeakyReLU.', paper: 'DGCNN, Wang et al. 2019, eq. 7–8',
};
const FEAST: LayerFormula = {
  formula: row(y('i'), op('='), name('b'), op('+'), under(op('∑'), name('m')), fraction(row(word('1')), row(op('|'), sub(name('N'), name('i')), op('|'))), overNeighbors('∑'), of(sub(name('q'), name('m')), x('i'), x('j')), sub(name('W'), name('m')), x('j')),
  alt: 'y i = b + sum over m of 1/|N i| sum over neighbours j of q m (x i, x j) W m x j',
  says: 'Neighbours along the mesh’s edges; q, a softmax of their features, shares each one out among the weight matrices.', paper: 'FeaStNet, Verma et al. 2018, eq. 3',
};
const POOL: LayerFormula = {
  formula: row(y('i'), op('='), under(word('max'), neighbors), x('j')), alt: 'y i = max over j of x j',
  says: 'Fewer points: each keeps the most of those that it stands for, channel by channel.', paper: '',
};
const MEAN: LayerFormula = {
  formula: row(name('y'), op('='), fraction(row(word('1')), row(op('|'), name('N'), op('|'))), under(op('∑'), name('j')), x('j')), alt: 'y = 1/|N| sum over j of x j',
  says: 'Of each channel the mean over all points.', paper: '',
};
const MESH_UNPOOL: LayerFormula = {
  formula: row(y('i'), op('='), op('['), x('j'), op(','), x('i'), op(']')), alt: 'y i = [x j, x i]',
  says: 'More vertices again: each takes what the one has that it was merged into, beside what it had itself before pooling.', paper: '',
};
const FROM_WHOLE: LayerFormula = {
  formula: row(y('i'), op('='), of(name('h'), x('i'), name('g'))), alt: 'y i = h(x i, g)',
  says: 'Each point takes the features g of the whole shape; a small PointNet h joins them with what it had.', paper: 'PointNet++, Qi et al. 2017, §3.4',
};
const UNPOOL: LayerFormula = {
  formula: row(y('i'), op('='), overNeighbors('∑'), sub(name('w'), row(name('i'), name('j'))), x('j')), alt: 'y i = sum over neighbours j of w i j x j',
  says: 'More points again: each takes from the coarse ones near it, by inverse distance, beside what it had itself.', paper: 'PointNet++, Qi et al. 2017, eq. 2',
};

const POINT_CONVOLUTIONS: Readonly<Record<string, LayerFormula>> = { pointnet2: SET_ABSTRACTION, pointconv: POINTCONV, montecarlo: MONTE_CARLO };
const MESH_CONVOLUTIONS: Readonly<Record<string, LayerFormula>> = { feastnet: FEAST, graphconv: GRAPH, meshedgeconv: MESH_EDGE };

/** Dense layers of networks on neighbourhoods that keep a little of what is negative. */
const LEAKY_LAYERS: readonly string[] = ['dgcnn features', 'kpconv conv5', 'kpconv-deformable conv5'];

export interface LayerPlace {
  /** Its only output stands for the whole shape. */
  readonly whole: boolean;
  /** The layer before it has one output that stands for the whole shape, and it has many. */
  readonly spreads: boolean;
  /** Each of its places has moved its kernel points. */
  readonly deforms?: boolean;
}

const isMesh = (model: LearnModelId): boolean => model in MESH_CONVOLUTIONS;

function denseFormula(layer: string, model: LearnModelId, { whole, spreads }: LayerPlace): LayerFormula {
  if (/Transform$/.test(layer)) return TRANSFORM;
  if (isMesh(model) && layer === 'linear1') return LINEAR;
  if (spreads) return MEETING;
  if (whole) return WHOLE;
  return LEAKY_LAYERS.includes(`${model} ${layer}`) ? LEAKY : POINTNET;
}

/** What a layer computes. */
export function formulaOf({ kind, name: layer }: Pick<LayerView, 'kind' | 'name'>, model: LearnModelId, place: LayerPlace): LayerFormula {
  const { deforms = false } = place;
  switch (kind) {
    case 'global max': return MAXIMUM;
    case 'edge convolution': return EDGE;
    case 'kernel point convolution': return deforms ? DEFORMABLE : KPCONV;
    case 'mesh convolution': return MESH_CONVOLUTIONS[model] ?? FEAST;
    case 'pool': return place.whole ? MEAN : POOL;
    case 'unpool': return isMesh(model) ? MESH_UNPOOL : place.spreads ? FROM_WHOLE : UNPOOL;
    case 'point convolution': return POINT_CONVOLUTIONS[model] ?? SET_ABSTRACTION;
    default: return denseFormula(layer, model, place);
  }
}
