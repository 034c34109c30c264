import type { EvaluatedExample } from '../../../experiments/learn/protocol';
import type { Filter } from '../model/choices';

/** Those that a filter asks for; of points and parts the worst come first. */
export function chooseExamples(examples: readonly EvaluatedExample[], filter: Filter, segments: boolean): readonly EvaluatedExample[] {
  const worstFirst = [...examples].sort((a, b) => a.confidence - b.confidence || a.index - b.index);
  if (segments) return filter.kind === 'all' ? examples : worstFirst;
  switch (filter.kind) {
    case 'cell': return examples.filter(({ truth, predicted }) => truth === filter.truth && predicted === filter.predicted);
    // The surest of the wrong ones tell most.
    case 'wrong': return worstFirst.reverse().filter(({ truth, predicted }) => truth !== predicted);
    default: return examples;
  }
}
