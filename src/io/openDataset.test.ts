import { describe, expect, it } from 'vitest';
import { readLayout } from './folderLayout';
import { openDataset } from './openDataset';
import { npy, zip } from './testing/pointFixtures';
import { readShape } from './shape';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A source of files by path, and how often each was read. */
function source(files: Readonly<Record<string, string | Uint8Array>>) {
  const reads = new Map<string, number>();
  return {
    reads,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      read: async () => {
        reads.set(path, (reads.get(path) ?? 0) + 1);
        return typeof content === 'string' ? bytesOf(content) : content;
      },
    })),
  };
}

const cloud = (x: number): string => `0 0 0\n${x} 1 0\n`;
const labelled = (a: number, b: number): string => `0 0 0 ${a}\n1 0 0 ${b}\n`;

describe('what folders say', () => {
  const layout = (...paths: string[]) => readLayout(paths).files.map(({ className, split }) => [className, split]);
  it.each([
    ['class/split/file', ['m/chair/train/1.off', 'm/chair/test/2.off', 'm/lamp/train/1.off'], [['chair', 'train'], ['chair', 'test'], ['lamp', 'train']]],
    ['class/split/file', ['train/chair/1.off', 'val/lamp/2.off'], [['chair', 'train'], ['lamp', 'test']]],
    ['class/file', ['my shapes/chair/1.off', 'my shapes/lamp/2.off'], [['chair', undefined], ['lamp', undefined]]],
    ['labelled files', ['pcl/ism_train_cat.pcd', 'pcl/ism_test_cat.pcd', 'pcl/ism_train_wolf.pcd'], [['cat', 'train'], ['cat', 'test'], ['wolf', 'train']]],
    ['labelled files', ['sofa_0013.pcd', 'sofa_0014.pcd', 'bed_0001.pcd', 'bed_0002.pcd'], [['sofa', undefined], ['sofa', undefined], ['bed', undefined], ['bed', undefined]]],
    ['labelled files', ['parts/train/a.ply', 'parts/test/b.ply'], [[undefined, 'train'], [undefined, 'test']]],
    ['labelled files', ['a.ply', 'b.ply'], [[undefined, undefined], [undefined, undefined]]],
    ['labelled files', [], []],
  ])('%s: %j', (kind, paths, expected) => {
    expect(readLayout(paths).layout).toBe(kind);
    expect(layout(...paths)).toEqual(expected);
  });
});

