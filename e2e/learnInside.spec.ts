import AxeBuilder from '@axe-core/playwright';
import { readPoints } from '../src/app/learn/url/pointSet';
import { button, expectFigure, figureText } from './page';
import { openLearning, restingStep, SMALL } from './learnPage';
import { expect, test } from './fixtures';

const NEIGHBOURS = SMALL.replace('points=128', 'points=96');

test('a clicked point shows whom its convolution looked at, how far it sees, and the formula with its numbers', async ({ page }) => {
  await openLearning(page, `${NEIGHBOURS}&model=pointnet2`);
  await expect(page.locator('.verdict')).toBeVisible();
  const canvas = page.locator('.stage__host canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('There is no 3D view.');
  // Wherever the shape's middle has no point, one of its surroundings has.
  const places = Array.from({ length: 60 }, (_, i) => ({ x: box.width * (0.5 + 0.004 * i * Math.cos(2.4 * i)), y: box.height * (0.5 + 0.005 * i * Math.sin(2.4 * i)) }));
  for (const position of places) {
    if (/^Point \d+ at /.test(await figureText(page, 'point'))) break;
    await canvas.click({ position });
  }
  await expect(page.locator('[data-metric="point"]')).toHaveText(/^Point \d+ at /);
  await expect.poll(() => page.url()).toMatch(/point=\d+/);
  await expect(page.getByRole('region', { name: 'Neighbours' }).getByRole('row').nth(1)).toBeVisible();
  expect(await page.locator('.formula math').count()).toBeGreaterThan(2);
  await expect(page.locator('.formula math').first()).toHaveAttribute('aria-label', /max over neighbours/);
  await page.getByLabel(/^Only these \d+ points in the view/).check();
  await page.getByRole('group', { name: 'Levels of the hierarchy' }).getByRole('button').nth(1).click();

  // By keyboard: the view takes N and P.
  const before = await figureText(page, 'point');
  await canvas.focus();
  await page.keyboard.press('n');
  await expect(page.locator('[data-metric="point"]')).not.toHaveText(before);
  await page.keyboard.press('p');
  await expect(page.locator('[data-metric="point"]')).toHaveText(before);
});

test('points are taken away by how much they count and by brush, and the network is asked again', async ({ page }) => {
  await openLearning(page, `${SMALL}&stop=12&color=importance`);
  await expectFigure(page, 'step', (step) => step === 12, 'arrives at 12');
  await expect(page.locator('.verdict')).toBeVisible();
  const share = page.getByLabel('Taken away', { exact: false }).first();
  await share.fill('50');
  await share.press('Enter');
  await expect(page.locator('[data-metric="removed"]')).toHaveText('64');
  await expect(page.locator('[data-metric="verdict-without"]')).toHaveText(/\w+ [\d.]+ %/);
  await button(page, 'Put all back').click();
  await expect(page.locator('[data-metric="removed"]')).toHaveCount(0);

  await button(page, 'Brush away').click();
  const box = await page.locator('.stage__host canvas').boundingBox();
  if (!box) throw new Error('There is no 3D view.');
  await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.5 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.5 * box.height, { steps: 8 });
  await page.mouse.up();
  await expectFigure(page, 'removed', (count) => count > 0, 'counts the brushed points');
  await expect(page.locator('[data-metric="verdict-without"]')).toHaveText(/\w+ [\d.]+ %/);

  // The link brings them back as they are.
  const brushed = await figureText(page, 'removed');
  await expect.poll(() => readPoints(/brushed=([\w-]+)/.exec(page.url())?.[1] ?? 'B', 128).length, { message: 'points in the link' }).toBe(Number(brushed));
  await page.reload();
  await expect(page.locator('[data-metric="removed"]')).toHaveText(brushed);
});

test('everything by keyboard: train, pause, step, back, reset, help', async ({ page }) => {
  await openLearning(page, SMALL);
  await page.keyboard.press('Space');
  await expectFigure(page, 'step', (step) => step >= 4, 'reaches 4');
  await page.keyboard.press('Space');
  const paused = await restingStep(page);
  await page.keyboard.press('ArrowLeft');
  await expectFigure(page, 'step', (step) => step === paused - 1, 'goes back');
  await page.keyboard.press('ArrowRight');
  await expectFigure(page, 'step', (step) => step === paused, 'goes forward');
  await page.keyboard.press('r');
  await expectFigure(page, 'step', (step) => step === 0, 'is reset');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('axe finds nothing serious, light and dark, wide and narrow, with every section open; nothing sticks out at 390 px', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLearning(page, `family=mug&train=8&test=4&points=96&width=0.0625&batch=8&every=5&from=nothing&backend=cpu&model=pointnet2&point=7&stop=2`, 'segment');
  await expectFigure(page, 'step', (step) => step === 2, 'arrives at 2');
  await expect(page.getByRole('region', { name: 'Neighbours' })).toBeVisible();
  const closed = page.locator('details:not([open]) > summary');
  for (let left = await closed.count(); left > 0; left = await closed.count()) await closed.first().click();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await expect(button(page, `Use the ${colorScheme === 'dark' ? 'light' : 'dark'} theme`)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), `${colorScheme}, ${size.width} px`).toEqual([]);
    }
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(button(page, 'Play')).toBeInViewport();
});
