import { registerCpuKernel } from '../cpuKernel';
import { productBlocks } from '../matMul/product';
import { DENSE_ARG_MAX, type DenseArgMaxAttrs } from './names';

/**
 * Which row of x gives the largest element of signs ∘ (x · w) in each segment: block after block of the product, none of which is kept.
 * @param x [M, D] @param w [D, C] @param signs [C] @param segments [M] @returns [S, C], −1 in empty segments
 */
registerCpuKernel(DENSE_ARG_MAX, ['x', 'w', 'signs', 'segments'], ({ x, w, signs, segments }, { segmentCount }: DenseArgMaxAttrs) => {
  const [rows, depth] = x.shape;
  const columns = w.shape[1];
  const signed = Float32Array.from(w.reals, (value, i) => value * signs.reals[i % columns]);
  const choices = new Float32Array(segmentCount * columns).fill(-1);
  const best = new Float32Array(segmentCount * columns).fill(-Infinity);
  const left = { values: x.reals as Float32Array, offset: 0, rowStep: depth, columnStep: 1 };
  const right = { values: signed, offset: 0, rowStep: columns, columnStep: 1 };
  productBlocks(left, right, { rows, columns, depth }, ({ firstRow, rowCount, firstColumn, columnCount, values, stride }) => {
    for (let i = 0; i < rowCount; i++) {
      const segment = segments.indices[firstRow + i];
      if (segment < 0) continue;
      for (let j = 0, at = i * stride, to = segment * columns + firstColumn; j < columnCount; j++, at++, to++) {
        if (values[at] > best[to]) {
          best[to] = values[at];
          choices[to] = firstRow + i;
        }
      }
    }
  });
  return { shape: [segmentCount, columns], values: choices };
});
