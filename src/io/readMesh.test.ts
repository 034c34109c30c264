import { describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { faceCount, vertexCount, type Mesh } from '../scene/mesh';
import { faceNormals } from '../scene/normals';
import { readMesh } from './readMesh';
import { PNG, soundFiles, tetraBuffer, tetraGltf, tetraObj, toGlb, utf8 } from './testing/fixtures';

const read = (name: string, content: string | Uint8Array, siblings?: Map<string, Uint8Array>) =>
  readMesh(name, typeof content === 'string' ? utf8(content) : content, siblings);
const failure = async (name: string, content: string | Uint8Array): Promise<SceneError> => {
  const error: unknown = await read(name, content).then(() => undefined, (e: unknown) => e);
  expect(error).toBeInstanceOf(SceneError);
  return error as SceneError;
};

function volume({ positions: p, faces }: Mesh): number {
  let sum = 0;
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]];
    sum += p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) + p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2]) + p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
  }
  return sum / 6;
}

describe('readMesh', () => {
  it.each(soundFiles())('reads %s', async (name, bytes) => {
    const { mesh, warnings } = await readMesh(name, bytes);
    expect(faceCount(mesh)).toBe(4);
    expect(volume(mesh)).toBeCloseTo(name.startsWith('tetra.gl') ? 8 / 6 : 1 / 6, 5);
    expect(warnings.filter(({ code }) => code !== 'missing-file')).toEqual([]);
  });

  it('tells formats apart by content', async () => {
    for (const [name, bytes] of soundFiles()) {
      if (name === 'binary.stl') continue;
      expect(faceCount((await readMesh('upload', bytes)).mesh), name).toBe(4);
    }
    expect(faceCount((await readMesh('wrong.obj', soundFiles()[3][1])).mesh)).toBe(4);
  });

  it('refuses what is empty or unknown, by name', async () => {
    expect((await failure('nothing.obj', '')).details).toMatchObject({ code: 'empty', file: 'nothing.obj' });
    expect((await failure('scene.dae', '<COLLADA/>')).details.code).toBe('unsupported');
    expect((await failure('toString', 'x')).details.code).toBe('unsupported');
    expect((await failure('words.obj', 'hello\nworld\n')).message).toMatch(/words\.obj: no line of it gives a vertex/);
  });
});

describe('OBJ', () => {
  it('takes its colour and its texture from the MTL, whose texture name has spaces', async () => {
    const mtl = utf8('newmtl skin\nKd 0.5 0 0\nmap_Kd -o 0.1 0.2 -clamp on a fine texture.png\n');
    const { mesh, texture, warnings } = await read('tetra.obj', tetraObj(), new Map([['tetra.mtl', mtl], ['A fine texture.png', PNG]]));
    expect([vertexCount(mesh), texture?.name, texture?.mime, warnings.length]).toEqual([8, 'a fine texture.png', 'image/png', 0]);
    expect(mesh.colors).toBeUndefined();
    const untextured = await read('tetra.obj', tetraObj(), new Map([['tetra.mtl', utf8('newmtl skin\nKd 0.5 0 0\n')]]));
    expect(untextured.mesh.colors?.[0]).toBeCloseTo(0.2140, 3);
    expect(untextured.mesh.colors?.[1]).toBe(0);
  });

  it('says which files were missing, or no image', async () => {
    expect((await read('tetra.obj', tetraObj())).warnings[0]).toMatchObject({ code: 'missing-file', place: 'line 1' });
    const mtl = utf8('newmtl skin\nmap_Kd skin.png\n');
    expect((await read('tetra.obj', tetraObj(), new Map([['tetra.mtl', mtl]]))).warnings[0].message).toMatch(/"skin.png" was not given/);
    const fake = new Map([['tetra.mtl', mtl], ['skin.png', utf8('no image')]]);
    expect((await read('tetra.obj', tetraObj(), fake)).warnings[0].code).toBe('not-an-image');
  });

  it('takes negative indices, joined lines, polygons and vertex colours', async () => {
    const { mesh } = await read('square.obj', 'v 0 0 0 1 0 0\nv 1 0 0 1 0 0\nv 1 1 0 0 1 0\nv 0 1 0 0 1 0 # corner\nf -4 -3 \\\n-2 -1\n');
    expect([...mesh.faces]).toEqual([0, 1, 2, 0, 2, 3]);
    expect([...mesh.colors as Float32Array]).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]);
  });

  it('cuts concave polygons inside', async () => {
    const { mesh } = await read('arrow.obj', 'v 2 -2 0\nv 0 3 0\nv -2 -2 0\nv 0 0 0\nf 1 2 3 4\n');
    const normals = faceNormals(mesh);
    expect([normals[2], normals[5]].every((twice) => twice > 0)).toBe(true);
    expect((normals[2] + normals[5]) / 2).toBeCloseTo(6, 6);
  });

  it('splits vertices where their corners differ', async () => {
    const { mesh } = await read('split.obj', 'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nvn 0 0 1\nvn 0 1 0\nf 1//1 2//1 3//1\nf 1//2 4//2 2//2\n');
    expect(vertexCount(mesh)).toBe(6);
    expect([...mesh.normals as Float32Array].slice(0, 3)).toEqual([0, 0, 1]);
  });

  it('keeps what can be used of broken files and names the line', async () => {
    const { mesh, warnings } = await read('broken.obj', 'v 0 0 0\nv 1 0 0\nv 0 1 0\nv nan 0 0\nf 1 2 3\nf 1 2 4\nf 1 2 9\nf 0 1 2\nf 1 2\n');
    expect([faceCount(mesh), vertexCount(mesh)]).toEqual([1, 3]);
    expect(warnings.map(({ code, place }) => [code, place])).toEqual([
      ['not-finite', 'line 4'], ['index-out-of-range', 'line 8'], ['malformed', 'line 9'], ['index-out-of-range', 'line 7'], ['not-finite', 'line 6'],
    ]);
    expect((await failure('nan.obj', 'v nan 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n')).details).toMatchObject({ code: 'not-finite', place: 'line 1' });
    expect((await failure('points.obj', 'v 0 0 0\nv 1 0 0\n')).details.code).toBe('no-faces');
  });
});

