import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { button, dropFiles, expectFigure, messages, openSection } from './page';
import { boxCloud, openLearning, SMALL, square, tetrahedron } from './learnPage';
import { expect, test } from './fixtures';

test('a dropped cloud and a dropped mesh are looked at; a broken file is named with the reason, and what was on screen stays', async ({ page }) => {
  await openLearning(page, SMALL);
  await dropFiles(page, { 'my scan.ply': boxCloud() });
  await expect(page.getByRole('heading', { name: 'my scan.ply' })).toBeVisible();
  await expect(page.locator('[data-metric="verdict"]')).toHaveText(/airplane|chair|mug/);
  await dropFiles(page, { 'tower.off': tetrahedron(3) });
  await expect(page.getByRole('heading', { name: 'tower.off' })).toBeVisible();
  const shapes = page.getByRole('list', { name: 'Your shapes' });
  await expect(shapes.getByRole('button')).toHaveCount(2);

  await dropFiles(page, { 'torn.pcd': '# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 9\nHEIGHT 1\nPOINTS 9\nDATA binary\nshort' });
  await expect(messages(page)).toContainText('torn.pcd could not be used');
  await expect(page.getByRole('heading', { name: 'tower.off' })).toBeVisible();
  await dropFiles(page, { '<img src=x onerror=alert(1)>.xyz': 'not numbers' });
  await expect(messages(page)).toContainText('<img src=x onerror=alert(1)>.xyz');
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await dropFiles(page, { 'a.ply': boxCloud(40), 'b.ply': 'broken', 'c.ply': boxCloud(50) });
  await expect(messages(page), 'the good ones do not hide the broken one').toContainText('b.ply could not be used');
  await expect(shapes.getByRole('button')).toHaveCount(4);
  await shapes.getByRole('button', { name: 'my scan.ply' }).click();
  await expect(page.getByRole('heading', { name: 'my scan.ply' })).toBeVisible();
});

test('a glTF is read with the buffer that comes beside it', async ({ page }) => {
  await openLearning(page, SMALL);
  const corners = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0);
  const triangle = {
    asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }], meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] }],
    bufferViews: [{ buffer: 0, byteLength: corners.byteLength }], buffers: [{ uri: 'triangle.bin', byteLength: corners.byteLength }],
  };
  await dropFiles(page, { 'triangle.bin': new Uint8Array(corners.buffer), 'triangle.gltf': JSON.stringify(triangle) });
  await expect(page.getByRole('heading', { name: 'triangle.gltf' })).toBeVisible();
  await expect(page.locator('.verdict')).toBeVisible();
  await expect(messages(page).filter({ hasText: 'could not be used' })).toHaveCount(0);
});

/** Two classes of shapes, and things that are none. */
function mixedBag(): string {
  const root = path.join(mkdtempSync(path.join(tmpdir(), 'shapes-')), 'my shapes');
  for (const split of ['train', 'test']) {
    for (const name of ['towers', 'plates']) mkdirSync(path.join(root, name, split), { recursive: true });
    for (let i = 0; i < (split === 'train' ? 6 : 2); i++) {
      writeFileSync(path.join(root, 'towers', split, `${i}.off`), tetrahedron(3 + i));
      writeFileSync(path.join(root, 'plates', split, `${i}.off`), square(1 + 0.1 * i));
    }
  }
  writeFileSync(path.join(root, 'towers', 'train', 'broken.off'), 'OFF\n4 4 0\n0 0 zero\n');
  writeFileSync(path.join(root, 'notes.md'), 'no shape');
  return root;
}

test('a folder is learnt from; the report says what was read, what was left out and why', async ({ page }) => {
  await openLearning(page, SMALL);
  await openSection(page, 'Your own files');
  await page.getByLabel('Learn from a folder').setInputFiles(mixedBag());
  const report = page.getByRole('region', { name: /^Report on/ });
  await expect(report).toContainText('12 to learn from, 4 to test');
  await expect(report).toContainText('plates: 6 + 2');
  await expect(report.getByRole('list', { name: 'Left out' })).toContainText('broken.off');
  await expect(report.getByRole('list', { name: 'Left out' })).toContainText('notes.md');
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step >= 2, 'trains on it');
  await expect(page.getByRole('button', { name: /^towers taken for towers/ })).toBeVisible();
  await openSection(page, 'Shapes');
  await button(page, 'Back to the shapes made here').click();
  await expect(page.getByRole('button', { name: /^chair taken for chair/ })).toBeVisible();
});
