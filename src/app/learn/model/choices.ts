import type { LearnFile } from '../../../workers/learnApi';
import type { LearnController } from '../run/learnController';

/** Which of the two networks is looked with. */
export type Lens = 'first' | 'second';

/** A data set of one's own. */
export interface OwnDataset {
  readonly name: string;
  readonly files: readonly LearnFile[];
  /** There were more files than are taken. */
  readonly isCut?: boolean;
}

/** Which test examples the gallery shows. */
export type Filter =
  | { readonly kind: 'all' } | { readonly kind: 'wrong' }
  | { readonly kind: 'cell'; readonly truth: number; readonly predicted: number; readonly lens: Lens }
  | { readonly kind: 'part'; readonly part: number; readonly lens: Lens };

/** The two networks of a page; the second one idles until it is wanted. */
export interface Trainings {
  readonly first: LearnController;
  readonly second: LearnController;
}
