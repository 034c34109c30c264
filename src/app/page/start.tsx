import { createRoot } from 'react-dom/client';
import { PageModel } from '../model/pageModel';
import { browserCheckpoints } from '../run/checkpoints';
import { connectEngine } from '../run/connect';
import { RunController } from '../run/controller';
import { Store } from '../run/store';
import { TrainController } from '../train/trainController';
import { browserTrainings, connectTrainer } from '../train/trainerLink';
import { App } from './App';

/** Puts the pose lab into an element and begins what its address asks for. @param baseUrl where the site's own files lie, ending in a slash. @returns the way to end it. */
export function startPage(element: HTMLElement, resume: boolean, baseUrl = new URL('./', document.baseURI).href): () => void {
  const run = new RunController({ connect: connectEngine, store: browserCheckpoints });
  const train = new TrainController({ connect: connectTrainer, store: browserTrainings() });
  const model = new PageModel(run, train, baseUrl);
  const picked = new Store<number | undefined>(undefined);
  const root = createRoot(element);
  root.render(<App model={model} picked={picked} />);
  model.start(resume);
  const follow = () => model.followLink(location.hash);
  addEventListener('hashchange', follow);
  return () => {
    removeEventListener('hashchange', follow);
    root.unmount();
    model.end();
  };
}
