import type { Page } from '@playwright/test';
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

/** What has the focus, as a screen reader would name it; empty outside of the page. */
const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const { activeElement: element } = document;
  if (!element || element === document.body) return '';
  const { labels } = element as HTMLInputElement;
  return (element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '').trim() || element.tagName;
});

/** Presses Tab (or Shift+Tab) until the focus is on what is named. Fails where the focus stands still or comes round without it. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 250; i++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`Tab never came to ${name}: ${passed.join(' | ')}`);
}

test('with Tab, arrows, Enter and Space alone: pause, step back, type an estimate, choose a hypothesis, go on, arrive, copy the link', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(baseURL ?? '').origin });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step >= 8, 'reaches 8');
  await tabTo(page, /^Skip to the panels$/);

  await tabTo(page, /^Pause$/);
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeFocused();
  await expect(button(page, 'Step')).toBeEnabled();
  const paused = await figure(page, 'step');
  await tabTo(page, /^Step back$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expectFigure(page, 'step', (step) => step === paused - 1, 'goes back');

  // The slider has the arrows to itself.
  await tabTo(page, /^Step on screen$/);
  await page.keyboard.press('ArrowLeft');
  await expectFigure(page, 'step', (step) => step === paused - 2, 'goes back on the slider');

  const hypothesis = page.locator('.hypotheses__show').first();
  await tabTo(page, /^(encoder|spread|jump)$/);
  await page.keyboard.press('Enter');
  await expect(hypothesis).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(hypothesis).toHaveAttribute('aria-pressed', 'false');
  await tabTo(page, /^use$/);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url(), 'the hypothesis was taken over').toContain('edits=');

  await tabTo(page, /^Poses in numbers$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Roll/);
  const edited = await figure(page, 'step');
  await page.keyboard.type('170');
  await page.keyboard.press('Enter');
  await expectFigure(page, 'step', (step) => step > edited, 'shows the estimate as a step of its own');

  await tabTo(page, /^Help$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(button(page, 'Help'), 'the focus is back where it was').toBeFocused();
  await tabTo(page, /^Copy link$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('edits=');

  await tabTo(page, /^Play$/);
  await page.keyboard.press('Space');
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5 after all that');

  // Once round: nothing holds the focus.
  await tabTo(page, /^Skip to the panels$/);
});
