import type { LearnExample } from '../../../experiments/learn/protocol';
import type { LearnController } from '../run/learnController';

/** Pictures are small: so many examples stay at hand. */
const MOST_KEPT = 300;

/** Test examples fetched for small pictures, each once for a data set. */
export class ExampleShelf {
  private kept = new Map<number, Promise<LearnExample>>();
  private of: unknown;

  constructor(private readonly run: LearnController) {}

  get(index: number): Promise<LearnExample> {
    const { opened } = this.run.state.get();
    if (opened !== this.of) {
      this.of = opened;
      this.kept = new Map();
    }
    const found = this.kept.get(index);
    if (found) return found;
    const asked = this.run.ask((api) => api.example('test', index));
    // A question that was superseded may be asked again.
    asked.catch(() => this.kept.delete(index));
    this.kept.set(index, asked);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return asked;
  }
}
