import { button, expectFigure, figure, figureText } from './page';
import { expect, test } from './fixtures';

test('the page opens running, all four pictures are drawn, and the error falls below 5°', async ({ page }) => {
  await page.goto('');
  await expectFigure(page, 'step', (step) => step > 0, 'moves without a hand');
  for (const name of ['Target', 'Rendering', 'Difference', 'Gradient']) {
    const canvas = page.locator('figure, section').filter({ has: page.getByText(name, { exact: true }) }).locator('canvas').first();
    await expect(canvas, name).toBeVisible();
    const colours = () => canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const copy = new OffscreenCanvas(width, height).getContext('2d')!;
      copy.drawImage(element as HTMLCanvasElement, 0, 0);
      return new Set(new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer)).size;
    });
    await expect.poll(colours, `${name} shows something`).toBeGreaterThan(1);
  }
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5');
  expect(await figure(page, 'loss')).toBeLessThan(0.05);
  await expect.poll(() => figureText(page, 'image-matched')).toBe('yes');
});

test('a new target begins a new search, and that one arrives too', async ({ page }) => {
  await page.goto('#v=1&size=64&target=5');
  await expectFigure(page, 'step', (step) => step > 3, 'moves');
  const before = page.url();
  await button(page, 'New target').click();
  await expect.poll(() => page.url()).not.toBe(before);
  await expectFigure(page, 'step', (step) => step <= 3, 'begins again');
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');
});
