import type { LearnController } from '../run/learnController';
import { shownEvaluation } from '../run/learnState';
import type { Looker } from './looker';

/**
 * A network that nobody has measured yet is, once: what ships shows how good it is, what does not begins at chance. One that trains at once
 * is measured before its first step, so that a link always gives the same; else the shape on screen comes first. Returns the way to stop.
 */
export function measureAtFirst(run: LearnController, looker: Looker): () => void {
  let seen: unknown;
  const look = () => {
    const state = run.state.get();
    const { inspection, trouble } = looker.state.get();
    if (state.status !== 'ready' || state.opened === seen || !(state.playing || inspection || trouble)) return;
    seen = state.opened;
    // A training that goes meanwhile takes the question with it.
    if (!shownEvaluation(state)) run.evaluate().catch(() => undefined);
  };
  const stops = [run.state.subscribe(look), looker.state.subscribe(look)];
  return () => stops.forEach((stop) => stop());
}
