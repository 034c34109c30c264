import { useEffect, useState } from 'react';
import type { RunState } from '../run/runState';
import { useController } from './model';

/** What changed, for those who listen: a new state, not every step. */
function describe({ status, playing, progress, history, shown, trouble }: RunState): string {
  const snapshot = history[shown];
  if (status === 'opening' || status === 'recovering') return progress?.label ?? '';
  if (status === 'failed') return `Stopped: ${trouble?.message ?? ''}`;
  if (!snapshot) return '';
  const error = snapshot.metrics.rotationErrorDeg;
  const result = error === undefined ? '' : `, rotation error ${error.toFixed(1)} degrees`;
  if (snapshot.done) return `Done after ${snapshot.step} steps${result}.`;
  return playing ? 'Playing.' : `Paused at step ${shown}${result}.`;
}

/** The page's live region. */
export function Announcer({ message }: { message: string }) {
  const run = useController();
  const [text, setText] = useState('');
  useEffect(() => run.state.subscribe(() => setText(describe(run.state.get()))), [run]);
  return (
    <>
      <p className="sr-only" role="status">{text}</p>
      <p className="sr-only" role="status">{message}</p>
    </>
  );
}
