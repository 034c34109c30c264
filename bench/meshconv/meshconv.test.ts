import { describe, expect, it } from 'vitest';
import { learnSettingsFor } from '../../src/experiments/learn';
import { meanWithin, summarize, tableOf } from './report';
import { classNames, drawExamples, familiesOf } from './meshShapes';
import { NETWORKS, trainSegmenter } from './trainSegmenter';

const families = familiesOf('mug,hammer');
const shape = { families, vertices: 120, bend: 1 };

describe('bent and newly triangulated shapes', () => {
  it('have labels of their own family, differ between streams, and come again by their seed', async () => {
    const [train, again, test] = [await drawExamples(shape, 2, 2), await drawExamples(shape, 2, 2), await drawExamples(shape, 2, 3)];
    expect(again).toEqual(train);
    expect(classNames(families)).toEqual(['mug body', 'mug handle', 'hammer handle', 'hammer head']);
    expect(train.map(({ family }) => family)).toEqual(['mug', 'hammer', 'mug', 'hammer']);
    train.forEach(({ labels, mesh }, i) => {
      expect(labels).toHaveLength(mesh.positions.length / 3);
      expect([...new Set(labels)].sort()).toEqual(i % 2 === 0 ? [0, 1] : [2, 3]);
      expect(mesh.positions).not.toEqual(test[i].mesh.positions);
      for (let v = 0; v < mesh.positions.length; v += 3) expect(Math.hypot(...mesh.positions.subarray(v, v + 3))).toBeLessThan(1.0001);
    });
    expect(() => familiesOf('mug,spoon')).toThrow(/no family of shapes called "spoon"/);
  });
});

describe('the report', () => {
  it('has an interval over shapes', () => {
    expect(meanWithin([0.5, 0.7])).toEqual({ mean: 0.6, within: expect.closeTo(1.96 * 0.1, 6) as number });
    expect(meanWithin([1]).within).toBe(0);
  });

  it.each([['feastnet-flat', 'FeaStNet, one scale'], ['graphconv', 'Graph convolution'], ['meshedgeconv', 'EdgeConv on the mesh']] as const)('tells what a short training of %s gives', async (network, title) => {
    const [train, test] = [await drawExamples(shape, 2, 2), await drawExamples(shape, 1, 3)];
    const settings = { ...learnSettingsFor('segment'), model: NETWORKS[network].model, normals: true, width: 0.25, batchSize: 2, epochs: 2 };
    const lines: string[] = [];
    const trained = await trainSegmenter({ network, settings, classCount: 4, train, test, log: (line) => lines.push(line) });
    expect(lines).toHaveLength(2);
    expect(trained.shapes.map(({ family }) => family)).toEqual(['mug', 'hammer']);
    const trials = [{ seed: 1, network, ...trained }];
    expect(summarize(trials)).toHaveProperty(`${network}.shapes`, 2);
    expect(tableOf(trials, classNames(families))[1][0]).toBe(title);
  });
});
