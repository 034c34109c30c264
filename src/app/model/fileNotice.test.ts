import { expect, it, vi } from 'vitest';
import { fileNotice } from './fileNotice';
import { FileTroubleError } from './meshLink';

it('names the file, the place, the reason and what to do', () => {
  const error = new FileTroubleError({ code: 'malformed', file: 'torn.obj', place: 'line 3', reason: 'This is no number.', advice: 'Export it again.' });
  expect(fileNotice(error, { kind: 'file', name: 'torn.obj, torn.mtl' })).toMatchObject({
    kind: 'error', title: 'torn.obj could not be used', lines: ['line 3: This is no number.', 'Export it again.'], action: undefined,
  });
});

it('offers to try again what came from an address', () => {
  const retry = vi.fn();
  const choice = { kind: 'url', url: 'https://example.org/a.ply' } as const;
  const notice = fileNotice(new Error('no answer'), choice, retry);
  expect(notice.title).toContain(choice.url);
  notice.action?.run();
  expect(retry).toHaveBeenCalledWith(choice);
});
