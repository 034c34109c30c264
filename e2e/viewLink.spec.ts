import type { Page } from '@playwright/test';
import { button, expectFigure, figure, messages, openSection } from './page';
import { expect, test } from './fixtures';

const hash = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1));
const canvas = (page: Page) => page.locator('.stage__host canvas');

test('what the 3D view shows, and from where, is in the link and comes back with it', async ({ page, context }) => {
  await page.goto('#v=1&size=64&unknowns=rt&stop=2');
  await expectFigure(page, 'step', (step) => step === 2, 'arrives at 2');
  expect(hash(page).has('orbit'), 'a view that nobody touched is not in the link').toBe(false);
  await page.locator('.stage__select select').selectOption('shells');
  await page.getByRole('checkbox', { name: 'Trail' }).uncheck();
  await button(page, 'Drag estimate').click();
  await button(page, 'Move, not turn').click();
  await canvas(page).focus();
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', '+']) await page.keyboard.press(key);
  await expect.poll(() => hash(page).get('orbit')).toMatch(/^(-?[\d.e-]+,){5}-?[\d.e-]+$/);
  const orbit = hash(page).get('orbit');
  expect(Object.fromEntries(hash(page))).toMatchObject({ shown: 'shells', trail: '0', drag: 'estimate', move: '1' });

  const again = await context.newPage();
  await again.goto(page.url());
  await expectFigure(again, 'step', (step) => step === 2, 'arrives at 2');
  await expect(again.getByRole('checkbox', { name: 'Trail' })).not.toBeChecked();
  await expect(button(again, 'Drag estimate')).toHaveAttribute('aria-pressed', 'true');
  await expect(button(again, 'Move, not turn')).toHaveAttribute('aria-pressed', 'true');
  await expect(messages(again)).toHaveCount(0);
  expect(hash(again).get('orbit')).toBe(orbit);
  await button(again, 'Through the camera').click();
  await expect.poll(() => hash(again).get('view')).toBe('camera');
  await button(again, 'Reset view').click();
  await expect.poll(() => hash(again).has('orbit')).toBe(false);
});

test('an address is not written while the view is turned, but once it rests', async ({ page }) => {
  await page.goto('#v=1&size=64&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await expect(button(page, 'Play')).toBeVisible();
  await page.evaluate(() => {
    const write = history.replaceState.bind(history);
    Object.assign(window, { written: 0 });
    history.replaceState = (...values) => {
      (window as unknown as { written: number }).written++;
      write(...values);
    };
  });
  await canvas(page).focus();
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => hash(page).has('orbit')).toBe(true);
  expect(await page.evaluate(() => (window as unknown as { written: number }).written)).toBeLessThan(10);
});

test('a run with more edits than a hand counts on comes back by its link', async ({ page, context }) => {
  await page.goto('#v=1&size=64&hypotheses=8&refined=1&encoder=0&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await openSection(page, 'Poses in numbers');
  const roll = page.getByRole('group', { name: /^Estimate/ }).getByLabel(/^Roll/);
  for (let i = 0; i < 18; i++) {
    await roll.fill(String(5 * i - 90));
    await page.keyboard.press('Enter');
    await expectFigure(page, 'step', (step) => step === i + 2, `is ${i + 2}`);
  }
  await expect.poll(() => hash(page).get('edits')?.split(';').length).toBe(18);
  await expect.poll(() => hash(page).get('stop')).toBe('19');
  const error = await figure(page, 'rotation-error-deg');
  const again = await context.newPage();
  await again.goto(page.url());
  await expectFigure(again, 'step', (step) => step === 19, 'arrives at 19');
  await expect(messages(again)).toHaveCount(0);
  expect(await figure(again, 'rotation-error-deg')).toBeCloseTo(error, 1);
});

test('the learning page’s view is in its link, too', async ({ page, context }) => {
  await page.goto('#lab=classify&v=1&stop=0');
  await expect(page.locator('[data-metric="verdict"]')).toBeVisible({ timeout: 120_000 });
  await button(page, 'Brush away').click();
  await canvas(page).focus();
  for (const key of ['ArrowLeft', 'ArrowUp', '+']) await page.keyboard.press(key);
  await expect.poll(() => hash(page).has('orbit')).toBe(true);
  expect(hash(page).get('brush')).toBe('1');
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator('[data-metric="verdict"]')).toBeVisible({ timeout: 120_000 });
  await expect(button(again, 'Brush away')).toHaveAttribute('aria-pressed', 'true');
  expect(hash(again).get('orbit')).toBe(hash(page).get('orbit'));
});
