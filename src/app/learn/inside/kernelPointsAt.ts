import type { LayerView } from '../../../experiments/learn/protocol';

type View = Pick<LayerView, 'kernelPoints' | 'entryWeights' | 'neighborhood'>;

/** W: how many numbers the kernel gives each neighbour, one for each of its points. */
const widthOf = ({ entryWeights, neighborhood }: View): number => (entryWeights && neighborhood ? entryWeights.length / Math.max(1, neighborhood.columns.length) : 0);

/** Whether each output has moved the kernel points for itself. */
export const movesKernelPoints = (view: View): boolean => view.kernelPoints !== undefined && view.kernelPoints.length > 3 * widthOf(view);

/** The kernel points at one output, [W, 3], relative to it: the layer's, or those that this output moved. Undefined where there are none. */
export function kernelPointsAt(view: View, row: number): Float32Array | undefined {
  const size = 3 * widthOf(view);
  return movesKernelPoints(view) ? view.kernelPoints?.slice(row * size, (row + 1) * size) : view.kernelPoints;
}
