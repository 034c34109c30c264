import { beforeAll, describe, expect, it } from 'vitest';
import { TINY_LEARN, TINY_SEGMENT } from '../experiments/learn/testing/tiny';
import * as tf from '../graphics/tf';
import type { LearnApi, LearnFile, LearnOpened, LearnRequest } from './learnApi';
import { createLearnService } from './learnService';
import type { Answer } from './poseApi';

const quietly = () => undefined;
const request = (changes: Partial<LearnRequest> = {}): LearnRequest => ({ settings: TINY_LEARN, baseUrl: '/', backend: 'cpu', ...changes });

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.trouble.message);
  return answer.value;
}

async function opened(changes: Partial<LearnRequest> = {}): Promise<{ service: LearnApi; opened: LearnOpened }> {
  const service = createLearnService();
  return { service, opened: valueOf(await service.open(request(changes), quietly)) };
}

/** A few points on a line or on a plane, as text. */
function textCloud(plane: boolean, seed: number): string {
  const rows = Array.from({ length: 30 }, (_, i) => [i / 30, plane ? ((7 * i + seed) % 11) / 11 : 0, 0.001 * ((i + seed) % 3)].map((x) => x.toFixed(4)).join(' '));
  return rows.join('\n');
}

const file = (path: string, text: string): LearnFile => ({ path, blob: new Blob([text]) });
const folder = (): LearnFile[] => [
  ...[1, 2, 3, 4, 5, 6].flatMap((i) => [file(`own/line/${i}.xyz`, textCloud(false, i)), file(`own/plane/${i}.xyz`, textCloud(true, i))]),
  file('own/plane/broken.xyz', 'no points here'), file('own/readme.md', '# mine'), file('own/line/empty.pcd', ''),
];

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('the training behind the page', () => {
  it('opens, says how far it is, learns, and looks', async () => {
    const labels: string[] = [];
    const service = createLearnService();
    const begun = valueOf(await service.open(request(), ({ label }) => void labels.push(label)));
    expect(labels[0]).toBe('Starting the graphics engine');
    expect(begun).toMatchObject({ classNames: ['mug', 'airplane'], trainCount: 16, testCount: 6, stepsPerEpoch: 4, testLabels: [0, 1, 0, 1, 0, 1], weights: 'from scratch', backend: 'cpu' });
    expect(begun.history).toHaveLength(1);
    const { snapshots, keptSteps } = valueOf(await service.advance(5));
    expect([snapshots.map(({ step }) => step), keptSteps]).toEqual([[1, 2, 3, 4, 5], [0, 4]]);
    expect(valueOf(await service.rewind(2))).toEqual(snapshots[1]);
    const example = valueOf(await service.example('test', 1));
    expect(valueOf(await service.predict(example)).probabilities).toHaveLength(2);
    expect(valueOf(await service.inspect(example)).layers.map(({ name }) => name)).toEqual(begun.layerNames);
    expect(valueOf(await service.evaluate()).examples).toHaveLength(6);
    await service.close();
    expect(await service.advance(1)).toMatchObject({ ok: false, trouble: { code: 'engine' } });
  });

  it('goes on from a checkpoint, and begins with weights', async () => {
    const { service } = await opened();
    await service.advance(3);
    const checkpoint = structuredClone(valueOf(await service.checkpoint()));
    const artifacts = structuredClone(valueOf(await service.artifacts()));
    const next = valueOf(await service.advance(1)).snapshots;
    const resumed = await opened({ checkpoint });
    expect(resumed.opened.history).toHaveLength(4);
    expect(valueOf(await resumed.service.advance(1)).snapshots).toEqual(next);
    expect((await opened({ weights: artifacts })).opened).toMatchObject({ weights: 'trained on this page', history: [{ step: 0 }] });
    const none = await createLearnService().open(request({ settings: { ...TINY_SEGMENT, families: ['key'] }, weights: 'shipped' }), quietly);
    expect(none).toMatchObject({ ok: false, trouble: { message: expect.stringMatching(/No trained network ships/) as string } });
  });

  it('learns from a folder with a mixed bag, and says what it skipped', async () => {
    const { service, opened: { report, classNames, trainCount, testCount } } = await opened({ files: folder(), settings: { ...TINY_LEARN, points: 16 } });
    expect([classNames, trainCount, testCount]).toEqual([['line', 'plane'], 10, 2]);
    expect(report).toMatchObject({ layout: 'class/file', classes: [{ name: 'line', train: 5, test: 1 }, { name: 'plane', train: 5, test: 1 }] });
    expect(report?.skipped.map(({ path }) => path)).toEqual(['own/line/empty.pcd', 'own/plane/broken.xyz', 'own/readme.md']);
    expect(report?.skipped.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(valueOf(await service.advance(1)).snapshots[0].loss).toBeGreaterThan(0);
    expect(valueOf(await service.survey(folder(), 'classify', quietly))).toEqual(report);
    expect(await service.survey([file('a.md', 'x')], 'classify', quietly)).toMatchObject({ ok: false, trouble: { message: expect.stringMatching(/Nothing in this folder.*a\.md/) as string } });
  });

  it('reads a dropped file, or says why not', async () => {
    const service = createLearnService();
    const read = valueOf(await service.read(file('some/line.xyz', textCloud(false, 1))));
    expect([read.example.name, read.example.cloud.positions.length, read.warnings]).toEqual(['line', 90, []]);
    const cube = 'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n';
    expect(valueOf(await service.read(file('t.obj', cube))).example.mesh?.faces).toHaveLength(3);
    expect(await service.read(file('broken.pcd', 'VERSION 0.7\nnothing'))).toMatchObject({ ok: false, trouble: { message: expect.stringMatching(/^broken\.pcd: .*DATA/) as string } });
  });

  it('lets the training before go when another begins', async () => {
    const { service } = await opened();
    const { numTensors } = tf.memory();
    valueOf(await service.open(request({ settings: { ...TINY_LEARN, seed: 2 } }), quietly));
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
