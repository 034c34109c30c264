import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { boundingSphere, meshDiameter } from '../scene/measure';
import { faceCount, vertexCount, type Mesh } from '../scene/mesh';
import { buildTopology } from '../scene/topology';
import { weldPositions } from '../scene/weld';
import { readMesh, type ReadMesh } from './readMesh';
import { hasSharedData, listFiles, loadFile, loadSiblings } from './testing/sharedData';

const read = (file: string): Promise<ReadMesh> => readMesh(path.basename(file), loadFile(file), loadSiblings(file));
const title = hasSharedData ? 'real files' : 'real files (skipped: ../shared/data is not here)';

function expectSound({ positions, faces, normals, colors, uvs }: Mesh): void {
  expect(faces.length).toBeGreaterThan(0);
  expect(faces.length % 3).toBe(0);
  for (const data of [positions, normals, colors, uvs]) expect(data?.every(Number.isFinite) ?? true).toBe(true);
  expect(faces.every((v) => v < positions.length / 3)).toBe(true);
  for (const data of [normals, colors]) expect(data?.length ?? positions.length).toBe(positions.length);
  expect(uvs?.length ?? (positions.length / 3) * 2).toBe((positions.length / 3) * 2);
}

/** File, vertices, faces, welded vertices, texture. */
const COUNTS: [file: string, vertices: number, faces: number, welded: number, texture?: string][] = [
  ['meshes/spot.obj', 3225, 5856, 2930], ['meshes/spot_textured/cow.obj', 3225, 5856, 2930, 'cow_texture.png'], ['meshes/teapot.obj', 3644, 6320, 3241],
  ['meshes/pytorch3d_teapot/teapot.obj', 1292, 2464, 1232], ['meshes/bunny.off', 3485, 6966, 3485], ['meshes/suzanne.obj', 507, 968, 505],
  ['meshes/trimesh/suzanne.ply', 1966, 968, 505], ['meshes/icosphere.ply', 82, 80, 42], ['meshes/libigl/horse_quad.obj', 2400, 4796, 2400],
  ['meshes/libigl/3holes.off', 3596, 7200, 3596], ['meshes/libigl/cube.off', 8, 12, 8], ['meshes/libigl/planexy.off', 25, 32, 25],
  ['meshes/libigl/2triangles.off', 4, 2, 4], ['meshes/libigl/decimated-knight.off', 502, 1000, 502],
  ['meshes/trimesh/fuze.ply', 664, 1000, 502], ['meshes/trimesh/fuze_ascii.ply', 664, 1000, 502], ['meshes/trimesh_fuze/fuze.obj', 664, 1000, 502, 'fuze uv.jpg'],
  ['meshes/trimesh/multibody.stl', 20, 32, 20], ['meshes/trimesh/unit_cube.STL', 8, 12, 8], ['meshes/trimesh/cubevt.obj', 24, 12, 8],
  ['gltf/BoxTextured.glb', 24, 12, 8, 'CesiumLogoFlat.png'], ['gltf/embedded/BoxTextured.gltf', 24, 12, 8, 'image 0'], ['gltf/BoxInterleaved.glb', 24, 12, 8],
  ['gltf/BoxMeshopt.glb', 24, 12, 8], ['gltf/cubevc.glb', 54, 48, 26], ['gltf/nested.glb', 72, 36, 24],
];

