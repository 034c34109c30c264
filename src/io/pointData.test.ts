import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { pointCount, type PointCloud } from '../scene/pointCloud';
import { readArrays } from './npz';
import { openDataset } from './openDataset';
import { readPointCloud, readPointClouds, type ReadClouds } from './readPointCloud';
import { createReport } from './report';
import { hasSharedData, listFiles, loadFile } from './testing/sharedData';

const read = (file: string): Promise<ReadClouds> => readPointClouds(path.basename(file), loadFile(file));
const title = hasSharedData ? 'real files of points' : 'real files of points (skipped: ../shared/data is not here)';

function expectSound({ positions, normals, colors, labels }: PointCloud): void {
  expect(positions.length).toBeGreaterThan(0);
  for (const data of [positions, normals, colors]) expect([data?.length ?? positions.length, data?.every(Number.isFinite) ?? true]).toEqual([positions.length, true]);
  expect(labels?.length ?? positions.length / 3).toBe(positions.length / 3);
  for (let i = 0; i < (normals?.length ?? 0); i += 3) expect(Math.abs(Math.hypot(...(normals as Float32Array).subarray(i, i + 3)) - 1)).toBeLessThan(1e-4);
}

/** File, clouds, points of all, what each point has besides. */
const COUNTS: [file: string, clouds: number, points: number, has: string][] = [
  ['formats/pcd/milk.pcd', 1, 12575, 'colors'], ['formats/pcd/object_template_0.pcd', 1, 1397, ''], ['formats/pcd/simple-ascii.pcd', 1, 213, 'colors'],
  ['pointclouds/pcl_mOSD/test43.pcd', 1, 170986, 'colors labels'], ['pointclouds/modelnet10_pcd/sofa/test/sofa_0684.pcd', 1, 1024, ''],
  ['pointclouds/pcl_ism/ism_test_cat.pcd', 1, 3400, ''], ['formats/ply_xyz/points_ascii.ply', 1, 5, ''], ['formats/ply_xyz/points_bin.ply', 1, 5, ''],
  ['formats/ply_xyz/points_cloudcompare.xyz', 1, 101, 'colors'], ['formats/ply_xyz/train-1000.ply', 1, 1000, 'normals'], ['formats/assimp/PLY/points.ply', 1, 4, 'normals colors'],
  ['pointclouds/shapenetpart_cap/cap_val.npz', 5, 13259, 'normals labels'], ['pointclouds/shapenetpart_cap/cap_test.npz', 11, 27812, 'normals labels'],
];

