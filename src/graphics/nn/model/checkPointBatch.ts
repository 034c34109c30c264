import type { PointBatch } from './pointModel';

/**
 * Refuses a batch whose arrays have other lengths than it says, or that lacks features.
 * @throws Error that names the argument and what is wrong with it.
 */
export function checkPointBatch({ batch, count, positions, features, sizes }: PointBatch, featureCount: number): void {
  const check = (name: string, length: number, shape: readonly number[]) => {
    const expected = shape.reduce((product, size) => product * size, 1);
    if (length !== expected) throw new Error(`${name} must have ${expected} numbers, [${shape.join(', ')}], but it has ${length}`);
  };
  check('positions', positions.length, [batch, count, 3]);
  if (featureCount > 0) check('features', features?.length ?? 0, [batch, count, featureCount]);
  if (sizes) check('sizes', sizes.length, [batch]);
  sizes?.forEach((size, b) => {
    if (!(size >= 0 && size <= count)) throw new Error(`sizes must lie between 0 and the number of points, ${count}, but element ${b} is ${size}`);
  });
}
