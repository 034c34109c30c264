import AxeBuilder from '@axe-core/playwright';
import { button, expectFigure } from './page';
import { expect, test } from './fixtures';

const SCHEMES = ['light', 'dark'] as const;
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }] as const;

test('axe finds nothing serious, light and dark, wide and narrow, with every section open', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  await button(page, 'Pause').click();
  const closed = page.locator('details:not([open]) > summary');
  for (let left = await closed.count(); left > 0; left = await closed.count()) await closed.first().click();
  for (const colorScheme of SCHEMES) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await expect(button(page, `Use the ${colorScheme === 'dark' ? 'light' : 'dark'} theme`)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), `${colorScheme}, ${size.width} px`).toEqual([]);
    }
  }
});

test('at 390 px nothing sticks out to the side, the transport is in view, and the help says what is seen and which keys there are', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(button(page, 'Pause')).toBeInViewport();
  await page.mouse.wheel(0, 2000);
  await expect(button(page, 'Pause').or(button(page, 'Play'))).toBeInViewport();

  await button(page, 'Help').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/encoder/i);
  await expect(dialog).toContainText(/Space/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
});
