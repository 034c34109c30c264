import { importanceOf, shareOfPoints } from '../inside/importance';
import type { Store } from '../../run/store';
import type { LearnPageState, TakenAway } from '../url/pageState';
import type { Looker } from './looker';

/** Points taken away, by how much they count or by brush: of the shape on screen, and of each that comes while the link says so. */
export class TakingAway {
  /** Ends it. */
  readonly end: () => void;

  constructor(private readonly page: Store<LearnPageState>, private readonly looker: Looker) {
    let shown: unknown;
    this.end = looker.state.subscribe(() => {
      const { inspection, example } = looker.state.get();
      // Another training sees all of its points again.
      if (!inspection) shown = undefined;
      if (!inspection || example === shown) return;
      shown = example;
      const { away, brushed } = page.get();
      if (away || brushed) this.apply();
    });
  }

  /** By how much they count; undefined: puts all back. */
  byCount(away: TakenAway | undefined): void {
    this.page.update({ away: away?.percent ? away : undefined, brushed: undefined });
    this.apply();
  }

  /** These too. */
  brush(points: Iterable<number>): void {
    const { inspection, removed } = this.looker.state.get();
    const brushed = [...new Set([...this.page.get().brushed ?? [], ...points])].sort((a, b) => a - b);
    const all = new Set([...removed, ...brushed]);
    // Of a shape without points a network has nothing to say.
    if (!inspection || !brushed.length || 3 * all.size >= inspection.prediction.cloud.positions.length) return;
    this.page.update({ brushed });
    this.looker.remove(all);
  }

  private apply(): void {
    const { inspection } = this.looker.state.get();
    if (!inspection) return;
    const { away, brushed = [] } = this.page.get();
    const count = inspection.prediction.cloud.positions.length / 3;
    this.looker.remove([
      ...(away ? shareOfPoints(importanceOf(inspection), away.order, away.percent / 100) : []), ...brushed.filter((point) => point < count),
    ]);
  }
}
