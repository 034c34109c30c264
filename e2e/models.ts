// Models of several files, as they lie on somebody's site: an OBJ with its material and texture, a glTF with its buffer and image.
import { crc32, deflateSync } from 'node:zlib';
import { Document, NodeIO } from '@gltf-transform/core';

/** Six cells of a texture, one for each side of a box whose corners are shared by no two sides. */
const SIDES = [
  { color: [0xd0, 0x20, 0x20], axis: 0, sign: 1 }, { color: [0x20, 0xa0, 0x30], axis: 0, sign: -1 }, { color: [0x20, 0x40, 0xd0], axis: 1, sign: 1 },
  { color: [0xe0, 0xc0, 0x20], axis: 1, sign: -1 }, { color: [0xe0, 0xe0, 0xe0], axis: 2, sign: 1 }, { color: [0xc0, 0x30, 0xc0], axis: 2, sign: -1 },
] as const;
const CELL = 8;

/** Four corners of a side, counter-clockwise from outside, and where its colour is in the texture. */
const sides = SIDES.map(({ axis, sign }, side) => ({
  u: (side + 0.5) / SIDES.length,
  corners: [[-1, -1], [sign, -sign], [1, 1], [-sign, sign]].map(([a, b]) => {
    const corner = [0, 0, 0];
    corner[axis] = sign;
    corner[(axis + 1) % 3] = a;
    corner[(axis + 2) % 3] = b;
    // Half a unit longer one way: its sides are told apart by shape, too.
    return [1.5 * corner[0], corner[1], corner[2]];
  }),
}));

/** An OBJ with a side for each cell of the texture. */
export function boxObj(library: string): string {
  const lines = [`mtllib ${library}`, 'usemtl painted'];
  sides.forEach(({ u, corners }, side) => {
    for (const corner of corners) lines.push(`v ${corner.join(' ')}`);
    lines.push(`vt ${u} 0.5`, `f ${[1, 2, 3, 4].map((corner) => `${4 * side + corner}/${side + 1}`).join(' ')}`);
  });
  return lines.join('\n');
}

export const boxMtl = (texture: string): string => `newmtl painted\nmap_Kd ${texture}\n`;

/** The six colours side by side, as a PNG. */
export function paintPng(): Uint8Array {
  const [width, height] = [CELL * SIDES.length, CELL];
  const row = [0, ...Array.from({ length: width }, (_, x) => [...SIDES[Math.floor(x / CELL)].color]).flat()];
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(Array.from({ length: height }, () => row).flat()))), chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The same box as glTF, with its buffer and its texture in files of their own. */
async function boxGltf(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const document = new Document();
  const buffer = document.createBuffer().setURI('box.bin');
  const accessor = (type: 'VEC3' | 'VEC2' | 'SCALAR', array: Float32Array | Uint16Array) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const material = document.createMaterial().setBaseColorTexture(document.createTexture().setImage(paintPng()).setMimeType('image/png').setURI('paint%20one.png'));
  const primitive = document.createPrimitive().setMaterial(material)
    .setAttribute('POSITION', accessor('VEC3', Float32Array.from(sides.flatMap(({ corners }) => corners.flat()))))
    .setAttribute('TEXCOORD_0', accessor('VEC2', Float32Array.from(sides.flatMap(({ u, corners }) => corners.flatMap(() => [u, 0.5])))))
    .setIndices(accessor('SCALAR', Uint16Array.from(sides.flatMap((_, s) => [0, 1, 2, 0, 2, 3].map((k) => 4 * s + k)))));
  document.createScene().addChild(document.createNode().setMesh(document.createMesh().addPrimitive(primitive)));
  const { json, resources } = await new NodeIO().writeJSON(document);
  return new Map<string, string | Uint8Array>([
    ['box.gltf', JSON.stringify(json)], ...Object.entries(resources).map(([name, bytes]) => [decodeURIComponent(name), bytes] as const),
  ]);
}

/** @param base the address under which they lie, ending in a slash. */
export async function serveModels(base: string): Promise<import('vite').Plugin> {
  const files = new Map<string, string | Uint8Array>([
    ['box.obj', boxObj('materials/box.mtl')], ['materials/box.mtl', boxMtl('paint one.png')], ['paint one.png', paintPng()],
    ['unpainted.obj', boxObj('unpainted.mtl')], ['unpainted.mtl', boxMtl('gone.png')],
    ...[...await boxGltf()].map(([name, bytes]) => [`gltf/${name}`, bytes] as const),
  ]);
  return {
    name: 'models-of-several-files',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const pathname = decodeURIComponent((request.url ?? '').replace(/[?#].*/, ''));
        const file = pathname.startsWith(base) ? files.get(pathname.slice(base.length)) : undefined;
        if (file === undefined) return next();
        response.end(file);
      });
    },
  };
}
