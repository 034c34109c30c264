import { useEffect, useState } from 'react';
import { useLearn } from '../model/context';
import { shownEvaluation, type LearnRunState } from '../run/learnState';

/** What changed, for those who listen: a new state or a new measurement, not every step. */
function describe(state: LearnRunState): string {
  const { status, playing, progress, trouble, shown, history } = state;
  if (status === 'opening' || status === 'recovering') return progress?.label ?? '';
  if (status === 'failed') return `Stopped: ${trouble?.message ?? ''}`;
  if (!history.length) return '';
  const evaluation = shownEvaluation(state);
  const result = evaluation ? ` Test accuracy ${(100 * evaluation.accuracy).toFixed(0)} percent at step ${evaluation.step}.` : '';
  if (history[shown]?.done) return `Done after ${shown} steps.${result}`;
  return playing ? `Training.${result}` : `Paused at step ${shown}.${result}`;
}

/** The page's live region. */
export function LearnAnnouncer({ message }: { message: string }) {
  const { first } = useLearn();
  const [text, setText] = useState('');
  useEffect(() => first.state.subscribe(() => setText(describe(first.state.get()))), [first]);
  return (
    <>
      <p className="sr-only" role="status">{text}</p>
      <p className="sr-only" role="status">{message}</p>
    </>
  );
}