describe.skipIf(!hasSharedData)(title, () => {
  it.each(COUNTS)('%s has %i vertices and %i faces', async (file, vertices, faces, welded, texture) => {
    const { mesh, texture: found, warnings } = await read(file);
    expectSound(mesh);
    expect([vertexCount(mesh), faceCount(mesh), weldPositions(mesh.positions).count, found?.name]).toEqual([vertices, faces, welded, texture]);
    expect(warnings.filter(({ code }) => code !== 'missing-file')).toEqual([]);
  });

  it.each(['meshes/spot.obj', 'meshes/bunny.off'])('%s is closed', async (file) => {
    expect(buildTopology((await read(file)).mesh).opposites.indexOf(-1)).toBe(-1);
  });

  it('agrees on one object in several formats', async () => {
    const [obj, ply] = await Promise.all(['meshes/suzanne.obj', 'meshes/trimesh/suzanne.ply'].map(read));
    expect(faceCount(ply.mesh)).toBe(faceCount(obj.mesh));
    expect(meshDiameter(ply.mesh.positions)).toBeCloseTo(meshDiameter(obj.mesh.positions), 3);
    expect(boundingSphere(ply.mesh.positions).radius).toBeCloseTo(boundingSphere(obj.mesh.positions).radius, 3);
    const [text, binary, textured] = await Promise.all(['meshes/trimesh/fuze_ascii.ply', 'meshes/trimesh/fuze.ply', 'meshes/trimesh_fuze/fuze.obj'].map(read));
    expect(text.mesh.faces).toEqual(binary.mesh.faces);
    for (const key of ['positions', 'colors', 'uvs'] as const) {
      // The text form has six digits.
      const written = binary.mesh[key] as Float32Array;
      expect(text.mesh[key]?.every((x, i) => Math.abs(x - written[i]) <= 1e-6), key).toBe(true);
    }
    expect(meshDiameter(textured.mesh.positions)).toBeCloseTo(meshDiameter(text.mesh.positions), 6);
    const cubes = await Promise.all(['cube.ply', 'cube_binary.ply', 'cube_binary_starts_with_nl.ply', 'cube_binary_header_with_RN_newline.ply'].map((name) => read(`formats/assimp/PLY/${name}`)));
    for (const { mesh } of cubes) expect(weldPositions(mesh.positions).count).toBe(8);
  });

  it('reads every other glTF file or names why not', async () => {
    for (const file of ['gltf/2CylinderEngine.glb', 'gltf/CesiumMilkTruck.glb', 'gltf/ClearCoat/ClearCoatTest.gltf']) expectSound((await read(file)).mesh);
    expect((await read('gltf/CesiumMilkTruck.glb')).warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/2 base colour textures/)]);
    for (const file of ['gltf/draco/2CylinderEngine.gltf', 'gltf/suzanne.glb']) await expect(read(file)).rejects.toThrow(/compressed with Draco/);
  });

  it('undoes meshopt compression', async () => {
    const [packed, plain] = await Promise.all(['gltf/BoxMeshopt.glb', 'gltf/BoxInterleaved.glb'].map(read));
    expect(meshDiameter(packed.mesh.positions)).toBeCloseTo(meshDiameter(plain.mesh.positions), 3);
    expect([...packed.mesh.colors as Float32Array].slice(0, 3)).toEqual([...plain.mesh.colors as Float32Array].slice(0, 3));
  });

  it('tells points from meshes', async () => {
    for (const file of ['formats/ply_xyz/points_bin.ply', 'formats/ply_xyz/train-1000.ply', 'formats/assimp/PLY/points.ply']) {
      await expect(read(file)).rejects.toMatchObject({ details: { code: 'no-faces' } });
    }
  });
});

/** What the files say of themselves rather than being read. */
const NOT_READ = /\.(json|bin|png|jpg|mtl|txt)$/;
const MALFORMED = [...listFiles('malformed'), ...listFiles('formats/assimp')].filter((file) => !NOT_READ.test(file));
/** Of this process alone, so that a busy machine does not count. */
const TIME_LIMIT_SECONDS = 2;
const MEMORY_LIMIT_BYTES = 200 * 2 ** 20;

describe.skipIf(!hasSharedData)(`malformed ${title}`, () => {
  it.each(MALFORMED)('%s gives a typed error or a sound mesh', async (file) => {
    const [start, memory] = [process.cpuUsage(), process.memoryUsage().rss];
    const outcome = await read(file).catch((error: unknown) => error);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(TIME_LIMIT_SECONDS);
    expect(process.memoryUsage().rss - memory).toBeLessThan(MEMORY_LIMIT_BYTES);
    if (outcome instanceof SceneError) {
      expect(outcome.details.file).toBe(path.basename(file));
      expect(outcome.reason.length).toBeGreaterThan(5);
    } else expectSound((outcome as ReadMesh).mesh);
  });

  it.each([
    ['malformed/assimp_invalid/OutOfMemory.off', 'too-large', 'line 2'],
    ['malformed/assimp_invalid/empty.obj', 'empty', undefined],
    ['malformed/assimp_invalid/empty.raw', 'empty', undefined],
    ['malformed/assimp_gltf/RecursiveNodes/RecursiveNodes.gltf', 'malformed', '/nodes/1/children/0'],
    ['malformed/assimp_gltf/BoxWithInfinites-glTF-Binary/BoxWithInfinites.glb', 'not-finite', 'face 0'],
    ['malformed/assimp_gltf/IndexOutOfRange/AllIndicesOutOfRange.gltf', 'index-out-of-range', 'face 0'],
    ['malformed/assimp_gltf/MissingBin/BoxTextured.gltf', 'missing-file', '/buffers/0'],
    ['malformed/khronos_validator/glb/invalid_magic.glb', 'malformed', 'byte 0'],
    ['malformed/khronos_validator/glb/invalid_version.glb', 'unsupported', 'byte 4'],
    ['malformed/khronos_validator/json/invalid_syntax.gltf', 'malformed', undefined],
  ])('%s fails as %s at %s', async (file, code, place) => {
    await expect(read(file)).rejects.toMatchObject({ details: { code, place } });
  });

  it.each([
    ['malformed/assimp_gltf/IndexOutOfRange/IndexOutOfRange.gltf', 11, 'index-out-of-range'],
    ['malformed/assimp_invalid/malformed.obj', 9, 'index-out-of-range'],
    ['malformed/pytorch3d_obj/missing_files_obj/model.obj', 2, 'missing-file'],
    ['malformed/pytorch3d_obj/missing_files_obj/model2.obj', 2, 'missing-file'],
    ['malformed/assimp_gltf/wrongTypes/badExtension.gltf', 12, 'malformed'],
  ])('%s keeps %i faces and warns of %s', async (file, faces, code) => {
    const { mesh, warnings } = await read(file);
    expect([faceCount(mesh), warnings[0].code]).toEqual([faces, code]);
  });
});
