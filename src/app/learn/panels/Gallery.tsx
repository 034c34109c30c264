import { useState } from 'react';
import type { EvaluatedExample } from '../../../experiments/learn/protocol';
import { useStore } from '../../page/useStore';
import { useLearn, useLearnPage, useLens, useLook, useTraining } from '../model/context';
import type { Filter } from '../model/choices';
import { shownEvaluation } from '../run/learnState';
import { chooseExamples, overlapOf, pointsTaken } from './chooseExamples';
import { Thumb } from './Thumb';
import { percent } from './Verdict';
import './Gallery.css';

const PAGE = 12;
const NO_NAMES: readonly string[] = [];

function titleOf(filter: Filter, names: readonly string[], segments: boolean): string {
  switch (filter.kind) {
    case 'cell': return segments ? `Shapes with points of “${names[filter.truth]}” taken for “${names[filter.predicted]}”, most first` : `${names[filter.truth]} taken for ${names[filter.predicted]}`;
    case 'part': return `Shapes by how well “${names[filter.part]}” is found, worst first`;
    case 'wrong': return segments ? 'Worst first' : 'Wrong ones, the surest first';
    case 'all': return 'All of them';
  }
}

/** The test examples, each with truth, prediction and confidence; one leads to the 3D view. */
export function Gallery() {
  const model = useLearn();
  const chosenLens = useLens();
  const filter = useStore(model.filter, (value) => value);
  // A cell or a bar is of one of the two networks: its shapes are listed and opened as that one sees them.
  const lens = 'lens' in filter ? filter.lens : chosenLens;
  const evaluation = useTraining(shownEvaluation, lens);
  const names = useTraining((state) => state.opened?.classNames ?? NO_NAMES, lens);
  const training = useTraining((state) => state.opened, lens);
  const shown = useLook((look) => look.index);
  const [pages, setPages] = useState({ filter, count: 1 });
  const step = useTraining((state) => state.shown, lens);
  const comparing = useLearnPage((page) => page.compare !== undefined);
  const segments = model.task === 'segment';
  const found = evaluation ? chooseExamples(evaluation.examples, filter, segments) : [];
  const count = PAGE * (pages.filter === filter ? pages.count : 1);
  const part = !segments ? undefined : filter.kind === 'part' ? filter.part : filter.kind === 'cell' ? filter.truth : undefined;

  const describe = (example: EvaluatedExample): string => {
    const { truth, predicted, confidence } = example;
    if (segments && filter.kind === 'cell') return `${pointsTaken(example, filter.truth, filter.predicted) ?? 0} points`;
    if (segments && filter.kind === 'part') return `${percent(overlapOf(example, filter.part) ?? NaN)} overlap`;
    if (segments) return `${percent(confidence)} right`;
    const wrong = truth !== undefined && truth !== predicted;
    return `${names[predicted]} ${percent(confidence)}${wrong ? `, is ${names[truth]}` : ''}`;
  };
  return (
    <section className="panel" aria-labelledby="gallery-title">
      <div className="panel__head gallery__head">
        <h2 className="panel__title" id="gallery-title">Test shapes</h2>
        <div className="gallery__filters" role="group" aria-label="Which shapes">
          <button type="button" className="button button--small" aria-pressed={filter.kind === 'all'} onClick={() => model.filter.set({ kind: 'all' })}>All</button>
          <button type="button" className="button button--small" aria-pressed={filter.kind === 'wrong'} onClick={() => model.filter.set({ kind: 'wrong' })}>{segments ? 'Worst first' : 'Wrong'}</button>
        </div>
      </div>
      <div className="panel__body">
        <p className="note" role="status">{evaluation
            ? <>{titleOf(filter, names, segments)}: <span data-metric="gallery-shapes">{found.length}</span>{evaluation.step < step ? `, as measured at step ${evaluation.step}` : ''}</>
            : 'They appear once the network was measured.'}{evaluation && comparing && `. Seen by the ${lens} network.`}</p>
        <ul className="gallery">
          {found.slice(0, count).map((example) => (
            <li key={`${example.index}`}>
              <button
                type="button" className={!segments && example.truth !== example.predicted ? 'gallery__card gallery__card--wrong' : 'gallery__card'}
                aria-pressed={shown === example.index} onClick={() => model.showShape(example.index, lens)} aria-label={`Shape ${example.index + 1}: ${describe(example)}`}
              >
                <Thumb of={training} index={example.index} part={part} />
                <span className="gallery__words" data-metric="gallery-shape" aria-hidden="true">{describe(example)}</span>
              </button>
            </li>
          ))}
        </ul>
        {found.length > count && <button type="button" className="button button--small" onClick={() => setPages({ filter, count: count / PAGE + 1 })}>More ({found.length - count})</button>}
      </div>
    </section>
  );
}