describe('PLY', () => {
  it('reads text and both byte orders alike, colours as linear light', async () => {
    const meshes = await Promise.all(soundFiles().slice(2, 5).map(async ([name, bytes]) => ({ ...(await readMesh(name, bytes)).mesh, name: '' })));
    expect(meshes[1]).toEqual(meshes[0]);
    expect(meshes[2]).toEqual(meshes[0]);
    expect([...meshes[0].colors as Float32Array].slice(0, 3)).toEqual([0, 1, 0]);
  });

  const header = (lines: string[]) => ['ply', 'format ascii 1.0', ...lines, 'end_header', ''].join('\n');
  const triangle = ['element vertex 3', 'property float x', 'property float y', 'property float z', 'element face 1'];

  it('takes texture coordinates of corners and colours of faces', async () => {
    const { mesh } = await read('wedge.ply', `${header([...triangle, 'property list uchar int vertex_index', 'property list uchar float texcoord', 'property uchar red', 'property uchar green', 'property uchar blue'])}0 0 0\n1 0 0\n0 1 0\n3 0 1 2 6 0 0 1 0 0 1 255 0 0\n`);
    expect([...mesh.uvs as Float32Array]).toEqual([0, 0, 1, 0, 0, 1]);
    expect([...mesh.colors as Float32Array]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0]);
  });

  it('takes a header of \\r\\n lines and faces before vertices', async () => {
    const swapped = ['element face 1', 'property list uchar int vertex_index', ...triangle.slice(0, 4)];
    const { mesh } = await read('crlf.ply', `${header(swapped)}3 0 1 2\n0 0 0\n1 0 0\n0 1 0\n`.replaceAll('\n', '\r\n'));
    expect([...mesh.faces]).toEqual([0, 1, 2]);
  });

  it('refuses counts beyond all limits and types that are none, and keeps a cut-off file\'s faces', async () => {
    expect((await failure('huge.ply', header(['element vertex 99999999999', ...triangle.slice(1)]))).details.code).toBe('too-large');
    expect((await failure('type.ply', header(['element vertex 3', 'property constructor x']))).details).toMatchObject({ code: 'malformed', place: 'line 4' });
    const { mesh, warnings } = await read('cut.ply', soundFiles()[3][1].subarray(0, -5));
    expect([faceCount(mesh), warnings[0].code, warnings[0].place]).toEqual([3, 'malformed', expect.stringMatching(/^byte \d+$/)]);
  });
});

describe('STL', () => {
  it('welds its corners and joins its solids', async () => {
    for (const [name, bytes] of soundFiles().slice(5, 7)) expect(vertexCount((await readMesh(name, bytes)).mesh), name).toBe(4);
  });

  it('keeps the facets before the cut', async () => {
    const { mesh, warnings } = await read('cut.stl', soundFiles()[6][1].subarray(0, -10));
    expect([faceCount(mesh), warnings[0].place]).toEqual([3, 'byte 274']);
  });
});

describe('OFF', () => {
  it('reads colours of vertices and of faces, and files without the header word', async () => {
    expect([...(await readMesh('c.off', soundFiles()[1][1])).mesh.colors as Float32Array].slice(0, 3)).toEqual([1, 0, 0]);
    const { mesh } = await read('f.off', '4 2 0\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n3 0 1 2 255 0 0\n3 0 2 3 0 0 255\n');
    expect(vertexCount(mesh)).toBe(6);
  });

  it('refuses counts beyond all limits at once', async () => {
    const error = await failure('OutOfMemory.off', 'OFF\n353535235358 6 0\n0 0 0\n');
    expect(error.details).toMatchObject({ code: 'too-large', place: 'line 2' });
    expect((await failure('b.off', 'OFF BINARY\n')).details.code).toBe('unsupported');
    expect((await failure('4.off', '4OFF\n1 1 0\n')).details.code).toBe('unsupported');
  });
});

