import { npy, zip } from '../src/io/testing/pointFixtures';
import { button, dropFiles, expectFigure, openSection } from './page';
import { boxCloud, dropFolder, openLearning, SMALL, tetrahedron, writeFolder } from './learnPage';
import { expect, test } from './fixtures';

/** Points of two parts, along x and along y. */
const parts = (i: number): readonly (readonly number[])[] => Array.from({ length: 60 }, (_, k) => (k < 30 ? [0.1 * k, 0, 0.01 * i, 4] : [0, 0.1 * (k - 30), 0.01 * i, 9]));

const pcd = (i: number) => `VERSION 0.7\nFIELDS x y z label\nSIZE 4 4 4 4\nTYPE F F F U\nCOUNT 1 1 1 1\nWIDTH 60\nHEIGHT 1\nPOINTS 60\nDATA ascii\n${parts(i).map((row) => row.join(' ')).join('\n')}\n`;
const ply = (i: number) => `ply\nformat ascii 1.0\nelement vertex 60\nproperty float x\nproperty float y\nproperty float z\nproperty uchar label\nend_header\n${parts(i).map((row) => row.join(' ')).join('\n')}\n`;
const txt = (i: number) => `x y z label\n${parts(i).map((row) => row.join(' ')).join('\n')}\n`;
const obj = '# a square\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 3 4\n';
const npz = (i: number) => zip({
  'points.npy': npy('<f4', [60, 3], parts(i).flatMap((row) => row.slice(0, 3))), 'labels.npy': npy('<i4', [60], parts(i).map((row) => row[3])),
}, false);

test('a folder with a bag of formats, labelled and not, is dropped: the parts are learnt from what has labels, and each file is accounted for', async ({ page }) => {
  const folder = writeFolder('mixed bag', {
    'a.pcd': pcd(1), 'b.ply': ply(2), 'c.txt': txt(3), 'deep/d.npz': npz(4), 'deep/down/e.txt': txt(5), 'plain.ply': boxCloud(30), 'square.obj': obj, 'torn.pcd': 'VERSION 0.7\nFIELDS x y\n', 'notes.md': 'no shape',
  });
  await openLearning(page, 'family=mug&train=4&test=2&points=64&width=0.0625&batch=2&from=nothing&backend=cpu&normals=0&model=pointnet', 'segment');
  await dropFolder(page, folder);
  await openSection(page, 'Your own files');
  const report = page.getByRole('region', { name: /^Report on mixed bag/ });
  await expect(report).toBeVisible();
  await expect(report).toContainText('part 4');
  await page.locator('summary', { hasText: '5 files read' }).click();
  await expect(report.getByRole('list', { name: 'Read', exact: true })).toContainText('mixed bag/deep/down/e.txt');
  const left = report.getByRole('list', { name: 'Left out' });
  for (const [name, reason] of [['plain.ply', 'no labels'], ['square.obj', 'no labels'], ['torn.pcd', ''], ['notes.md', 'format']]) {
    await expect(left.getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  }
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step >= 2, 'trains on it');
  await expect(page.getByRole('button', { name: /^part 4 taken for part 9/ })).toBeVisible();
});

test('a scan that lies is stood up, in the view, for the network and in the link', async ({ page }) => {
  await openLearning(page, SMALL);
  await dropFiles(page, { 'tower.off': tetrahedron(3) });
  await expect(page.getByRole('heading', { name: 'tower.off' })).toBeVisible();
  await openSection(page, 'Your own files');
  const place = page.locator('[data-metric="point"]');
  await button(page, 'Next point').click();
  await expect(place).toHaveText(/^Point 0 at /);
  const before = await place.textContent();
  const [x, y, z] = (before ?? '').replace(/−/g, '-').match(/-?\d+\.\d\d/g)?.map(Number) ?? [];
  await page.getByLabel('Upright axis').last().selectOption('z');
  await expect(page).toHaveURL(/stands=z/);
  const text = ([x, z, -y] as number[]).map((value) => (value + 0).toFixed(2).replace('-', '−')).join(', ').replace(/−0\.00/g, '0.00');
  await expect.poll(async () => (await place.textContent())?.replace(/−0\.00/g, '0.00')).toContain(`Point 0 at ${text}`);
  await page.getByLabel('Turned about it', { exact: false }).first().fill('90');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/turned=90/);
  await expect(page.locator('.verdict')).toBeVisible();
});
