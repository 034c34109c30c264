import AxeBuilder from '@axe-core/playwright';
import { button, expectFigure, openSection } from './page';
import { expect, test } from './fixtures';

test('where the browser draws by software, the page says that it is slow and what is missing, until somebody knows', async ({ page }) => {
  await page.goto('#v=1&size=64&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  const notice = page.getByRole('note').filter({ hasText: 'draws by software' });
  await expect(notice).toBeVisible();
  await openSection(page, 'Under the hood');
  await expect(page.getByRole('list', { name: 'What the graphics lack' })).toContainText('software rendering');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  await button(page, 'Close: this browser draws by software').click();
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await expect(notice).toHaveCount(0);
});

const SHOWN = [
  'step', 'last-step', 'rotation-error-deg', 'loss', 'phase', 'hypotheses', 'hypothesis-loss', 'hypothesis-error-deg', 'vertices', 'faces', 'size-units', 'step-time-ms', 'recoveries',
  'difference-scale', 'gradient-scale', 'encoder-step',
];

test('every figure has its name for machines, and says something', async ({ page }) => {
  await page.goto('#v=1&size=64&stop=4');
  await expectFigure(page, 'step', (step) => step === 4, 'arrives at 4');
  await expect(button(page, 'Play')).toBeVisible();
  for (const metric of SHOWN) await expect(page.locator(`[data-metric="${metric}"]`).first(), metric).toHaveText(/[\da-z]/);
});
