import { button, expectFigure, figure } from './page';
import { expect, test } from './fixtures';

test('everything by keyboard: play, pause, step, back, reset, help, and a control', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 5, 'reaches 5');
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  await expect(button(page, 'Step')).toBeEnabled();
  const paused = await figure(page, 'step');
  await page.keyboard.press('ArrowLeft');
  await expectFigure(page, 'step', (step) => step === paused - 1, 'goes back');
  await page.keyboard.press('ArrowRight');
  await expectFigure(page, 'step', (step) => step === paused, 'goes forward');
  await page.keyboard.press('r');
  await expectFigure(page, 'step', (step) => step === 0, 'is reset');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  // From the top of the page, Tab reaches the object chooser, and an arrow in it chooses another object.
  const reached = async () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? (document.activeElement as HTMLSelectElement | null)?.labels?.[0]?.textContent ?? '');
  const seen: string[] = [];
  for (let i = 0; i < 80 && (await reached()) !== 'Object'; i++) {
    await page.keyboard.press('Tab');
    seen.push(await reached());
  }
  expect(await reached(), seen.join(' | ')).toBe('Object');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('object=');
  await expectFigure(page, 'step', (step) => step > 0, 'runs on the new object');
});