describe('glTF', () => {
  it('multiplies out the nodes and bakes the base colour', async () => {
    const { mesh } = await readMesh('tetra.glb', toGlb(tetraGltf()));
    expect([...mesh.positions].slice(0, 6)).toEqual([10, 0, 0, 12, 0, 0]);
    expect([...mesh.colors as Float32Array].slice(0, 3)).toEqual([1, 0.5, 0.25]);
  });

  it('turns the faces of mirrored nodes', async () => {
    const document = tetraGltf();
    document.nodes[1].scale = [-2, 2, 2];
    expect(volume((await readMesh('mirror.glb', toGlb(document))).mesh)).toBeCloseTo(8 / 6, 5);
  });

  it('takes buffers given along and names those that are missing', async () => {
    const text = JSON.stringify(tetraGltf({ byteLength: 72, uri: 'data%20folder/tetra%201.bin' }));
    expect(faceCount((await read('t.gltf', text, new Map([['tetra 1.bin', tetraBuffer()]]))).mesh)).toBe(4);
    expect((await failure('t.gltf', text)).details).toMatchObject({ code: 'missing-file', place: '/buffers/0', advice: expect.stringMatching(/together with/) });
  });

  it('ends on cyclic nodes', async () => {
    const document = tetraGltf();
    document.nodes[1].children = [0];
    const { mesh, warnings } = await readMesh('cycle.glb', toGlb(document));
    expect([faceCount(mesh), warnings[0].code, warnings[0].place]).toEqual([4, 'malformed', '/nodes/1/children/0']);
  });

  it('refuses Draco by name', async () => {
    const draco = { ...tetraGltf(), extensionsRequired: ['KHR_draco_mesh_compression'] };
    expect((await failure('draco.glb', toGlb(draco))).message).toMatch(/Draco/);
  });

  it('names meshopt data that cannot be undone', async () => {
    const packed = { ...tetraGltf(), extensionsUsed: ['EXT_meshopt_compression'] };
    packed.bufferViews[0].extensions = { EXT_meshopt_compression: { buffer: 0, byteLength: 48, byteStride: 12, count: 4, mode: 'ATTRIBUTES' } };
    expect((await failure('packed.glb', toGlb(packed))).details).toMatchObject({ code: 'malformed', place: '/bufferViews/0/extensions/EXT_meshopt_compression' });
  });

  it('keeps the primitives that can be read', async () => {
    const document = tetraGltf();
    document.meshes[0].primitives.push({ attributes: { POSITION: 7 } }, { attributes: { POSITION: 0 }, indices: 1, mode: 1 }, { attributes: { POSITION: 2 } });
    document.accessors.push({ bufferView: 0, componentType: 5126, count: 1e9, type: 'VEC3' });
    document.accessors[2].count = 400;
    const { mesh, warnings } = await readMesh('some.glb', toGlb(document));
    expect(faceCount(mesh)).toBe(4);
    expect(warnings.map(({ code, place }) => [code, place])).toEqual([
      ['malformed', '/meshes/0/primitives/1/attributes/POSITION'], ['unsupported', '/meshes/0/primitives/2'], ['malformed', '/accessors/2'],
    ]);
  });

  it('refuses counts beyond all limits and elements that overlap', async () => {
    const huge = tetraGltf();
    huge.accessors[0] = { componentType: 5126, count: 1e9, type: 'VEC3' };
    expect((await failure('huge.glb', toGlb(huge))).details).toMatchObject({ code: 'too-large', place: '/accessors/0' });
    const overlapping = tetraGltf();
    overlapping.bufferViews[0].byteStride = 0;
    expect((await failure('overlap.glb', toGlb(overlapping))).message).toMatch(/overlap/);
  });

  it('reads strips, fans and sparse, normalised, interleaved data', async () => {
    const document = tetraGltf();
    document.meshes[0].primitives = [
      { attributes: { POSITION: 0, COLOR_0: 2 }, mode: 5 }, { attributes: { POSITION: 0 }, mode: 6 },
    ];
    document.bufferViews.push({ buffer: 0, byteLength: 72, byteStride: 12 });
    document.accessors.push({ bufferView: 2, componentType: 5121, normalized: true, count: 4, type: 'VEC4' });
    document.accessors[0].sparse = {
      count: 1, indices: { bufferView: 1, byteOffset: 2, componentType: 5123 }, values: { bufferView: 0, byteOffset: 12 },
    };
    const { mesh, warnings } = await readMesh('strip.glb', toGlb(document));
    expect(warnings).toEqual([]);
    expect([...mesh.faces]).toEqual([0, 1, 2, 2, 1, 3, 4, 5, 6, 4, 6, 7]);
    // The sparse part writes point 1 over point 2.
    expect([...mesh.positions].slice(6, 9)).toEqual([12, 0, 0]);
    expect(mesh.colors?.every((c) => c >= 0 && c <= 1)).toBe(true);
  });
});
