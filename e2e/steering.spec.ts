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

test('Reset goes back to the first step', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 4, 'reaches 4');
  await button(page, 'Pause').click();
  await button(page, 'Reset').click();
  await expectFigure(page, 'step', (step) => step === 0, 'is 0');
});

test('a step on the slider is shown, with its own figures', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 10, 'reaches 10');
  await button(page, 'Pause').click();
  const last = await figure(page, 'iterations');
  await page.getByLabel('Step on screen').fill('2');
  await expectFigure(page, 'step', (step) => step === 2, 'is 2');
  expect(await figure(page, 'iterations')).toBeLessThan(last);
});
