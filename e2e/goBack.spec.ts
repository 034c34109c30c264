import type { Locator, Page } from '@playwright/test';
import { button, expectFigure, figure } from './page';
import { expect, test } from './fixtures';

const LAST = 14;

/** The step is on screen with what belongs to it: figures, the rendering, and an engine that would go on from there. */
async function expectStep(page: Page, step: number, why: string): Promise<void> {
  await expectFigure(page, 'step', (now) => now === step, `is ${step}: ${why}`);
  await expect(page.getByRole('img', { name: `The rendering of the estimate at step ${step}`, exact: true }), why).toBeVisible();
  await expect(button(page, 'Step'), why).toBeEnabled();
}

/** Where step `step` is in a plot over LAST steps. */
async function placeOf(plot: Locator, step: number): Promise<{ x: number; y: number }> {
  const box = await plot.boundingBox();
  if (!box) throw new Error('There is no plot.');
  return { x: box.x + (box.width * step) / LAST, y: box.y + box.height / 2 };
}

/** Looks for a point of the trail that belongs to an earlier step: over one, the pointer turns into a hand. */
async function clickTrail(page: Page): Promise<void> {
  const canvas = page.locator('.stage__host canvas');
  await canvas.scrollIntoViewIfNeeded();
  const at = await canvas.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const send = (type: string, x: number, y: number) => element.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, isPrimary: true, pointerType: 'mouse', bubbles: true }));
    for (let y = box.top + 6; y < box.bottom; y += 6) {
      for (let x = box.left + 6; x < box.right; x += 6) {
        send('pointermove', x, y);
        if (element.style.cursor === 'pointer') return { x, y };
      }
    }
    return undefined;
  });
  if (!at) throw new Error('There is no trail in the 3D view.');
  await page.mouse.click(at.x, at.y);
}

test('a click and a drag on a plot, the slider and a click on the trail each go back to a step, and the run goes on from there', async ({ page }) => {
  await page.goto(`#v=1&size=64&hypotheses=32&stop=${LAST}`);
  await expectStep(page, LAST, 'where the link stops');
  const iterations = await figure(page, 'iterations');

  const plot = page.locator('.curve').filter({ hasText: 'Loss' }).locator('.u-over');
  await plot.scrollIntoViewIfNeeded();
  const middle = await placeOf(plot, 7);
  await page.mouse.click(middle.x, middle.y);
  await expectStep(page, 7, 'a click on the loss');
  expect(await figure(page, 'iterations')).toBeLessThan(iterations);

  const errors = page.locator('.curve').filter({ hasText: 'Rotation error' }).locator('.u-over');
  await errors.scrollIntoViewIfNeeded();
  const [from, to] = [await placeOf(errors, 3), await placeOf(errors, 10)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
  await expectStep(page, 10, 'a drag over the rotation error');

  await page.getByLabel('Step on screen').fill('12');
  await expectStep(page, 12, 'the slider');

  await clickTrail(page);
  await expect.poll(() => figure(page, 'step'), { message: 'a click on the trail' }).not.toBe(12);
  const picked = await figure(page, 'step');
  await expectStep(page, picked, 'a click on the trail');

  await page.getByLabel('Step on screen').fill('5');
  await expectStep(page, 5, 'the slider again');
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step > 7, 'goes on from there');
});
