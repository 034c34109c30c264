import { isWhereLeft, labOf, rememberLink, type Lab } from './labs';
import { startPage } from './start';

const TITLES: Record<Lab, string> = {
  pose: 'Diorama – watch it recover a pose', classify: 'Diorama – watch it learn to tell shapes apart', segment: 'Diorama – watch it learn a shape’s parts',
};

/** Starts a page; the learning pages, with all they need, are fetched when somebody goes there. */
async function open(lab: Lab, root: HTMLElement, resume: boolean): Promise<() => void> {
  document.title = TITLES[lab];
  if (lab === 'pose') return startPage(root, resume);
  try {
    const { startLearning } = await import('../learn/start');
    return startLearning(root, lab, resume);
  } catch {
    // Without a connection the page's own parts cannot be fetched; the address stays, so that a reload tries again.
    root.textContent = 'This page could not be loaded. Check the connection and load it again.';
    return () => { root.textContent = ''; };
  }
}

/** Shows the page that the address is for, and changes to another when the address does. */
export function startRouter(root: HTMLElement): void {
  const navigation = performance.getEntriesByType('navigation')[0];
  const reloaded = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
  let lab = labOf(location.hash);
  let page = open(lab, root, reloaded);
  addEventListener('hashchange', (event) => {
    const next = labOf(location.hash);
    if (next === lab) return;
    rememberLink(lab, new URL(event.oldURL).hash);
    lab = next;
    // A training that was left goes on where it was; a pose is found again in seconds.
    const resume = next !== 'pose' && isWhereLeft(next, location.hash);
    page = page.then((end) => {
      end();
      return open(next, root, resume);
    });
  });
}
