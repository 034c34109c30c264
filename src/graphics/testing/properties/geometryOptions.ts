import { geometry, tf } from '../../index';
import type { Entry, Equal, Table } from './entry';
import { edges, neighbors, poolMap, topology } from './fixtures';
import { NEIGHBORHOODS } from './geometryNeighborhoods';
import { REPRESENTATION } from './geometryRepresentation';

// Entries for options other than the defaults, with the arguments of the entries for the defaults.

const { mesh, point, triangle } = geometry.representation;
const { graphConvolution, graphPooling } = geometry.convolution;
const { energy } = geometry.deformationEnergy.asConformalAsPossible;
const { umeyama } = geometry.registration;

type Changed = Pick<Entry, 'call' | 'law' | 'holds'> & Partial<Entry>;
const changed = (table: Table, path: string, words: string, entry: Changed): Table => ({ [`${path}#${words}`]: { ...table[path], ...entry } });
const isZero = (t: tf.Tensor): Equal => [t, tf.zerosLike(t)];
const later = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sub(b, a);

export const REPRESENTATION_OPTIONS: Table = {
  ...changed(REPRESENTATION, 'geometry.representation.triangle.normal', 'as long as the area', {
    call: ({ v0, v1, v2 }) => triangle.normal(v0, v1, v2, { clockwise: false, normalize: false }), law: 'is twice the area long, and against the other',
    holds: ({ v0, v1, v2 }, [n]) => { const area = triangle.area(v0, v1, v2); return [[tf.norm(n, 2, -1, true), tf.mul(2, area)], [tf.mul(tf.mul(-2, area), triangle.normal(v0, v1, v2)), n]]; },
  }),
  ...changed(REPRESENTATION, 'geometry.representation.mesh.normals.faceNormals', 'as long as the area', {
    call: ({ faces }) => mesh.normals.faceNormals(faces, { clockwise: false, normalize: false }), law: 'grows with the square of the scale',
    holds: ({ faces }, [n]) => [[mesh.normals.faceNormals(tf.mul(faces, 2), { clockwise: false, normalize: false }), tf.mul(n, 4)]],
  }),
  ...changed(REPRESENTATION, 'geometry.representation.point.distanceToRay', 'without the axis', {
    call: (x) => point.distanceToRay(x.point, x.origin, x.direction, { keepdims: false }), law: 'is the same without the axis',
    holds: (x, [d]) => [[tf.expandDims(d, -1), point.distanceToRay(x.point, x.origin, x.direction)]],
  }),
  ...changed(REPRESENTATION, 'geometry.representation.mesh.laplacian.cotangent', 'per area', {
    call: ({ values, vertices }) => mesh.laplacian.cotangent(values, vertices, topology(), { perArea: true }), law: 'falls with the square of the scale', tolerance: 1e-3,
    holds: ({ values, vertices }, [l]) => [[tf.mul(4, mesh.laplacian.cotangent(values, tf.mul(vertices, 2), topology(), { perArea: true })), l]],
  }),
};

export const NEIGHBORHOOD_OPTIONS: Table = {
  ...changed(NEIGHBORHOODS, 'geometry.convolution.graphPooling.pool', 'weighted', {
    call: ({ data }) => graphPooling.pool(data, poolMap(), null, { algorithm: 'weighted' }), law: 'is linear', holds: ({ data }, [y]) => [[graphPooling.pool(tf.mul(data, -2), poolMap(), null, { algorithm: 'weighted' }), tf.mul(y, -2)]],
  }),
  ...changed(NEIGHBORHOODS, 'geometry.convolution.graphPooling.unpool', 'weighted', {
    call: ({ data }) => graphPooling.unpool(data, poolMap(), null, { algorithm: 'weighted' }), law: 'is undone by weighted pooling', holds: ({ data }, [y]) => [[graphPooling.pool(y, poolMap(), null, { algorithm: 'weighted' }), data]],
  }),
  ...changed(NEIGHBORHOODS, 'geometry.convolution.graphConvolution.edgeConvolutionTemplate', 'max', {
    call: ({ data }) => graphConvolution.edgeConvolutionTemplate(data, neighbors(), null, later, 'max', undefined), law: 'of differences does not see constants',
    holds: ({ data }, [y]) => [[graphConvolution.edgeConvolutionTemplate(tf.add(data, 3), neighbors(), null, later, 'max', undefined), y]],
  }),
  ...changed(NEIGHBORHOODS, 'geometry.deformationEnergy.asConformalAsPossible.energy', 'as rigid as possible, edge by edge', {
    call: (x) => energy(x.verticesRestPose, x.verticesDeformedPose, x.quaternions, edges(), { conformalEnergy: false, aggregateLoss: false }), law: 'does not see how long quaternions are, and has the other as its mean', tolerance: 1e-3,
    holds: (x, [terms]) => {
      const all = (aggregateLoss: boolean) => energy(x.verticesRestPose, x.verticesDeformedPose, tf.mul(x.quaternions, 3), edges(), { conformalEnergy: false, aggregateLoss });
      return [[all(false), terms], [all(true), tf.mean(terms, -1)]];
    },
  }),
  ...changed(NEIGHBORHOODS, 'geometry.registration.umeyama', 'rigid', {
    args: { source: NEIGHBORHOODS['geometry.registration.umeyama'].args.source, target: NEIGHBORHOODS['geometry.registration.umeyama'].args.target },
    call: ({ source, target }) => umeyama(source, target, { withScale: false }), law: 'has a scale of 1, and finds a shift',
    singular: { 'one place': { source: [[1, 1, 1], [1, 1, 1]], target: [[2, 2, 2], [2, 2, 2]] } },
    holds: ({ source }, [, , scale]) => { const found = umeyama(source, tf.add(source, 2), { withScale: false }); return [isZero(tf.sub(scale, 1)), [found.translation, tf.fill(found.translation.shape, 2)]]; },
  }),
};
