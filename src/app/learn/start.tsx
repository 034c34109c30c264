import { createRoot } from 'react-dom/client';
import type { LearnCheckpoint } from '../../experiments/learn/protocol';
import { browserSlot } from '../run/checkpoints';
import { LearnModel } from './model/learnModel';
import { LearnApp } from './page/LearnApp';
import { connectLearner } from './run/connectLearner';
import { LearnController } from './run/learnController';

/** Milliseconds between two checkpoints: they hold all weights, and those of the optimiser. */
const CHECKPOINT_EVERY_MS = 6000;

/** The two trainings of a page; while both play, neither gets ahead of the other. */
function createTrainings(task: string) {
  const store = (place: string) => browserSlot<LearnCheckpoint>(`diorama/learn/${task}/${place}`);
  const leashTo = (other: () => LearnController) => () => {
    const { playing, status, shown } = other().state.get();
    return playing && (status === 'ready' || status === 'opening' || status === 'recovering') ? shown : Infinity;
  };
  const first: LearnController = new LearnController({
    connect: connectLearner, store: store('first'), checkpointEveryMs: CHECKPOINT_EVERY_MS, leash: leashTo(() => second),
  });
  const second: LearnController = new LearnController({
    connect: connectLearner, store: store('second'), checkpointEveryMs: CHECKPOINT_EVERY_MS, leash: leashTo(() => first),
  });
  return { first, second };
}

/** Puts a learning page into an element and begins what its address asks for. @returns the way to end it. */
export function startLearning(element: HTMLElement, task: 'classify' | 'segment', resume: boolean, baseUrl = new URL('./', document.baseURI).href): () => void {
  const model = new LearnModel(createTrainings(task), task, baseUrl);
  const root = createRoot(element);
  root.render(<LearnApp model={model} />);
  model.start(resume);
  const follow = () => model.followLink(location.hash);
  addEventListener('hashchange', follow);
  return () => {
    removeEventListener('hashchange', follow);
    root.unmount();
    model.end();
  };
}
