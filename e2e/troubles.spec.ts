import type { Page } from '@playwright/test';
import { button, expectFigure, figure } from './page';
import { expect, test } from './fixtures';

declare global {
  // In the engine's worker: its graphics device has no more memory to give.
  var deviceIsFull: boolean | undefined;
}

/** Puts a script before the engine's own in its worker. */
async function prepareWorker(page: Page, script: string): Promise<void> {
  await page.route(/pose\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + await response.text() });
  });
}

test('without float textures the page says what is missing, and can still run', async ({ page }) => {
  await prepareWorker(page, `
    const { getExtension } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getExtension = function (name) { return name === 'EXT_color_buffer_float' ? null : getExtension.call(this, name); };
  `);
  await page.goto('#v=1&size=64&hypotheses=8&refined=1&encoder=0');
  const trouble = page.getByRole('alert').filter({ hasText: 'No float textures' });
  await expect(trouble).toContainText('EXT_color_buffer_float');
  await button(page, 'Run slowly without graphics').click();
  await expectFigure(page, 'step', (step) => step > 2, 'moves on the processor alone');
  await expect(trouble).toBeHidden();
});

test('memory that runs out is said with what to do, and a second try goes on from the checkpoint', async ({ page }) => {
  // GL's own report in its place: a device filled up in earnest would take the machine along.
  await prepareWorker(page, `
    const { getError } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getError = function () {
      if (!self.deviceIsFull) return getError.call(this);
      self.deviceIsFull = false;
      return this.OUT_OF_MEMORY;
    };
  `);
  await page.goto('#v=1&size=64&hypotheses=32&noise=0.3&clutter=1&object=airplane');
  await expectFigure(page, 'step', (step) => step >= 5, 'reaches 5');
  const workers = page.workers();
  for (const worker of workers) await worker.evaluate(() => { globalThis.deviceIsFull = true; });
  const trouble = page.getByRole('alert').filter({ hasText: 'Out of memory' });
  await expect(trouble).toContainText('Choose a smaller resolution, fewer hypotheses or a mesh with fewer faces.');
  await button(page, 'Try again').click();
  await expect(trouble).toBeHidden();
  await expectFigure(page, 'step', (step) => step > 0, 'has steps of the checkpoint');
  const resumed = await figure(page, 'step');
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step > resumed, 'goes on');
});

test('without OffscreenCanvas the engine runs on the page’s own thread, which answers meanwhile, and arrives', async ({ page }) => {
  await page.addInitScript(() => { delete (globalThis as { OffscreenCanvas?: unknown }).OffscreenCanvas; });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  expect(page.workers().map((worker) => worker.url()).filter((url) => url.includes('pose.worker')), 'no engine in a worker').toEqual([]);
  await page.locator('summary', { hasText: 'Under the hood' }).click();
  await expect(page.getByText('webgl, in the page’s own thread')).toBeVisible();
  // In mid-run: the help opens and closes, a pause holds, a step goes back.
  await button(page, 'Help').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await button(page, 'Pause').click();
  await expect(button(page, 'Step')).toBeEnabled();
  const paused = await figure(page, 'step');
  await button(page, 'Step back').click();
  await expectFigure(page, 'step', (step) => step === paused - 1, 'goes back');
  await button(page, 'Play').click();
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5');
});
