import { createRoot } from 'react-dom/client';
import { PageModel } from '../model/pageModel';
import { browserCheckpoints } from '../run/checkpoints';
import { connectEngine } from '../run/connect';
import { RunController } from '../run/controller';
import { Store } from '../run/store';
import { TrainController } from '../train/trainController';
import { browserTrainings, connectTrainer } from '../train/trainerLink';
import { App } from './App';

/** Puts the page into an element and begins what its address asks for. @param baseUrl where the site's own files lie, ending in a slash. */
export function startPage(root: HTMLElement, baseUrl = new URL('./', document.baseURI).href): void {
  const run = new RunController({ connect: connectEngine, store: browserCheckpoints });
  const train = new TrainController({ connect: connectTrainer, store: browserTrainings() });
  const model = new PageModel(run, train, baseUrl);
  const picked = new Store<number | undefined>(undefined);
  createRoot(root).render(<App model={model} picked={picked} />);
  const navigation = performance.getEntriesByType('navigation')[0];
  model.start(navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload');
  addEventListener('hashchange', () => model.followLink(location.hash));
}