describe.skipIf(!hasSharedData)(title, () => {
  it.each(COUNTS)('%s holds %i clouds of %i points with "%s"', async (file, count, points, has) => {
    const { clouds } = await read(file);
    clouds.forEach(({ cloud }) => expectSound(cloud));
    const [{ cloud }] = clouds;
    expect([clouds.length, clouds.reduce((sum, one) => sum + pointCount(one.cloud), 0), (['normals', 'colors', 'labels'] as const).filter((name) => cloud[name]).join(' ')])
      .toEqual([count, points, has]);
  });

  it('reads the same numbers from text and binary', async () => {
    const [text, binary] = await Promise.all(['points_ascii.ply', 'points_bin.ply'].map((name) => read(`formats/ply_xyz/${name}`)));
    expect(text.clouds[0].cloud.positions).toEqual(binary.clouds[0].cloud.positions);
  });

  it('reads labels of parts and of a scene', async () => {
    const [{ cloud: cap }] = (await read('pointclouds/shapenetpart_cap/cap_val.npz')).clouds;
    expect([...new Set(cap.labels)].sort()).toEqual([6, 7]);
    const [{ cloud: scene }] = (await read('pointclouds/pcl_mOSD/test43.pcd')).clouds;
    expect([...new Set(scene.labels)].sort((a, b) => a - b).every((label) => label < 200)).toBe(true);
  });

  it('reads arrays that agree in either byte order, stored and deflated', async () => {
    const report = createReport('npz');
    const files = ['cnpy_LE', 'cnpy_LE_compressed', 'numpy_BE', 'numpy_LE', 'numpy_LE_compressed'];
    const arrays = await Promise.all(files.map((name) => readArrays(loadFile(`formats/npz/visp_npz_test_data_${name}.npz`), report)));
    for (const name of ['My int matrix data', 'My float matrix data']) {
      expect(arrays[0].get(name)?.shape).toEqual([5, 7, 3]);
      const [first, ...rest] = arrays.map((all) => all.get(name)?.data);
      for (const data of rest) expect(data, name).toEqual(first);
    }
    for (const name of ['My bool true data', 'My int64 data', 'My uint32 data', 'My double data']) {
      const values = arrays.map((all) => all.get(name)?.data[0]);
      expect(new Set(values).size, name).toBe(1);
      expect(Number.isFinite(values[0]), name).toBe(true);
    }
    expect(report.warnings.map(({ message }) => message)).toEqual(['arrays of other than numbers were passed over']);
  });

  it('keeps what surveyors measured, and says that it moved it', async () => {
    const { cloud, warnings } = await readPointCloud('a.xyz', loadFile('formats/ply_xyz/points_cloudcompare.xyz'));
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/far from the origin and was moved by/)]);
    const [x, y] = [cloud.positions[3] - cloud.positions[0], cloud.positions[4] - cloud.positions[1]];
    expect([x, y]).toEqual([expect.closeTo(665187.404645 - 665187.522077, 4), expect.closeTo(5648349.776039 - 5648349.895035, 4)]);
  });

  it('streams ModelNet by class and split', async () => {
    const files = listFiles('pointclouds/modelnet10_pcd').map((file) => ({ path: file.replace('pointclouds/', ''), read: async () => loadFile(file) }));
    const { dataset, report } = await openDataset({ files }, { task: 'classify' });
    expect(report).toMatchObject({ layout: 'class/split/file', trainCount: 160, testCount: 80, skipped: [], warnings: [] });
    expect(dataset.classNames).toEqual(['bathtub', 'bed', 'chair', 'desk', 'dresser', 'monitor', 'night_stand', 'sofa', 'table', 'toilet']);
    const example = await dataset.test.read(79);
    expect([example.label, dataset.test.label(79), example.name]).toEqual([9, 9, 'toilet_0352']);
  });

  it('learns classes from names, and parts from labels', async () => {
    const source = (folder: string) => ({ files: listFiles(folder).map((file) => ({ path: file, read: async () => loadFile(file) })) });
    const named = await openDataset(source('pointclouds/pcl_ism'), { task: 'classify' });
    expect(named.dataset.classNames).toEqual(['cat', 'horse', 'lioness', 'michael', 'wolf']);
    expect([named.report.trainCount, named.report.testCount]).toEqual([5, 5]);
    const caps = await openDataset(source('pointclouds/shapenetpart_cap'), { task: 'segment' });
    expect(caps.dataset.classNames).toEqual(['part 6', 'part 7']);
    expect(caps.report.trainCount + caps.report.testCount).toBe(16);
    expect([...new Set((await caps.dataset.train.read(0)).cloud.labels)].sort()).toEqual([0, 1]);
    await expect(openDataset(source('pointclouds/pcl_ism'), { task: 'segment' })).rejects.toThrow(/Nothing in this folder.*10 files were skipped.*no labels/);
  });
});

const TIME_LIMIT_SECONDS = 2;
const MEMORY_LIMIT_BYTES = 200 * 2 ** 20;
const BROKEN = [...listFiles('malformed'), ...listFiles('formats')].filter((file) => !/\.(json|png|jpg|mtl)$/.test(file));

describe.skipIf(!hasSharedData)(`malformed ${title}`, () => {
  it.each(BROKEN)('%s gives a typed error or a sound cloud', async (file) => {
    const [start, memory] = [process.cpuUsage(), process.memoryUsage().rss];
    const outcome = await read(file).catch((error: unknown) => error);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(TIME_LIMIT_SECONDS);
    expect(process.memoryUsage().rss - memory).toBeLessThan(MEMORY_LIMIT_BYTES);
    if (outcome instanceof SceneError) {
      expect(outcome.details.file).toBe(path.basename(file));
      expect(outcome.reason.length).toBeGreaterThan(5);
    } else (outcome as ReadClouds).clouds.forEach(({ cloud }) => expectSound(cloud));
  });
});
