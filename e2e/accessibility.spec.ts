import AxeBuilder from '@axe-core/playwright';
import { button, expectFigure } from './page';
import { expect, test } from './fixtures';

const SCHEMES = ['light', 'dark'] as const;
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }] as const;

for (const colorScheme of SCHEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing serious: ${colorScheme}, ${size.width} px`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('#v=1&size=64');
      await expectFigure(page, 'step', (step) => step > 0, 'moves');
      await button(page, 'Pause').click();
      const closed = page.locator('details:not([open]) > summary');
      for (let left = await closed.count(); left > 0; left = await closed.count()) await closed.first().click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    });
  }
}

test('at 390 px nothing sticks out to the side, and the transport is in view', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(button(page, 'Pause')).toBeInViewport();
  await page.mouse.wheel(0, 2000);
  await expect(button(page, 'Pause').or(button(page, 'Play'))).toBeInViewport();
});

test('the help says what is seen and which keys there are', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await button(page, 'Help').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/encoder/i);
  await expect(dialog).toContainText(/Space/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
});
