import { PATTERN_COLORS, patternedBoxFiles } from '../src/experiments/pose/testing/patternedBox';
import { dropFiles, chosenObject, expectFigure, figureText, messages } from './page';
import { expect, test } from './fixtures';

test('a dropped box of twelve faces shows the picture on its sides, and is found by it', async ({ page }) => {
  await page.goto('#v=1&size=64&encoder=0&target=5');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  const { obj, mtl, texture } = patternedBoxFiles('print.png');
  const png = await page.evaluate(async ({ width, height, data }) => {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.putImageData(new ImageData(Uint8ClampedArray.from(data), width, height), 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  }, { width: texture.width, height: texture.height, data: [...texture.data] });
  await dropFiles(page, { 'box.obj': obj, 'box.mtl': mtl, 'print.png': Uint8Array.from(png) });
  await expect(chosenObject(page)).toHaveText(/box\.obj/);
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');
  await expectFigure(page, 'rotation-error-deg', (degrees) => degrees < 5, 'falls below 5');
  await expect(messages(page)).toHaveCount(0);
  // Three sides are seen, each in both of its colours: one colour a corner would run from each to the next, and shows three at most.
  const shares = await page.locator('figure, section').filter({ has: page.getByText('Rendering', { exact: true }) }).locator('canvas').first()
    .evaluate((element, colors) => {
      const { width, height } = element as HTMLCanvasElement;
      const copy = new OffscreenCanvas(width, height).getContext('2d')!;
      copy.drawImage(element as HTMLCanvasElement, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      const counts = colors.map((color) => {
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (color.every((value, c) => Math.abs(data[i + c] - value) < 16)) count++;
        return count;
      });
      return counts.map((count) => count / (width * height));
    }, PATTERN_COLORS.map((color) => [...color]));
  expect(shares.filter((share) => share > 0.01).length).toBe(6);
});
