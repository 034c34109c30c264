import { Document, NodeIO } from '@gltf-transform/core';
import { button, chosenObject, dropFiles, expectFigure, figureText, messages, openSection } from './page';
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

test('a dropped GLB is recovered', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  await dropFiles(page, { 'my bird.glb': await birdAsGlb() });
  await expect(chosenObject(page)).toHaveText('my bird.glb');
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

test('broken files, a picture that is none among them, are named with place and reason, and the run goes on', async ({ page }) => {
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  for (const { name, bytes, says } of BROKEN) {
    await dropFiles(page, { [name]: bytes });
    for (const pattern of says) await expect(messages(page), name).toContainText(pattern);
    await messages(page).getByRole('button', { name: /^Dismiss/ }).first().click();
  }
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(chosenObject(page)).toHaveText('Six-colour cube');
  await expect(button(page, 'Pause').or(button(page, 'Play'))).toBeVisible();

  await openSection(page, 'Your own image');
  await page.getByLabel(/^Picture, PNG or JPEG/).setInputFiles({ name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await button(page, 'Find the pose in it').click();
  await expect(messages(page)).toContainText('holiday.png');
});

/** Six flat cells of a texture, one for each side of a cube whose corners are shared by no two sides. */
const SIDES = [
  { color: '#d02020', axis: 0, sign: 1 }, { color: '#20a030', axis: 0, sign: -1 }, { color: '#2040d0', axis: 1, sign: 1 },
  { color: '#e0c020', axis: 1, sign: -1 }, { color: '#e0e0e0', axis: 2, sign: 1 }, { color: '#c030c0', axis: 2, sign: -1 },
];

function texturedCube(): string {
  const lines = ['mtllib box.mtl', 'usemtl painted'];
  SIDES.forEach(({ axis, sign }, side) => {
    for (const [a, b] of [[-1, -1], [sign, -sign], [1, 1], [-sign, sign]]) {
      const corner = [0, 0, 0];
      corner[axis] = sign;
      corner[(axis + 1) % 3] = a;
      corner[(axis + 2) % 3] = b;
      // Half a unit longer one way: its sides are told apart by shape, too.
      lines.push(`v ${corner[0] * 1.5} ${corner[1]} ${corner[2]}`);
    }
    lines.push(`vt ${(side + 0.5) / SIDES.length} 0.5`, `f ${[1, 2, 3, 4].map((corner) => `${4 * side + corner}/${side + 1}`).join(' ')}`);
  });
  return lines.join('\n');
}

test('an OBJ with its material and texture, dropped together, is recovered in its colours', async ({ page }) => {
  await page.goto('#v=1&size=64&encoder=0');
  await expectFigure(page, 'step', (step) => step > 0, 'moves');
  const texture = await page.evaluate(async (colors) => {
    const canvas = new OffscreenCanvas(8 * colors.length, 8);
    const context = canvas.getContext('2d')!;
    colors.forEach((color, i) => {
      context.fillStyle = color;
      context.fillRect(8 * i, 0, 8, 8);
    });
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  }, SIDES.map(({ color }) => color));
  await dropFiles(page, { 'box.obj': texturedCube(), 'box.mtl': 'newmtl painted\nmap_Kd paint.png\n', 'paint.png': Uint8Array.from(texture) });
  await expect(chosenObject(page)).toHaveText(/box\.obj/);
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');
  await expect(messages(page)).toHaveCount(0);
});

test('a mesh by its address, in a link and in the field, is recovered; an address that fails is said', async ({ page, complaints }) => {
  complaints.allow(/404/);
  const bird = Buffer.from(await birdAsGlb());
  await page.route('https://models.example/**', (route) => (route.request().url().includes('bird')
    ? route.fulfill({ body: bird, contentType: 'model/gltf-binary', headers: { 'access-control-allow-origin': '*' } })
    : route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' } })));
  await page.goto('#v=1&size=64&mesh=https://models.example/bird%2520one.glb');
  await expect(chosenObject(page)).toHaveText('https://models.example/bird%20one.glb');
  await expect.poll(() => figureText(page, 'image-matched'), { timeout: 150_000 }).toBe('yes');
  const load = async (address: string) => {
    await page.getByLabel('… or from the web').fill(address);
    await button(page, 'Load').click();
  };
  await load('https://models.example/none.ply');
  await expect(messages(page)).toContainText('404');
  await expect(chosenObject(page)).toHaveText('https://models.example/bird%20one.glb');
  await load('https://models.example/bird2.glb');
  await expect(chosenObject(page)).toHaveText('https://models.example/bird2.glb');
  await expectFigure(page, 'step', (step) => step > 0, 'moves on the new mesh');
  expect(page.url()).toContain('mesh=https://models.example/bird2.glb');
});
