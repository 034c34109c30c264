/** Something that happens, and those who want to know. */
export interface Signal<T> {
  /** Adds a listener; the answer removes it. */
  on(listener: (value: T) => void): () => void;
  emit(value: T): void;
}

export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: (value) => listeners.forEach((listener) => listener(value)),
  };
}
