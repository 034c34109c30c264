import { expect, it } from 'vitest';
import { interleave } from './interleave';

/** A clock that each way moves by its own time. */
function clockwork() {
  let time = 0;
  const order: string[] = [];
  const way = (name: string, ms: number) => () => {
    order.push(name);
    time += ms;
  };
  return { now: () => time, order, way };
}

it('runs each twice untimed, then in turn, in an order that turns', () => {
  const { now, order, way } = clockwork();
  const measured = interleave({ a: way('a', 1), b: way('b', 20) }, { trials: 3, seconds: 100 }, now);
  expect(order.join('')).toBe('abab' + 'ab' + 'ba' + 'ab');
  expect(measured).toEqual({ a: { trials: [1, 1, 1], median: 1 }, b: { trials: [20, 20, 20], median: 20 } });
});

it('stops when its time is up, after one round at least', () => {
  const { now, way } = clockwork();
  expect(interleave({ a: way('a', 600) }, { trials: 9, seconds: 1 }, now).a.trials).toHaveLength(2);
  expect(interleave({ a: way('a', 600) }, { trials: 9, seconds: 0 }, now).a.trials).toHaveLength(1);
});
