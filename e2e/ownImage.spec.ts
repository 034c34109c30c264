import type { Page } from '@playwright/test';
import { button, expectFigure, figureText, openSection } from './page';
import { expect, test } from './fixtures';

/** The target on the page as PNG files: the picture itself, and a mask that is white where it differs from its corner. */
const saveTarget = (page: Page): Promise<{ picture: string; mask: string }> => page.evaluate(async () => {
  const figure = [...document.querySelectorAll('figure')].find((element) => element.querySelector('figcaption')?.textContent === 'Target');
  const canvas = figure?.querySelector('canvas');
  if (!canvas) throw new Error('There is no target on the page.');
  const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const corner = pixels.data.slice(0, 3);
  const drawn = document.createElement('canvas');
  Object.assign(drawn, { width: canvas.width, height: canvas.height });
  for (let i = 0; i < pixels.data.length; i += 4) {
    const same = [0, 1, 2].every((c) => Math.abs(pixels.data[i + c] - corner[c]) < 3);
    pixels.data.fill(same ? 0 : 255, i, i + 3);
  }
  drawn.getContext('2d')!.putImageData(pixels, 0, 0);
  const base64 = (source: HTMLCanvasElement) => source.toDataURL('image/png').split(',')[1];
  return { picture: base64(canvas), mask: base64(drawn) };
});

test('a picture of one’s own is explained until the images agree: with its lens, with a mask, and with flat colours', async ({ page }) => {
  await page.goto('#v=1&size=64&target=3&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await expect(button(page, 'Play')).toBeVisible();
  await expect.poll(() => page.locator('figure', { hasText: 'Target' }).locator('canvas').getAttribute('width')).toBe('64');
  const { picture, mask } = await saveTarget(page);
  await openSection(page, 'Your own image');
  const file = (name: string, base64: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') });
  await page.getByLabel(/^Picture, PNG or JPEG/).setInputFiles(file('photo.png', picture));
  await page.getByLabel('Known of the lens').selectOption({ label: 'field of view' });
  await page.getByLabel(/^Field of view/).fill('20');
  await button(page, 'Find the pose in it').click();
  await expect(page.getByText(/photo\.png: 64 × 64, focal length 181 px .* no mask; its light is sought too/)).toBeVisible();
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');
  await expect(page.locator('[data-metric="rotation-error-deg"]'), 'nobody knows the true pose').toHaveText('–');

  await page.getByLabel(/^Mask, white/).setInputFiles(file('where.png', mask));
  await page.getByLabel('Light in the picture').selectOption({ label: 'flat colours' });
  await expect(page.getByText(/no mask; its colours are taken as flat/)).toBeVisible();
  await button(page, 'Find the pose in it').click();
  await expect(page.getByText(/mask where\.png; its colours are taken as flat/)).toBeVisible();
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');

  await button(page, 'Back to a rendered target').click();
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees >= 0, 'is known again');
  await expect(page.getByLabel('Unknown', { exact: true })).toHaveValue('rotation');
});
