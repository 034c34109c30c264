import type { Pose } from '../../scene/pose';

/** What a person asks the engine to do. */
export type Wish = { readonly kind: 'seek'; readonly step: number } | { readonly kind: 'edit'; readonly pose: Pose } | { readonly kind: 'step' };

/** Wishes in the order they were made. Of seeks and of edits only the last counts: while a slider is dragged only the last place matters. */
export class WishList {
  private wishes: readonly Wish[] = [];

  add(wish: Wish): void {
    this.wishes = [...this.wishes.filter(({ kind }) => kind === 'step' || kind !== wish.kind), wish];
  }

  take(): Wish | undefined {
    const [first, ...rest] = this.wishes;
    this.wishes = rest;
    return first;
  }

  /** A wish that was taken and could not be done comes first again, unless a later one stands in its place. */
  giveBack(wish: Wish): void {
    if (wish.kind === 'step' || !this.wishes.some(({ kind }) => kind === wish.kind)) this.wishes = [wish, ...this.wishes];
  }

  get empty(): boolean {
    return this.wishes.length === 0;
  }

  /** The step that a seek waits for. */
  get sought(): number | undefined {
    return this.wishes.find((wish) => wish.kind === 'seek')?.step;
  }

  clear(): void {
    this.wishes = [];
  }
}
