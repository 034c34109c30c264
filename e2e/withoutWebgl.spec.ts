import { button, expectFigure, messages } from './page';
import { expect, test } from './fixtures';
// @ts-expect-error a plain script without types
import { findChromium } from '../scripts/chromium.mjs';

// A browser of its own, which has no graphics at all.
test.use({ launchOptions: { executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'] } });

test('without WebGL2 the page says so in plain words, and can still run', async ({ page, complaints }) => {
  complaints.allow(/WebGL/i);
  await page.goto('#v=1&size=64&hypotheses=8&refined=1&encoder=0');
  const trouble = page.getByRole('alert').filter({ hasText: 'No WebGL2' });
  await expect(trouble).toContainText('Turn on hardware acceleration');
  await expect(messages(page)).toContainText('The 3D view is not available');
  await expect(button(page, 'Try again')).toBeVisible();
  await button(page, 'Run slowly without graphics').click();
  await expectFigure(page, 'step', (step) => step > 2, 'moves on the processor alone');
  expect(await page.locator('figure', { hasText: 'Target' }).locator('canvas').getAttribute('width')).toBe('64');
});
