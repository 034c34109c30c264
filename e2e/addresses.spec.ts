import { boxMtl, boxObj, paintPng } from './models';
import { button, chosenObject, expectFigure, figure, figureText, messages } from './page';
import { expect, test } from './fixtures';

const coloursOf = (page: import('@playwright/test').Page) => page.locator('figure', { hasText: 'Target' }).locator('canvas').evaluate((element) => {
  const canvas = element as HTMLCanvasElement;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const strong = new Set<string>();
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [0, 1, 2].map((k) => Math.round(data[i + k] / 64));
    if (Math.max(r, g, b) - Math.min(r, g, b) > 1) strong.add(`${r}${g}${b}`);
  }
  return strong.size;
});

for (const name of ['box.obj', 'gltf/box.gltf']) {
  test(`${name} by its address comes with what lies beside it, in its colours`, async ({ page, baseURL }) => {
    const address = new URL(`models/${name}`, baseURL).href;
    await page.goto(`#v=1&size=64&encoder=0&stop=1&mesh=${address}`);
    await expect(chosenObject(page)).toHaveText(address);
    await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
    expect(await figure(page, 'faces')).toBe(12);
    await expect.poll(() => coloursOf(page), 'the target has the colours of the texture').toBeGreaterThan(0);
    await expect(messages(page)).toHaveCount(0);
  });
}

test('a texture that is not there is a remark, and the mesh is shown without it', async ({ page, baseURL, complaints }) => {
  complaints.allow(/404/);
  await page.goto(`#v=1&size=64&encoder=0&stop=1&mesh=${new URL('models/unpainted.obj', baseURL).href}`);
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await expect(messages(page)).toContainText('gone.png');
  await expect(messages(page)).toContainText('could not be fetched');
  expect(await coloursOf(page)).toBe(0);
});

test('several files chosen together are one object with its material and texture', async ({ page }) => {
  await page.goto('#v=1&size=64&encoder=0&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  const picker = page.getByLabel(/^Open files/);
  for (const ending of ['.gltf', '.bin', '.webp', '.mtl']) expect(await picker.getAttribute('accept')).toContain(ending);
  await picker.setInputFiles([
    { name: 'paint.png', mimeType: 'image/png', buffer: Buffer.from(paintPng()) },
    { name: 'box.mtl', mimeType: 'model/mtl', buffer: Buffer.from(boxMtl('paint.png')) },
    { name: 'box.obj', mimeType: 'model/obj', buffer: Buffer.from(boxObj('box.mtl')) },
  ]);
  await expect(chosenObject(page)).toHaveText(/box\.obj/);
  await expectFigure(page, 'faces', (faces) => faces === 12, 'are those of the box');
  await expectFigure(page, 'step', (step) => step > 1, 'moves');
  await expect.poll(() => coloursOf(page), 'the target has the colours of the texture').toBeGreaterThan(0);
  await expect(messages(page)).toHaveCount(0);
});

test('while another object is on its way nothing of the last run stays up; a load that is cancelled brings it back', async ({ page }) => {
  let deliver: () => void = () => undefined;
  const asked = new Promise<void>((begun) => {
    void page.route('**/objects/teapot.ply', async (route) => {
      begun();
      await new Promise<void>((go) => { deliver = go; });
      await route.continue();
    });
  });
  await page.goto('#v=1&size=64&stop=3');
  await expectFigure(page, 'step', (step) => step === 3, 'arrives at 3');
  await expect.poll(() => figureText(page, 'hypothesis-loss')).toMatch(/\d/);
  const loss = await figureText(page, 'loss');
  const vertices = await figureText(page, 'vertices');
  await page.getByLabel('Object', { exact: true }).selectOption('teapot');
  await asked;
  for (const metric of ['loss', 'rotation-error-deg', 'step', 'last-step']) await expect(page.locator(`[data-metric="${metric}"]`).first(), metric).toHaveText('–');
  for (const metric of ['hypothesis-loss', 'hypothesis-error-deg', 'vertices', 'faces', 'difference-scale', 'gradient-scale']) {
    await expect(page.locator(`[data-metric="${metric}"]`), metric).toHaveCount(0);
  }
  await button(page, 'Cancel').click();
  await expect(page.locator('[data-metric="loss"]')).toHaveText(loss);
  await expect(page.locator('[data-metric="vertices"]')).toHaveText(vertices);
  deliver();
});
