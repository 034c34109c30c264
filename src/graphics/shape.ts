interface Shaped { readonly shape: readonly number[] }

const show = (shape: readonly (number | null)[]): string => `[${shape.map((d) => d ?? '?').join(', ')}]`;

/**
 * Refuses a tensor whose shape is not `expected` (null = any size), naming the argument, the axis and the shape seen.
 * Runs before any maths.
 */
export function checkShape(name: string, tensor: Shaped, expected: readonly (number | null)[]): void {
  const { shape } = tensor;
  if (shape.length !== expected.length) {
    throw new Error(`${name} must have a rank of ${expected.length}, but it has rank ${shape.length} and shape ${show(shape)}`);
  }
  expected.forEach((size, axis) => {
    if (size !== null && shape[axis] !== size) {
      throw new Error(`${name} must have exactly ${size} dimensions in axis ${axis}, but it has shape ${show(shape)}`);
    }
  });
}

/** Refuses a tensor whose last axis is not `size`; any batch shape before it is allowed. */
export function checkLastAxis(name: string, tensor: Shaped, size: number): void {
  const { shape } = tensor;
  if (shape.length < 1 || shape[shape.length - 1] !== size) {
    throw new Error(`${name} must have exactly ${size} dimensions in axis -1, but it has shape ${show(shape)}`);
  }
}

/** Refuses a tensor whose last two axes are not rows × columns; any batch shape before them is allowed. */
export function checkMatrix(name: string, tensor: Shaped, rows: number, columns: number): void {
  const { shape } = tensor;
  if (shape.length < 2) throw new Error(`${name} must have a rank of greater than 1, but it has rank ${shape.length} and shape ${show(shape)}`);
  if (shape[shape.length - 2] !== rows) throw new Error(`${name} must have exactly ${rows} dimensions in axis -2, but it has shape ${show(shape)}`);
  checkLastAxis(name, tensor, columns);
}

/** Refuses a tensor of lower rank. */
export function checkMinimumRank(name: string, tensor: Shaped, rank: number): void {
  const { shape } = tensor;
  if (shape.length < rank) throw new Error(`${name} must have a rank of greater than ${rank - 1}, but it has rank ${shape.length} and shape ${show(shape)}`);
}

/** A tensor whose batch shape is checked: its name, itself, and how many of its last axes do not belong to the batch. */
export type BatchEntry = readonly [name: string, tensor: Shaped, ownAxes: number];

const batchOf = ([, { shape }, ownAxes]: BatchEntry): readonly number[] => shape.slice(0, shape.length - ownAxes);
const showBatches = (entries: readonly BatchEntry[]): string => entries.map((entry) => `${entry[0]}: ${show(batchOf(entry))}`).join(', ');

/** The shape that batch shapes broadcast to; refuses those that do not, naming every argument and its batch shape. */
export function broadcastBatches(...entries: readonly BatchEntry[]): number[] {
  const batches = entries.map(batchOf);
  const rank = Math.max(...batches.map((batch) => batch.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = batches.map((batch) => batch[axis - rank + batch.length] ?? 1).filter((size) => size !== 1);
    if (sizes.some((size) => size !== sizes[0])) throw new Error(`Not all batch dimensions are broadcast-compatible: [${showBatches(entries)}]`);
    return sizes[0] ?? 1;
  });
}

/** Refuses tensors whose batch shapes differ, naming every argument and its batch shape. */
export function checkSameBatches(...entries: readonly BatchEntry[]): number[] {
  const [first, ...others] = entries.map(batchOf);
  if (others.some((batch) => show(batch) !== show(first))) throw new Error(`Not all batch dimensions are identical: [${showBatches(entries)}]`);
  return [...first];
}

/** The place of a possibly negative axis; refuses one that the tensor does not have. */
export function checkAxis(name: string, tensor: Shaped, axis: number, size?: number): number {
  const { shape } = tensor;
  const place = axis < 0 ? axis + shape.length : axis;
  if (!(place in shape)) throw new Error(`${name} has no axis ${axis}: it has rank ${shape.length} and shape ${show(shape)}`);
  if (size !== undefined && shape[place] !== size) throw new Error(`${name} must have exactly ${size} dimensions in axis ${axis}, but it has shape ${show(shape)}`);
  return place;
}
