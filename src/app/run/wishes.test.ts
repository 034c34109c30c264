import { expect, it } from 'vitest';
import { IDENTITY_POSE } from '../../scene/pose';
import { WishList, type Wish } from './wishes';

const seek = (step: number): Wish => ({ kind: 'seek', step });
const edit: Wish = { kind: 'edit', pose: IDENTITY_POSE };
const allOf = (list: WishList) => {
  const taken: Wish[] = [];
  for (let wish = list.take(); wish; wish = list.take()) taken.push(wish);
  return taken;
};

it('keeps every step and the last seek, in order', () => {
  const list = new WishList();
  for (const wish of [seek(1), { kind: 'step' }, edit, seek(2), { kind: 'step' }] as const) list.add(wish);
  expect(list.sought).toBe(2);
  expect(allOf(list)).toEqual([{ kind: 'step' }, edit, seek(2), { kind: 'step' }]);
  expect(list.sought).toBeUndefined();
});

it('puts what could not be done first again, unless it was wished for anew', () => {
  const list = new WishList();
  list.add(seek(3));
  list.giveBack(edit);
  list.giveBack(seek(1));
  expect(allOf(list)).toEqual([edit, seek(3)]);
});
