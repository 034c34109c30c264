import type { LearnFile } from '../../../workers/learnApi';

/** Which of the two networks is looked with. */
export type Lens = 'first' | 'second';

/** A data set of one's own. */
export interface OwnDataset {
  readonly name: string;
  readonly files: readonly LearnFile[];
}

/** Which test examples the gallery shows. */
export type Filter =
  | { readonly kind: 'all' } | { readonly kind: 'wrong' }
  | { readonly kind: 'cell'; readonly truth: number; readonly predicted: number; readonly lens: Lens }
  | { readonly kind: 'part'; readonly part: number };
