import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLearnExperiment } from '../experiments/learn/experiment';
import type { LearnProvenance } from '../experiments/learn/protocol';
import { networkName } from '../experiments/learn/networkName';
import { fromFiles } from '../experiments/pose/encoder/artifacts';
import * as tf from '../graphics/tf';
import { SHIPPED_NETWORKS } from './shippedNetworks';

const FOLDER = 'public/networks';
const there = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => existsSync(`${FOLDER}/${name}/model.json`)) : [];
const MOST_BYTES = 2 ** 20;

beforeAll(async () => { await tf.setBackend('cpu'); });

it('names the networks that ship, and no others', () => {
  expect([...SHIPPED_NETWORKS].sort()).toEqual(there.sort());
});

describe.each(there)('the network %s', (name) => {
  it('is small, says where it comes from, and fits the settings that it was trained with', async () => {
    const size = statSync(`${FOLDER}/${name}/weights.bin`).size + statSync(`${FOLDER}/${name}/model.json`).size;
    expect(size).toBeLessThanOrEqual(MOST_BYTES);
    const weights = fromFiles(readFileSync(`${FOLDER}/${name}/model.json`, 'utf8'), new Uint8Array(readFileSync(`${FOLDER}/${name}/weights.bin`)).buffer);
    const { settings, classNames, command } = weights.userDefinedMetadata as unknown as LearnProvenance;
    expect([networkName(settings), command]).toEqual([name, expect.stringMatching(/^npm run train -- --network/)]);
    // A few shapes that it never saw.
    const experiment = await createLearnExperiment({ settings: { ...settings, seed: 7, testPerClass: settings.task === 'classify' ? 2 : 4, classWeights: false }, weights });
    expect(experiment.classNames).toEqual(classNames);
    expect((await experiment.evaluate()).accuracy).toBeGreaterThan(0.8);
    experiment.dispose();
  });
});
