import { Document, NodeIO } from '@gltf-transform/core';
import { button, dropFile, expectFigure, figureText } from './page';
import { expect, test } from './fixtures';
import { BUILT_IN_OBJECTS } from '../src/scene/objects';
import type { Mesh } from '../src/scene/mesh';

/** The bird, as somebody's GLB. */
async function birdAsGlb(): Promise<Uint8Array> {
  const object = BUILT_IN_OBJECTS.find(({ id, source }) => id !== 'cube' && source.kind === 'primitive' && source.build().colors);
  if (object?.source.kind !== 'primitive') throw new Error('There is no coloured built-in object of our own.');
  const mesh: Mesh = object.source.build();
  const document = new Document();
  const buffer = document.createBuffer();
  const primitive = document.createPrimitive()
    .setAttribute('POSITION', document.createAccessor().setType('VEC3').setArray(mesh.positions.map((x) => 100 * x)).setBuffer(buffer))
    .setAttribute('COLOR_0', document.createAccessor().setType('VEC3').setArray(mesh.colors ?? new Float32Array()).setBuffer(buffer))
    .setIndices(document.createAccessor().setType('SCALAR').setArray(mesh.faces).setBuffer(buffer));
  document.createScene().addChild(document.createNode().setMesh(document.createMesh().addPrimitive(primitive)));
  return new NodeIO().writeBinary(document);
}

const messages = (page: import('@playwright/test').Page) => page.getByRole('list', { name: 'Messages' });

test('a dropped GLB is recovered', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  await dropFile(page, 'my bird.glb', await birdAsGlb());
  await expect(page.getByLabel('Object', { exact: true }).locator('option:checked')).toHaveText('my bird.glb');
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 170_000 }).toBe('yes');
});

const BROKEN: readonly { name: string; bytes: string; says: RegExp[] }[] = [
  { name: 'torn.obj', bytes: 'v 0 0 0\nv 1 0 0\nv 0 one 0\nf 1 2 3\n', says: [/torn\.obj/, /line 3/] },
  { name: 'points.ply', bytes: 'ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n', says: [/points\.ply/, /face/i] },
  { name: 'nan.off', bytes: 'OFF\n3 1 0\n0 0 0\n1 nan 0\n0 1 0\n3 0 1 2\n', says: [/nan\.off/, /number|finite/i] },
  { name: 'huge.off', bytes: 'OFF\n353000000000 1 0\n0 0 0\n', says: [/huge\.off/] },
  { name: 'empty.stl', bytes: '', says: [/empty\.stl/, /empty/i] },
  { name: 'cut.glb', bytes: 'glTF\x02\x00\x00\x00', says: [/cut\.glb/] },
  { name: '<img src=x onerror=alert(1)>.ply', bytes: 'ply\n', says: [/<img src=x onerror=alert\(1\)>\.ply/] },
];

test('broken files are named, with place and reason, and the run goes on', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  for (const { name, bytes, says } of BROKEN) {
    await dropFile(page, name, bytes);
    for (const pattern of says) await expect(messages(page), name).toContainText(pattern);
    await messages(page).getByRole('button', { name: /^Dismiss/ }).first().click();
  }
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(page.getByLabel('Object', { exact: true }).locator('option:checked')).toHaveText('Six-colour cube');
  await expect(button(page, 'Pause').or(button(page, 'Play'))).toBeVisible();
});

test('an image that is none is refused by name', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  await page.locator('summary', { hasText: 'Your own image' }).click();
  await page.getByLabel(/^Picture, PNG or JPEG/).setInputFiles({ name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await button(page, 'Find the pose in it').click();
  await expect(messages(page)).toContainText('holiday.png');
});
