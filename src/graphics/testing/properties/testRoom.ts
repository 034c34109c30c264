import { beforeAll, describe, expect, it } from 'vitest';
import { enableAssertions } from '../../assertions';
import * as tf from '../../tf';
import { checkBatch, checkGradients, checkLaw, checkSingular, checkWholeNumbers } from './checks';
import type { Entry, Exempt, Table } from './entry';
import { functionsUnder } from './publicFunctions';
import { callEntry, drawTrial, functionOf, gradientBatches } from './trial';
import { wrongShapes } from './wrongShapes';

const SEEDS = [1, 2, 3];

function testRefusals(path: string, entry: Entry): void {
  const wrong = wrongShapes(entry, 1);
  it('refuses wrong shapes, or says why none is wrong', () => { expect(wrong.length > 0 || entry.noRefusals !== undefined).toBe(true); });
  it.each(wrong.map((one) => [one.title, one] as const))('refuses %s', (_, { shapes, named }) => {
    // Shapes are checked before any maths, so values do not matter.
    const { inputs } = drawTrial(entry, 1, []);
    const attempt = () => tf.tidy(() => {
      callEntry(path, entry, Object.fromEntries(Object.entries(inputs).map(([name, { dtype }]) => [name, tf.zeros([...shapes[name]], dtype)])));
    });
    expect(attempt).toThrow(new RegExp(`\\b(${named.join('|')})\\b`));
  });
}

function testEntry(path: string, entry: Entry): void {
  testRefusals(path, entry);
  it.each(SEEDS)(`${entry.law} (seed %i)`, (seed) => { checkLaw(path, entry, seed); });
  it('takes valid values while assertions are on', () => {
    enableAssertions(true);
    try {
      tf.tidy(() => { callEntry(path, entry, drawTrial(entry, 4).inputs); });
    } finally {
      enableAssertions(false);
    }
  });
  if (entry.floatsOnly === undefined) it('takes whole numbers', () => { checkWholeNumbers(path, entry); });
  if (entry.batch !== 'none' && entry.notElementwise === undefined) {
    it.each(SEEDS)('gives for a batch what it gives for its elements (seed %i)', (seed) => { checkBatch(path, entry, seed); });
  }
  if (entry.noGradients === undefined) {
    it.each(gradientBatches(entry).map((batch) => [batch]))('has the gradients of central differences in a batch of shape %j', (batch) => { checkGradients(path, entry, 1, batch); });
  }
  it('has singular points, or says why there are none', () => { expect(entry.singular ?? entry.noSingular ?? entry.noGradients).toBeDefined(); });
  if (entry.singular) it.each(Object.entries(entry.singular))('is finite with its gradients at %s', async (_, point) => { await checkSingular(path, entry, point); });
}

/** Generates the five tests for every function exported under `path`, and one that none is left out. */
export function testRoom(path: string, table: Table, exempt: Exempt = {}): void {
  describe(path, () => {
    beforeAll(() => tf.setBackend('cpu'));
    it('has an entry or a reason for every public function', () => {
      const [known, exported] = [[...Object.keys(table).map(functionOf), ...Object.keys(exempt)], functionsUnder(path)];
      expect(exported.filter((name) => !known.includes(name)), 'without an entry: write one, or a reason').toEqual([]);
      expect(known.filter((name) => !exported.includes(name)), 'entries of nothing').toEqual([]);
    });
    describe.each(Object.entries(table))('%s', testEntry);
  });
}
