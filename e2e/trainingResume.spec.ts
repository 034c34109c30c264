import type { Page, Worker } from '@playwright/test';
import { button, expectFigure } from './page';
import { expect, test } from './fixtures';

declare global {
  // The GL contexts of the training's worker.
  var trainingContexts: WebGL2RenderingContext[];
  // What the training's step count said since the page was loaded, in order.
  var trainingSteps: number[];
}

/** Before the training's own script: keeps its GL contexts at hand, and dies when told. */
const PREPARED = `
self.trainingContexts = [];
const { getContext } = OffscreenCanvas.prototype;
OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
  const context = getContext.call(this, kind, ...rest);
  if (context && kind === 'webgl2' && !self.trainingContexts.includes(context)) self.trainingContexts.push(context);
  return context;
};
self.addEventListener('message', (event) => {
  if (event.data !== 'die') return;
  event.stopImmediatePropagation();
  throw new Error('killed by the journey');
});
`;

/** The step of the checkpoint in the browser's store; 0 where there is none. */
const keptStep = (page: Page): Promise<number> => page.evaluate(async () => {
  // Opened before the page has made it, the database would be made empty.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'diorama-encoders')) return 0;
  return new Promise<number>((resolve) => {
    const asked = indexedDB.open('diorama-encoders');
    asked.onsuccess = () => {
      const got = asked.result.transaction('checkpoints').objectStore('checkpoints').getAll();
      got.onsuccess = () => {
        asked.result.close();
        resolve(got.result[0]?.userDefinedMetadata.steps ?? 0);
      };
    };
  });
});

async function trainingWorker(page: Page): Promise<Worker> {
  let found: Worker | undefined;
  await expect.poll(() => (found = page.workers().find((worker) => worker.url().includes('encoder.worker'))), 'the training has a worker').toBeDefined();
  return found!;
}

/** The page says why the training waits, and then goes on by itself, from the checkpoint and from no earlier step. */
async function expectToGoOn(page: Page, checkpoint: number, says: string): Promise<void> {
  const said = page.getByText(says);
  await expect(said).toBeVisible();
  await page.evaluate(() => { globalThis.trainingSteps = []; });
  await expect(said).toBeHidden({ timeout: 120_000 });
  await expectFigure(page, 'encoder-step', (step) => step > checkpoint, `goes on from ${checkpoint}`);
  const steps = await page.evaluate(() => trainingSteps);
  expect(steps.filter((step) => step < checkpoint), 'steps before the checkpoint').toEqual([]);
}

test('a training goes on from its checkpoint: after its graphics context is lost, after its worker dies, and after a reload', async ({ page, complaints }) => {
  test.setTimeout(300_000);
  complaints.allow(/CONTEXT_LOST|context lost|WebGL|killed/i);
  await page.route(/encoder\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: PREPARED + await response.text() });
  });
  await page.addInitScript(() => {
    globalThis.trainingSteps = [];
    const made: globalThis.Worker[] = [];
    Object.assign(window, { trainersMade: made });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (String(url).includes('encoder.worker')) made.push(this);
      }
    };
    new MutationObserver(() => {
      const step = Number(document.querySelector('[data-metric="encoder-step"]')?.textContent);
      if (Number.isFinite(step) && trainingSteps.at(-1) !== step) trainingSteps.push(step);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto('#v=1&size=64&object=mug&stop=1&hypotheses=16&encoder=0');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await button(page, 'Train it now').click();
  await expect.poll(() => keptStep(page), { message: 'a checkpoint is kept', timeout: 120_000 }).toBeGreaterThan(0);

  const first = await keptStep(page);
  await (await trainingWorker(page)).evaluate(() => trainingContexts.forEach((context) => context.getExtension('WEBGL_lose_context')?.loseContext()));
  await expectToGoOn(page, first, 'The training lost its graphics context. It goes on from its last checkpoint.');

  const second = await keptStep(page);
  await page.evaluate(() => (window as unknown as { trainersMade: globalThis.Worker[] }).trainersMade.at(-1)?.postMessage('die'));
  await expectToGoOn(page, second, 'The training stopped. It goes on from its last checkpoint.');

  // A pause keeps a checkpoint of its own; the reload comes while the training runs.
  await button(page, 'Pause training').click();
  await expect.poll(() => keptStep(page), 'the pause is kept').toBeGreaterThan(second);
  await button(page, 'Go on training').click();
  const third = await keptStep(page);
  await expectFigure(page, 'encoder-step', (step) => step > third, 'runs');
  await page.reload();
  await button(page, `Go on training from step ${third}`).click();
  await expectFigure(page, 'encoder-step', (step) => step > third, 'goes on');
  const [earliest] = (await page.evaluate(() => trainingSteps)).filter((step) => step > 0);
  expect(earliest, 'the first step on screen').toBe(third);
  await button(page, 'Reset training').click();
  await expect(button(page, 'Train it now')).toBeVisible();
  await expect.poll(() => keptStep(page)).toBe(0);
});
