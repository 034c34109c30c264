import type { RunState } from '../run/runState';
import type { Store } from '../run/store';
import { linkedEdits, MAX_EDITS } from '../url/edits';
import type { Notices } from './notices';

/** Says, once for each run, that it was edited by hand more often than a link can carry. */
export function sayEditsLeftOut(run: Store<RunState>, notices: Notices): void {
  let said = false;
  run.subscribe(() => {
    const isOver = linkedEdits(run.get().edits).left > 0;
    if (isOver === said) return;
    said = isOver;
    if (!isOver) return notices.clear('edits');
    notices.show({
      topic: 'edits', kind: 'warning', title: `The link holds the first ${MAX_EDITS} edits of the estimate, and no more`,
      lines: ['The run goes on as before; whoever opens the link sees it as far as the last of these.'],
    });
  });
}
