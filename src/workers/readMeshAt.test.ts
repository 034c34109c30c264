import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { addressesOf, nameOf, readMeshAt } from './readMeshAt';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
const POSITIONS = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]);
const obj = (material: string) => `mtllib ${material}\nusemtl painted\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\nf 1/1 2/2 3/3\n`;
const gltf = (buffer: string, image = 'skin.png') => JSON.stringify({
  asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }],
  meshes: [{ primitives: [{ attributes: { POSITION: 0, TEXCOORD_0: 1 }, material: 0 }] }],
  materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }], textures: [{ source: 0 }], images: [{ uri: image }],
  buffers: [{ uri: buffer, byteLength: 36 }], bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteLength: 24 }],
  accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' }, { bufferView: 1, componentType: 5126, count: 3, type: 'VEC2' }],
});

const files: Record<string, string | Uint8Array> = {
  '/models/box.obj': obj('box%20one.mtl'), '/models/box one.mtl': 'newmtl painted\nmap_Kd textures\\paint 1.png\n', '/models/textures/paint 1.png': PNG,
  '/models/far.obj': obj('far.mtl'), '/models/far.mtl': 'newmtl painted\nmap_Kd C:\\work\\near.png\n', '/models/near.png': PNG,
  '/models/bare.obj': obj('none.mtl'), '/models/unpainted.obj': obj('unpainted.mtl'), '/models/unpainted.mtl': 'newmtl painted\nmap_Kd gone.png\n',
  '/models/leaf.gltf': gltf('leaf.bin'), '/models/leaf.bin': new Uint8Array(POSITIONS.buffer), '/models/skin.png': PNG,
  '/models/skinless.gltf': gltf('leaf.bin', 'gone.png'), '/models/torn.gltf': gltf('gone.bin'),
};
let server: Server;
let origin: string;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    const file = files[path];
    if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => server.close());
beforeEach(() => { asked = []; });

const quietly = () => undefined;
const read = (name: string) => readMeshAt(`${origin}/models/${name}`, name, quietly);
const messages = async (name: string) => (await read(name)).warnings.map(({ message }) => message);

describe('a mesh at an address', () => {
  it('comes with the material and the texture beside it, each fetched once', async () => {
    const { texture, warnings, mesh } = await read('box.obj');
    expect(warnings).toEqual([]);
    expect(texture).toMatchObject({ mime: 'image/png', bytes: PNG });
    expect(mesh.uvs).toHaveLength(6);
    expect(asked).toEqual(['/models/box.obj', '/models/box one.mtl', '/models/textures/paint 1.png']);
  });

  it('finds what it names on another machine beside itself', async () => {
    const { texture, warnings } = await read('far.obj');
    expect([texture?.bytes, warnings]).toEqual([PNG, []]);
  });

  it('is shown without a texture or material that is not there, and says so', async () => {
    expect((await messages('unpainted.obj')).join(' ')).toMatch(/gone\.png.*could not be fetched.*404/);
    expect((await messages('bare.obj')).join(' ')).toMatch(/none\.mtl.*could not be fetched.*404/);
    const { mesh, texture, warnings } = await read('skinless.gltf');
    expect([mesh.faces.length, texture]).toEqual([3, undefined]);
    expect(warnings.map(({ message }) => message).join(' ')).toMatch(/gone\.png/);
  });

  it('as glTF comes with its buffers and images', async () => {
    const { mesh, texture, warnings } = await read('leaf.gltf');
    expect([...mesh.positions]).toEqual([...POSITIONS]);
    expect([texture?.bytes, warnings]).toEqual([PNG, []]);
    expect(asked).toEqual(['/models/leaf.gltf', '/models/leaf.bin', '/models/skin.png']);
  });

  it('cannot be without its buffer: the failure names it and is typed', async () => {
    const error = await read('torn.gltf').then(() => undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SceneError);
    expect((error as SceneError).details).toMatchObject({ code: 'network', file: 'gone.bin' });
    expect((error as SceneError).reason).toContain('404');
  });

  it('asks no other site, and at most 64 files', async () => {
    expect(addressesOf('https://elsewhere.example/a/b.png', 'https://here.example/m/x.obj')).toEqual(['https://here.example/m/b.png']);
    expect(addressesOf('a%20b#1?.png', 'https://here.example/m/x.obj')).toEqual(['https://here.example/m/a%20b%231%3F.png']);
    expect(addressesOf('100%.png', 'https://here.example/m/x.obj')).toEqual(['https://here.example/m/100%25.png']);
    expect(addressesOf('C:\\t\\b.png', 'https://here.example/m/x.obj')).toEqual(['https://here.example/m/b.png']);
    files['/models/many.obj'] = `${Array.from({ length: 100 }, (_, i) => `mtllib m${i}.mtl`).join('\n')}\n${obj('last.mtl')}`;
    await read('many.obj');
    expect(asked.length).toBeLessThanOrEqual(1 + 64);
  });

  it('is called by the last part of its address', () => {
    expect(nameOf('https://here.example/a/my%20box.obj?x=1')).toBe('my box.obj');
    expect(nameOf('https://here.example/a/100%.obj')).toBe('100%.obj');
    expect(() => nameOf('nowhere')).toThrow(SceneError);
  });
});
