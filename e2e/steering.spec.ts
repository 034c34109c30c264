import type { Page } from '@playwright/test';
import { allFigures, button, expectFigure, figure } from './page';
import { expect, test } from './fixtures';

test('pause, step back, step again gives the same; an edit goes on from there', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 12, 'reaches 12');
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  await expect(button(page, 'Step')).toBeEnabled();
  const stopped = await allFigures(page);
  const step = Number(stopped.step);

  await button(page, 'Step back').click();
  await expectFigure(page, 'step', (now) => now === step - 1, 'goes back by one');
  await button(page, 'Step').click();
  await expectFigure(page, 'step', (now) => now === step, 'comes again');
  expect(await allFigures(page)).toEqual(stopped);

  await page.locator('summary', { hasText: 'Poses in numbers' }).click();
  const estimate = page.getByRole('group', { name: /^Estimate/ });
  await estimate.getByLabel(/^Roll/).fill('170');
  await page.keyboard.press('Enter');
  await expectFigure(page, 'step', (now) => now > step, 'shows the edit as a step of its own');
  await button(page, 'Play').click();
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5 after the edit');
});

test('a step on the slider is shown, with its own figures; Reset goes back to the first', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 6, 'reaches 6');
  await button(page, 'Pause').click();
  const last = await figure(page, 'iterations');
  await page.getByLabel('Step on screen').fill('2');
  await expectFigure(page, 'step', (step) => step === 2, 'is 2');
  expect(await figure(page, 'iterations')).toBeLessThan(last);
  await button(page, 'Reset').click();
  await expectFigure(page, 'step', (step) => step === 0, 'is 0');
});

/** Takes hold of the pose in the middle of the 3D view, which looks through the camera, and turns it. */
async function turnInView(page: Page): Promise<void> {
  const box = await page.locator('.stage__host canvas').boundingBox();
  if (!box) throw new Error('There is no 3D view.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 15, { steps: 4 });
  await page.mouse.move(x + 90, y + 30, { steps: 4 });
  await page.mouse.up();
}

test('the estimate, then the target, are dragged in mid-run, and the run goes on from there', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 3, 'reaches 3');
  await button(page, 'Through the camera').click();
  await button(page, 'Drag estimate').click();
  const before = await figure(page, 'step');
  await turnInView(page);
  await expect.poll(() => page.url(), 'the edit is in the link').toContain('edits=');
  await expectFigure(page, 'step', (step) => step > before + 2, 'goes on after the edit');
  await button(page, 'Drag target').click();
  await turnInView(page);
  await expect.poll(() => page.url(), 'the target is in the link').toContain('pose=');
  await expect.poll(() => page.url(), 'the edits of the run before are not').not.toContain('edits=');
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5 for the new target');
});
