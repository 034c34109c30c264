import { Store } from '../../run/store';
import type { Legend } from './pointColors';

/** What is chosen in the view and in "Look inside", and is not worth an address. */
export class ViewChoices {
  /** What the colours of the view mean now. */
  readonly legend = new Store<Legend | undefined>(undefined);
  /** Whether the mesh that the points were drawn from is seen behind them. */
  readonly surface = new Store(false);
  /** Whether all but the chosen point's receptive field steps back. */
  readonly field = new Store(false);
  /** The layer whose points alone do not step back: a level of the hierarchy; −1 for the cloud. */
  readonly level = new Store<number | undefined>(undefined);
  /** Whose activation is shown; the length of all by default. */
  readonly channel = new Store<number | undefined>(undefined);
}
