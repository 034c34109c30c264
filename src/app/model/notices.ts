import { Store } from '../run/store';

/** Something a person should know: an error with what to do, a warning, or a confirmation. */
export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly lines?: readonly string[];
  readonly action?: { readonly label: string; run(): void };
  /** Notices of one topic replace each other. */
  readonly topic: string;
}

/** The notices on screen. */
export class Notices {
  readonly store = new Store<readonly Notice[]>([]);
  private next = 1;

  show(notice: Omit<Notice, 'id'>): void {
    this.store.set([...this.store.get().filter(({ topic }) => topic !== notice.topic), { ...notice, id: this.next++ }]);
  }

  dismiss(id: number): void {
    this.store.set(this.store.get().filter((notice) => notice.id !== id));
  }

  clear(topic: string): void {
    if (this.store.get().some((notice) => notice.topic === topic)) this.store.set(this.store.get().filter((notice) => notice.topic !== topic));
  }
}
