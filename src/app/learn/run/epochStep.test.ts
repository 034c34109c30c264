import { expect, it } from 'vitest';
import { epochStep } from './epochStep';

it.each([[0, 1, 7], [6, 1, 7], [7, 1, 14], [8, 1, 14], [14, -1, 7], [13, -1, 7], [8, -1, 7], [7, -1, 0], [3, -1, 0], [0, -1, 0]] as const)(
  'from step %i, by %i, it is step %i where an epoch has 7', (shown, by, step) => expect(epochStep(shown, 7, by)).toBe(step),
);