describe('a folder to learn from', () => {
  it('is read when it is asked for, once beforehand', async () => {
    const files = source(Object.fromEntries(['chair', 'lamp'].flatMap((name, k) => [1, 2, 3, 4].map((i) => [`${name}/${i}.xyz`, cloud(k + i)]))));
    const fractions: number[] = [];
    const { dataset, report } = await openDataset(files, { task: 'classify', onProgress: (fraction) => void fractions.push(fraction) });
    expect([dataset.classNames, dataset.train.count, dataset.test.count]).toEqual([['chair', 'lamp'], 6, 2]);
    expect([fractions.length, fractions.at(-1)]).toEqual([8, 1]);
    expect(report).toEqual({
      layout: 'class/file', trainCount: 6, testCount: 2, skipped: [], warnings: [],
      readCount: 8, read: ['chair/1.xyz', 'chair/2.xyz', 'chair/3.xyz', 'chair/4.xyz', 'lamp/1.xyz', 'lamp/2.xyz', 'lamp/3.xyz', 'lamp/4.xyz'],
      classes: [{ name: 'chair', train: 3, test: 1 }, { name: 'lamp', train: 3, test: 1 }],
    });
    expect([...files.reads.values()].every((times) => times === 1)).toBe(true);
    expect(await dataset.test.read(1)).toMatchObject({ name: '4', label: 1 });
    expect(files.reads.get('lamp/4.xyz')).toBe(2);
  });

  it('names what it skipped, and why', async () => {
    const { report } = await openDataset(source({
      'bag/chair/train/1.xyz': cloud(1), 'bag/chair/test/2.xyz': cloud(2), 'bag/lamp/train/3.xyz': cloud(3), 'bag/lamp/test/nan.xyz': 'nan 0 0\n',
      'bag/lamp/train/notes.docx': 'x', 'bag/lamp/test/odd.xyz': '0 0 0\nnan 1 1\n1 1 1\n', 'bag/lamp/empty.pcd': '', 'bag/.DS_Store': 'x', 'bag/lamp/wood.png': 'x',
    }), { task: 'classify' });
    expect(report.skipped).toEqual([
      { path: 'bag/.DS_Store', reason: 'its format is not one of points or meshes' },
      { path: 'bag/lamp/empty.pcd', reason: 'the file is empty' },
      { path: 'bag/lamp/test/nan.xyz', reason: 'line 1: none of its points has three finite coordinates' },
      { path: 'bag/lamp/train/notes.docx', reason: 'its format is not one of points or meshes' },
    ]);
    expect(report.warnings).toMatchObject([{ path: 'bag/lamp/test/odd.xyz', warning: { code: 'not-finite', count: 1 } }]);
    expect(report.classes).toEqual([{ name: 'chair', train: 1, test: 1 }, { name: 'lamp', train: 1, test: 1 }]);
  });

  it('numbers the labels of points from 0', async () => {
    const { dataset } = await openDataset(source({ 'a.txt': labelled(6, 7), 'b.txt': labelled(7, 9), 'c.txt': labelled(9, 6), 'd.txt': labelled(6, 6) }), { task: 'segment' });
    expect(dataset.classNames).toEqual(['part 6', 'part 7', 'part 9']);
    expect([...(await dataset.train.read(1)).cloud.labels as Uint8Array]).toEqual([1, 2]);
    expect([dataset.test.count, dataset.test.label(0)]).toEqual([1, undefined]);
  });

  it('keeps large and negative labels apart by their values, the same in every file', async () => {
    const named = (a: number, b: number) => `x y z label\n0 0 0 ${a}\n1 0 0 ${b}\n`;
    const files = source({ 'a.txt': named(-1, 70_000), 'b.txt': named(300, 70_000), 'c.txt': named(0, 300), 'd.txt': named(0, 0) });
    const { dataset, report } = await openDataset(files, { task: 'segment' });
    expect(dataset.classNames).toEqual(['part -1', 'part 0', 'part 300', 'part 70000']);
    expect([...(await dataset.train.read(0)).cloud.labels as Uint8Array]).toEqual([0, 3]);
    expect([...(await dataset.train.read(1)).cloud.labels as Uint8Array]).toEqual([2, 3]);
    expect([...(await dataset.train.read(2)).cloud.labels as Uint8Array]).toEqual([1, 2]);
    expect(report.warnings.map(({ path, warning }) => `${path}: ${warning.message}`)).toContainEqual(expect.stringMatching(/^a\.txt: .*-1 to 70000, were numbered anew from 0 to 1/));
  });

  it('leaves out labels that are no numbers to count by, and says why', async () => {
    const { example, warnings } = await readShape(source({ 'a.txt': 'x y z label\n0 0 0 0.5\n1 0 0 1\n' }), 'a.txt');
    expect(example.cloud.labels).toBeUndefined();
    expect(warnings[0].message).toMatch(/0\.5 is no whole number/);
  });

  it('takes many clouds out of one file', async () => {
    const batch = zip({ 'data.npy': npy('<f4', [4, 1, 3], [0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4]), 'label.npy': npy('|u1', [4], [0, 1, 0, 1]) }, true);
    const { dataset } = await openDataset(source({ 'all.npz': batch }), { task: 'classify', testEvery: 2 });
    expect([dataset.classNames, dataset.train.count, dataset.test.count]).toEqual([['class 0', 'class 1'], 2, 2]);
    expect((await dataset.test.read(0)).cloud.positions[2]).toBe(3);
  });

  it('passes over files that cannot be read any more', async () => {
    const files = source({ 'a/1.xyz': cloud(1), 'a/2.xyz': cloud(2), 'b/3.xyz': cloud(3), 'b/4.xyz': cloud(4), 'b/5.xyz': cloud(5) });
    const gone = { path: 'b/6.xyz', read: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    const { report } = await openDataset({ files: [...files.files, gone] }, { task: 'classify' });
    expect([report.skipped, report.trainCount + report.testCount]).toEqual([[{ path: 'b/6.xyz', reason: 'it could not be read' }], 5]);
  });

  it.each([
    ['nothing', {}, 'classify', /Nothing in this folder/],
    ['one folder', { 'a/1.xyz': cloud(1), 'a/2.xyz': cloud(2) }, 'classify', /the first is a\/1\.xyz: no folder and no name says which class it is of/],
    ['one class', { 'all.npz': zip({ 'pos.npy': npy('<f4', [2, 1, 3], [0, 0, 1, 0, 0, 2]), 'label.npy': npy('|u1', [2], [1, 1]) }, false) }, 'classify', /one class only/],
    ['no labels', { 'a/1.xyz': cloud(1), 'b/2.xyz': cloud(2) }, 'segment', /2 files were skipped; the first is a\/1\.xyz: its points have no labels/],
    ['one label', { '1.txt': labelled(3, 3), '2.txt': labelled(3, 3) }, 'segment', /one label only/],
  ] as const)('refuses a folder with %s', async (_what, files, task, message) => {
    await expect(openDataset(source(files), { task })).rejects.toThrow(message);
  });
});

it('reads beside a file what it may name, and of a crowd what bears its name', async () => {
  const object = 'mtllib 7.mtl\nusemtl red\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n';
  const crowd = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x/${i}.mtl`, 'newmtl red\nKd 1 0 0\n']));
  const files = source({ ...crowd, 'x/7.obj': object, 'x/film.mp4': 'long', 'y/7.obj': object });
  expect((await readShape(files, 'x/7.obj')).example.mesh?.colors?.slice(0, 3)).toEqual(Float32Array.of(1, 0, 0));
  expect([...files.reads.keys()].sort()).toEqual(['x/7.mtl', 'x/7.obj']);
});

it('reads one file with what lies beside it', async () => {
  const files = source({ 'x/t.obj': 'mtllib t.mtl\nusemtl red\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n', 'x/t.mtl': 'newmtl red\nKd 1 0 0\n' });
  const { example, warnings } = await readShape(files, 'x/t.obj');
  expect([example.name, example.mesh?.colors?.slice(0, 3), warnings]).toEqual(['t', Float32Array.of(1, 0, 0), []]);
  await expect(readShape(files, 'y.obj')).rejects.toThrow(/was not given/);
});
