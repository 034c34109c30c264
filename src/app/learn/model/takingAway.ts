import { importanceOf, shareOfPoints } from '../inside/importance';
import type { Store } from '../../run/store';
import type { LearnPageState, TakenAway } from '../url/pageState';
import type { Lens } from './choices';
import type { Looker } from './looker';

/** Points taken away, by how much they count or by brush: of the shape on screen, and of each that comes while the link says so. */
export class TakingAway {
  /** Ends it. */
  readonly end: () => void;

  constructor(private readonly page: Store<LearnPageState>, private readonly lookers: Readonly<Record<Lens, Looker>>, private readonly lens: Store<Lens>) {
    const stops = (['first', 'second'] as const).map((one) => {
      let shown: unknown;
      return lookers[one].state.subscribe(() => {
        const { inspection, example } = lookers[one].state.get();
        // Another training sees all of its points again.
        if (!inspection) shown = undefined;
        if (!inspection || example === shown) return;
        shown = example;
        const { away, brushed } = page.get();
        if (away || brushed) this.apply();
      });
    });
    this.end = () => stops.forEach((stop) => stop());
  }

  private get looker(): Looker {
    return this.lookers[this.lens.get()];
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
    this.remove(all);
  }

  private apply(): void {
    const { inspection } = this.looker.state.get();
    if (!inspection) return;
    const { away, brushed = [] } = this.page.get();
    const count = inspection.prediction.cloud.positions.length / 3;
    this.remove([
      ...(away ? shareOfPoints(importanceOf(inspection), away.order, away.percent / 100) : []), ...brushed.filter((point) => point < count),
    ]);
  }

  /** By the network that is looked into, and by the other one where it sees the same points. */
  private remove(points: Iterable<number>): void {
    const all = [...points];
    const seen = this.looker.state.get().inspection?.prediction.cloud.positions;
    for (const looker of Object.values(this.lookers)) {
      const own = looker.state.get().inspection?.prediction.cloud.positions;
      if (looker === this.looker || (own?.length === seen?.length && own?.every((x, i) => x === seen?.[i]))) looker.remove(all);
    }
  }
}
