import type { Page, Worker } from '@playwright/test';
import { expectFigure, figure } from './page';
import { expect, test } from './fixtures';

declare global {
  // The GL contexts that the worker made, kept so that a journey can take them away.
  var contextsMade: WebGL2RenderingContext[];
}

const KEEP_CONTEXTS = `
self.contextsMade = [];
const getContext = OffscreenCanvas.prototype.getContext;
OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
  const context = getContext.call(this, kind, ...rest);
  if (context && kind === 'webgl2' && !self.contextsMade.includes(context)) self.contextsMade.push(context);
  return context;
};
`;

async function workersWithContexts(page: Page): Promise<Worker[]> {
  const counts = await Promise.all(page.workers().map((worker) => worker.evaluate(() => globalThis.contextsMade?.length ?? 0).catch(() => 0)));
  return page.workers().filter((_, i) => counts[i] > 0);
}

test('a GL context lost in mid-run comes back, and the run arrives', async ({ page, complaints }) => {
  complaints.allow(/CONTEXT_LOST|context lost|WebGL/i);
  await page.route(/pose\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: KEEP_CONTEXTS + await response.text() });
  });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 6, 'reaches 6');
  const workers = await workersWithContexts(page);
  expect(workers.length, 'the engine draws in a worker').toBeGreaterThan(0);
  const before = await figure(page, 'step');
  for (const worker of workers) {
    await worker.evaluate(() => {
      for (const context of globalThis.contextsMade) {
        const loss = context.getExtension('WEBGL_lose_context');
        loss?.loseContext();
        setTimeout(() => loss?.restoreContext(), 300);
      }
    });
  }
  const said = page.getByText('The browser took the graphics context away.');
  await expect(said, 'the page says why it waits').toBeVisible();
  await expectFigure(page, 'step', (step) => step > before + 2, 'goes on after the loss');
  await expect(said, 'and no longer than it waits').toBeHidden();
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5 all the same');
});

test('an engine whose worker dies is started again from where it was', async ({ page, complaints }) => {
  complaints.allow(/worker|killed/i);
  await page.route(/pose\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `self.addEventListener('message', (event) => { if (event.data === 'die') { event.stopImmediatePropagation(); throw new Error('killed by the journey'); } });\n${await response.text()}` });
  });
  await page.addInitScript(() => {
    const made: globalThis.Worker[] = [];
    Object.assign(window, { workersMade: made });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (String(url).includes('pose.worker')) made.push(this);
      }
    };
  });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 6, 'reaches 6');
  await page.evaluate(() => (window as unknown as { workersMade: globalThis.Worker[] }).workersMade.at(-1)?.postMessage('die'));
  await expect.poll(() => page.evaluate(() => (window as unknown as { workersMade: globalThis.Worker[] }).workersMade.length)).toBeGreaterThan(1);
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5 all the same');
});
