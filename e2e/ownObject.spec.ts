import type { Page } from '@playwright/test';
import { chosenObject, dropFiles, expectFigure, messages } from './page';
import { expect, test } from './fixtures';

// Few and small renderings: these journeys are about files.
const SMALL = '#v=1&size=64&hypotheses=16&refined=1&encoder=0';

/** Corners of a box of 30 × 20 × 10 units and its twelve triangles. */
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [30 * (i & 1), 10 * (i & 2), 2.5 * (i & 4)]);
const TRIANGLES = [[0, 2, 1], [1, 2, 3], [4, 5, 6], [5, 7, 6], [0, 1, 4], [1, 5, 4], [2, 6, 3], [3, 6, 7], [0, 4, 2], [2, 4, 6], [1, 3, 5], [3, 7, 5]];
/** √(30² + 20² + 10²). */
const ACROSS = /37\.4 units across/;

const rows = (lists: readonly (readonly (number | string)[])[]) => lists.map((list) => list.join(' ')).join('\n');
const stl = `solid box\n${TRIANGLES.map((triangle) => `facet normal 0 0 0\nouter loop\n${rows(triangle.map((v) => ['vertex', ...CORNERS[v]]))}\nendloop\nendfacet`).join('\n')}\nendsolid box\n`;
const ply = `ply\nformat ascii 1.0\nelement vertex 8\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face 12\nproperty list uchar int vertex_indices\nend_header\n${
  rows(CORNERS.map((corner, i) => [...corner, 36 * i, 255 - 36 * i, i % 2 ? 255 : 0]))}\n${rows(TRIANGLES.map((triangle) => [3, ...triangle]))}\n`;
/** Two of its faces name corners that do not exist, and it ends before the last that it declares. */
const torn = `OFF\n8 15 0\n${rows(CORNERS)}\n${rows(TRIANGLES.map((triangle) => [3, ...triangle]))}\n3 0 1 99\n3 0 1 98\n`;

async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel(/^Open files/).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await expect(chosenObject(page)).toHaveText(name);
  await expectFigure(page, 'step', (step) => step > 0, `moves on ${name}`);
}

test('STL, PLY and OFF are opened by the file picker in their own units; one that is torn is read as far as it goes', async ({ page }) => {
  await page.goto(SMALL);
  const object = page.locator('details').filter({ has: page.locator('summary', { hasText: /^Object$/ }) });
  await pick(page, 'box.stl', stl);
  await expect(object).toContainText(ACROSS);
  await expect(object).toContainText('12 faces');
  await pick(page, 'box.ply', ply);
  await expect(object).toContainText(ACROSS);
  await expect(messages(page)).toHaveCount(0);

  await pick(page, 'torn.off', torn);
  await expect(object).toContainText(ACROSS);
  const notice = messages(page).getByRole('status').filter({ hasText: 'torn.off was read with remarks' });
  await expect(notice).toContainText('Kept: 12 faces.');
  await expect(notice).toContainText('Line 23: faces that name vertices which do not exist were left out (2 times).');
  await expect(notice).toContainText('Line 24: it ends after 14 of 15 faces.');
});

test('a picture dropped anywhere on the page becomes the target', async ({ page }) => {
  await page.goto(`${SMALL}&stop=1`);
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  const canvas = page.locator('figure', { hasText: 'Target' }).locator('canvas');
  await expect.poll(() => canvas.getAttribute('width')).toBe('64');
  const png = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL('image/png').split(',')[1]);
  await dropFiles(page, { 'photo.png': Buffer.from(png, 'base64') });
  await expect(messages(page)).toContainText('The pose of the Six-colour cube is sought in photo.png');
  await expect(messages(page)).toContainText('60° across the width');
  await expectFigure(page, 'step', (step) => step > 1, 'moves on the picture');
  await expect(page.locator('[data-metric="rotation-error-deg"]'), 'nobody knows the true pose').toHaveText('–');
  await expect(page.getByLabel('Unknown', { exact: true })).toHaveValue('rotation+translation');
});
