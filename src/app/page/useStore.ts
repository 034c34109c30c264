import { useSyncExternalStore } from 'react';
import type { Store } from '../run/store';

/** What `select` takes from a store; renders again only when that changes. Selections must be values or parts of the state as they are. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
