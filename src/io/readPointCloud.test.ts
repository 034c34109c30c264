import { describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { createRandom } from '../scene/random';
import { LIMITS } from './limits';
import { decompressLzf } from './lzf';
import { readPointCloud, readPointClouds } from './readPointCloud';
import { asciiPcd, binaryPcd, compressedPcd, LABELS, NORMALS, npy, npz, POSITIONS, soundClouds, zip } from './testing/pointFixtures';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

async function failure(name: string, bytes: Uint8Array | string): Promise<SceneError> {
  const outcome = await readPointClouds(name, typeof bytes === 'string' ? bytesOf(bytes) : bytes).catch((error: unknown) => error);
  if (!(outcome instanceof SceneError)) throw new Error(`${name} was read`, { cause: outcome });
  return outcome;
}

describe('a cloud of points', () => {
  it.each(soundClouds())('%s has positions, normals and labels', async (name, bytes) => {
    const { cloud, warnings } = await readPointCloud(name, bytes);
    expect([...cloud.positions]).toEqual(POSITIONS.flat());
    cloud.normals?.forEach((x, i) => expect(x).toBeCloseTo(NORMALS.flat()[i], 6));
    expect([[...cloud.labels ?? []], cloud.normals?.length, warnings]).toEqual([[...LABELS], 15, []]);
    expect(cloud.name).toBe(name.split('.')[0]);
  });

  it.each([
    ['xyz alone', '0 0 0\n1 0 0\n0 1 0\n', ''],
    ['the number of points first', '2\n0 0 0\n1 0 0\n', ''],
    ['a label', '0 0 0 1\n1 0 0 2\n', 'labels'],
    ['an intensity', '0 0 0 0.5\n1 0 0 0.25\n', ''],
    ['colours of 255', '0 0 0 255 0 0\n1 0 0 0 128 255\n', 'colors'],
    ['normals', '# points\n0 0 0 0 0 1\n1 0 0 0.6 0.8 0\n', 'normals'],
    ['columns by name', 'X;Y;Z;R;G;B;Label\n0;0;0;0.1;0.2;0.3;4\n1;0;0;1;1;1;5\n', 'colors labels'],
  ])('reads text with %s', async (_what, text, has) => {
    const { cloud } = await readPointCloud('a.txt', bytesOf(text));
    expect((['normals', 'colors', 'labels'] as const).filter((name) => cloud[name]).join(' ')).toBe(has);
    expect(cloud.positions.slice(0, 6)).toEqual(Float32Array.of(0, 0, 0, 1, 0, 0));
  });

  it('reads packed colours, as bits, as a number and as bytes', async () => {
    const header = (type: string) => `VERSION .7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F ${type}\nPOINTS 1\nDATA ascii\n`;
    const bits = new Float32Array(Uint32Array.of(0xffff0000).buffer)[0];
    for (const [type, value] of [['F', 0xff0000], ['F', new Float32Array(Uint32Array.of(0x00ff0000).buffer)[0]], ['U', 0xff0000]] as const) {
      expect([...(await readPointCloud('a.pcd', bytesOf(`${header(type)}0 0 0 ${value}\n`))).cloud.colors as Float32Array]).toEqual([1, 0, 0]);
    }
    expect(Number.isNaN(bits)).toBe(true);
  });

  it('takes surfaces as points drawn from them, and vertices without faces as they are', async () => {
    const { clouds, mesh } = await readPointClouds('t.obj', bytesOf('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n'));
    expect([mesh?.faces.length, clouds[0].cloud.positions.length, clouds[0].cloud.normals?.slice(0, 3)]).toEqual([3, 3 * 4096, Float32Array.of(0, 0, 1)]);
    expect([...(await readPointCloud('p.obj', bytesOf('v 0 0 0\nv 1 2 3\n'))).cloud.positions]).toEqual([0, 0, 0, 1, 2, 3]);
    expect([...(await readPointCloud('p.off', bytesOf('OFF\n2 0 0\n0 0 0\n1 2 3\n'))).cloud.positions]).toEqual([0, 0, 0, 1, 2, 3]);
    expect((await failure('flat.obj', 'v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n')).details).toMatchObject({ code: 'empty', file: 'flat.obj' });
  });

  it('leaves out points that are nowhere, and says where they were', async () => {
    const { cloud, warnings } = await readPointCloud('a.xyz', bytesOf('0 0 0\nnan 0 0\n1 1 1\n0 inf 0\n'));
    expect([...cloud.positions]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(warnings).toEqual([expect.objectContaining({ code: 'not-finite', count: 2, place: 'line 2' })]);
    expect((await failure('a.xyz', 'nan 0 0\n0 nan 0\n')).details).toMatchObject({ code: 'not-finite', place: 'line 1' });
  });

  it('keeps the digits of clouds far from the origin', async () => {
    const { cloud, warnings } = await readPointCloud('a.xyz', bytesOf('1000000.25 0 0\n1000000.75 1 0\n'));
    expect(cloud.positions[3] - cloud.positions[0]).toBe(0.5);
    expect(warnings[0].message).toMatch(/moved by \(-1000001, /);
  });
});

describe('NumPy files', () => {
  it('reads batches and rows of clouds with their labels', async () => {
    const batch = zip({ 'data.npy': npy('<f4', [2, 2, 3], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]), 'label.npy': npy('<i8', [2], [3, 4]) }, true);
    const { clouds } = await readPointClouds('b.npz', batch);
    expect(clouds.map(({ cloud, label }) => [cloud.name, [...cloud.positions], label])).toEqual([['b 1', [0, 0, 0, 1, 0, 0], 3], ['b 2', [0, 0, 0, 0, 1, 0], 4]]);
    const rows = zip({ 'pos.npy': npy('<f8', [3, 3], [0, 0, 0, 1, 0, 0, 0, 1, 0]), 'offset.npy': npy('<i4', [2], [2, 3]) }, false);
    expect((await readPointClouds('r.npz', rows)).clouds.map(({ cloud }) => cloud.positions.length / 3)).toEqual([2, 1]);
    expect((await readPointCloud('r.npz', rows)).warnings.map(({ message }) => message)).toEqual(['it holds 2 clouds, of which the first is shown']);
    const fortran = npy('<f4', [2, 3], [0, 3, 1, 4, 2, 5], true);
    expect([...(await readPointCloud('f.npy', fortran)).cloud.positions]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('refuses what would take more memory than the file can fill', async () => {
    const bomb = zip({ 'pos.npy': npy('<f4', [5, 3], POSITIONS.flat()) }, true);
    const declared = bomb.slice();
    const view = new DataView(declared.buffer);
    for (let at = 0; at + 4 < declared.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 2 ** 28, true);
    expect((await failure('bomb.npz', declared)).message).toMatch(/pos\.npy.*does not inflate/);
    expect((await failure('big.npy', npy('<f4', [1_000_000, 3], POSITIONS.flat()))).message).toMatch(/holds 60 of the 12000000 bytes/);
    expect((await failure('other.npz', zip({ 'a.npy': npy('<f4', [4], [1, 2, 3, 4]) }, false))).message).toMatch(/no array of it holds points.*it has a \(4\)/);
    expect((await failure('cut.npz', npz(true).subarray(0, 100))).message).toMatch(/list of contents is missing/);
    // A thousand arrays of zeros that would each fit, and clouds without points.
    const large = npy('|u1', [2 ** 20], []);
    const many = zip(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.npy`, large])), false);
    const sizes = new DataView(many.buffer);
    for (let at = 0; at + 4 < many.length; at++) if (sizes.getUint32(at, true) === 0x02014b50) sizes.setUint32(at + 24, 2 ** 20, true);
    expect((await failure('many.npz', many)).message).toMatch(/its arrays take 600 MB/);
    expect((await failure('many.npy', npy('|u1', [2 ** 28, 3], []))).message).toMatch(/it has 805,306,368 numbers/);
    expect((await failure('none.npy', npy('<f4', [200_000_000, 0, 3], []))).message).toMatch(/it has no points/);
  });
});

describe('damaged clouds', () => {
  it.each([
    ['empty.pcd', '', 'empty', undefined],
    ['a.pcd', 'VERSION .7\nFIELDS x y z\n', 'malformed', undefined],
    ['a.pcd', textOf(asciiPcd()).replace('SIZE 4 4', 'SIZE 4 3'), 'malformed', 'line 5'],
    ['a.pcd', textOf(asciiPcd()).replace('FIELDS x y z', 'FIELDS x y w'), 'malformed', undefined],
    ['a.pcd', textOf(asciiPcd()).replace('POINTS 5', `POINTS ${LIMITS.points + 1}`), 'too-large', 'line 10'],
    ['a.pcd', textOf(asciiPcd()).replace('DATA ascii', 'DATA zipped'), 'unsupported', 'line 11'],
    ['a.txt', 'hello\n1 2\n', 'malformed', 'line 2'],
    ['a.txt', 'hello there\n', 'empty', undefined],
    ['a.doc', 'hello', 'unsupported', undefined],
  ])('%s of %j fails as %s', async (name, text, code, place) => {
    const { details } = await failure(name, text);
    expect([details.code, details.place, details.file]).toEqual([code, place, name]);
  });

  it('says how many points a file that was cut off holds', async () => {
    for (const bytes of [asciiPcd(), binaryPcd()]) {
      const { cloud, warnings } = await readPointCloud('cut.pcd', bytes.subarray(0, bytes.length - 40));
      expect(cloud.positions.length).toBeLessThan(15);
      expect(warnings.map(({ message }) => message)).toContainEqual(expect.stringMatching(/it ends after [34] of 5 points/));
    }
    expect((await failure('cut.pcd', compressedPcd().subarray(0, compressedPcd().length - 4))).message).toMatch(/compressed bytes/);
  });

  it('passes over packed colours of a width that they cannot have', async () => {
    const header = ['VERSION .7', 'FIELDS x y z rgb', 'SIZE 4 4 4 1', 'TYPE F F F U', 'COUNT 1 1 1 1', 'WIDTH 1', 'HEIGHT 1', 'POINTS 1', 'DATA binary', ''].join('\n');
    const { cloud } = await readPointCloud('a.pcd', Uint8Array.of(...new TextEncoder().encode(header), ...new Array<number>(13).fill(0)));
    expect([cloud.positions.length, cloud.colors]).toEqual([3, undefined]);
  });

  it('refuses a compressed body that declares too much, and looks through any header in time', async () => {
    const header = (data: string) => ['VERSION .7', 'FIELDS x y z', 'SIZE 8 8 8', 'TYPE F F F', 'COUNT 1 1 1', `POINTS ${LIMITS.points}`, 'HEIGHT 1', `DATA ${data}`].join('\n');
    const sizes = new Uint8Array(8);
    new DataView(sizes.buffer).setUint32(4, 24 * LIMITS.points, true);
    const small = Uint8Array.of(...new TextEncoder().encode(`${header('binary_compressed')}\n`), ...sizes);
    expect((await failure('a.pcd', small)).message).toMatch(/cannot hold/);
    const wide = textOf(small.subarray(0, small.length - 8)).replace('COUNT 1 1 1', 'COUNT 1 1 1 2').replace('x y z', 'x y z w').replace('8 8 8', '8 8 8 8').replace('F F F', 'F F F F');
    new DataView(sizes.buffer).setUint32(4, 40 * LIMITS.points, true);
    expect((await failure('a.pcd', Uint8Array.of(...new TextEncoder().encode(wide), ...sizes))).message).toMatch(/at most 512 MB/);
    expect((await failure('a.pcd', `${header(' '.repeat(2 ** 19))}x y`)).message).toMatch(/no line "DATA"/);
  });

  it('undoes no LZF that points outside', () => {
    expect(decompressLzf(Uint8Array.of(0, 5, 32, 0), 4)).toEqual(Uint8Array.of(5, 5, 5, 5));
    for (const bad of [[32, 0], [0, 5, 32, 9], [5, 1], [0, 5, 224], [0, 5, 0, 5, 0, 5, 0, 5, 0, 5]]) expect(decompressLzf(Uint8Array.from(bad), 4)).toBeUndefined();
  });

  const SEED = 21;
  it.each(soundClouds())(`%s, cut off anywhere or with flipped bytes, is sound or refused (seed ${SEED})`, async (name, bytes) => {
    const random = createRandom(SEED);
    const damaged = Array.from({ length: 150 }, () => {
      const copy = bytes.slice();
      for (let flips = 1 + random.integer(4); flips > 0; flips--) copy[random.integer(bytes.length)] = random.integer(256);
      return copy;
    });
    const outcomes = new Set<string>();
    for (const one of [...Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length)), ...damaged]) {
      try {
        const { cloud } = await readPointCloud(name, one);
        for (const data of [cloud.positions, cloud.normals, cloud.colors]) expect(data?.every(Number.isFinite) ?? true).toBe(true);
        expect(cloud.positions.length).toBeGreaterThan(0);
        outcomes.add('read');
      } catch (error) {
        if (!(error instanceof SceneError)) throw new Error(`${name} of ${one.length} bytes`, { cause: error });
        outcomes.add('refused');
      }
    }
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });
});
