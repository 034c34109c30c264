import type { CloudViewer, ViewPoint } from '../../../viewer/cloud';

type View = Pick<CloudViewer, 'onView' | 'setView'>;

/** Two views look from the same place: whichever is moved takes the other one with it. @returns the way to part them. */
export function linkViews(first: View, second: View): () => void {
  const follow = (from: View, to: View) => from.onView((view: ViewPoint) => to.setView(view));
  const stops = [follow(first, second), follow(second, first)];
  return () => stops.forEach((stop) => stop());
}
