import type { Page } from '@playwright/test';
import { button, expectFigure } from './page';
import { expect, test } from './fixtures';

declare global {
  // Pictures of the 3D view, one for each frame in which it was drawn, since the list was emptied.
  var viewsDrawn: string[];
}

/** The 3D view's frames after a jump to another step, until it rests. */
async function framesOfJump(page: Page, step: number): Promise<string[]> {
  await page.evaluate(() => { globalThis.viewsDrawn = []; });
  await page.getByLabel('Step on screen').fill(String(step));
  await expectFigure(page, 'step', (now) => now === step, `is ${step}`);
  await expect(page.getByRole('img', { name: `The rendering of the estimate at step ${step}`, exact: true })).toBeVisible();
  // It rests when frames come and go without a drawing.
  await expect.poll(() => page.evaluate(async () => {
    const before = viewsDrawn.length;
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame);
    return before > 0 && viewsDrawn.length === before;
  })).toBe(true);
  return page.evaluate(() => viewsDrawn);
}

test('whoever asks for less motion sees the object jump; others see it glide', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.viewsDrawn = [];
    let drawn: HTMLCanvasElement | undefined;
    const { clear } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.clear = function (mask) {
      if (this.canvas instanceof HTMLCanvasElement && this.canvas.closest('.stage__host')) drawn = this.canvas;
      clear.call(this, mask);
    };
    // A clock that goes slowly: a glide lasts for many frames, however long the machine takes for one.
    const slowness = 20;
    const clock = performance.now.bind(performance);
    performance.now = () => clock() / slowness;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => ask((now) => {
      callback(now / slowness);
      // In the same task, before the browser empties the drawing buffer.
      if (drawn) viewsDrawn.push(drawn.toDataURL());
      drawn = undefined;
    });
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('#v=1&size=64&hypotheses=32&stop=8');
  await expectFigure(page, 'step', (step) => step === 8, 'arrives at 8');
  await expect(button(page, 'Step')).toBeEnabled();
  const [first, ...rest] = await framesOfJump(page, 2);
  expect(rest.every((frame) => frame === first), 'the first frame shows where it arrives').toBe(true);

  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const gliding = await framesOfJump(page, 8);
  expect(gliding[0], 'it is on its way at first').not.toBe(gliding.at(-1));
});
