import type { EvaluatedExample } from '../../../experiments/learn/protocol';
import type { Filter } from '../model/choices';

/** How many points of a part a shape's network took for another; undefined where nobody counted. */
export function pointsTaken({ pairs }: EvaluatedExample, truth: number, predicted: number): number | undefined {
  const at = pairs?.findIndex((_, i) => i % 3 === 0 && pairs[i] === truth && pairs[i + 1] === predicted);
  return at === undefined ? undefined : at < 0 ? 0 : pairs?.[at + 2];
}

/** Overlap over union of one part in one shape; NaN where it is neither there nor seen. */
export function overlapOf({ pairs }: EvaluatedExample, part: number): number | undefined {
  if (!pairs) return undefined;
  let [overlap, union] = [0, 0];
  for (let i = 0; i < pairs.length; i += 3) {
    const [truth, predicted, count] = pairs.slice(i, i + 3);
    if (truth === part && predicted === part) overlap += count;
    if (truth === part || predicted === part) union += count;
  }
  return overlap / union;
}

/** Those that a filter asks for; of points and parts the worst come first. */
export function chooseExamples(examples: readonly EvaluatedExample[], filter: Filter, segments: boolean): readonly EvaluatedExample[] {
  const worstFirst = [...examples].sort((a, b) => a.confidence - b.confidence || a.index - b.index);
  switch (filter.kind) {
    case 'cell': {
      const { truth, predicted } = filter;
      if (!segments) return examples.filter((example) => example.truth === truth && example.predicted === predicted);
      const taken = (example: EvaluatedExample) => pointsTaken(example, truth, predicted) ?? 0;
      return worstFirst.filter((example) => taken(example) > 0).sort((a, b) => taken(b) - taken(a));
    }
    case 'part': {
      const overlap = (example: EvaluatedExample) => overlapOf(example, filter.part) ?? NaN;
      return worstFirst.filter((example) => Number.isFinite(overlap(example))).sort((a, b) => overlap(a) - overlap(b));
    }
    // The surest of the wrong ones tell most.
    case 'wrong': return segments ? worstFirst : worstFirst.reverse().filter(({ truth, predicted }) => truth !== predicted);
    case 'all': return examples;
  }
}
