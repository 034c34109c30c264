import { expect, it } from 'vitest';
import { IDENTITY_POSE } from '../../scene/pose';
import { IDLE_RUN } from '../run/runState';
import { Store } from '../run/store';
import { MAX_EDITS } from '../url/edits';
import { sayEditsLeftOut } from './editsLeftOut';
import { Notices } from './notices';

it('says once that a run was edited more often than a link can carry, and takes it back with the run', () => {
  const run = new Store(IDLE_RUN);
  const notices = new Notices();
  sayEditsLeftOut(run, notices);
  const edit = (count: number) => run.update({ edits: Array.from({ length: count }, (_, i) => ({ step: i + 1, pose: IDENTITY_POSE })) });
  edit(MAX_EDITS);
  expect(notices.store.get()).toEqual([]);
  edit(MAX_EDITS + 1);
  expect(notices.store.get().map(({ title }) => title)).toEqual([expect.stringContaining(String(MAX_EDITS))]);
  notices.dismiss(notices.store.get()[0].id);
  edit(MAX_EDITS + 2);
  expect(notices.store.get(), 'dismissed is dismissed').toEqual([]);
  run.set(IDLE_RUN);
  edit(MAX_EDITS + 1);
  expect(notices.store.get()).toHaveLength(1);
  run.set(IDLE_RUN);
  expect(notices.store.get()).toEqual([]);
});
