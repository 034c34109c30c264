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
