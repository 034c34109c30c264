import { describe, expect, it } from 'vitest';
import { SceneError } from '../scene/errors';
import { createRandom } from '../scene/random';
import { prepareObject } from './prepareObject';
import { readMesh } from './readMesh';
import { soundFiles } from './testing/fixtures';

const SEED = 20;
const ROUNDS = 150;

/** Reads damaged bytes and checks that what comes back is either sound or a typed error. */
async function check(name: string, bytes: Uint8Array, what: string): Promise<'read' | 'refused'> {
  try {
    const { mesh } = await readMesh(name, bytes);
    const { positions, normals, colors, uvs, faces } = mesh;
    for (const data of [positions, normals, colors, uvs]) expect(data?.every(Number.isFinite) ?? true, what).toBe(true);
    expect(faces.length, what).toBeGreaterThan(0);
    expect(faces.every((v) => v < positions.length / 3), what).toBe(true);
    const prepared = await prepareObject(mesh, 'fuzz');
    expect(prepared.mesh.positions.every(Number.isFinite) && prepared.mesh.normals?.every(Number.isFinite), what).toBe(true);
    return 'read';
  } catch (error) {
    if (!(error instanceof SceneError)) throw new Error(what, { cause: error });
    return 'refused';
  }
}

describe.each(soundFiles())(`damaged %s, seed ${SEED}`, (name, bytes) => {
  it('cut off anywhere', async () => {
    const outcomes = new Set<string>();
    for (let length = 0; length < bytes.length; length++) outcomes.add(await check(name, bytes.subarray(0, length), `${name} cut at ${length}`));
    expect(outcomes).toContain('refused');
  });

  it('with flipped bytes', async () => {
    const random = createRandom(SEED);
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const damaged = bytes.slice();
      for (let flips = 1 + random.integer(4); flips > 0; flips--) damaged[random.integer(bytes.length)] = random.integer(256);
      outcomes.add(await check(name, damaged, `${name}, round ${round}`));
    }
    expect(outcomes).toContain('read');
  });
});

describe.each(soundFiles().filter(([name]) => name !== 'binary.stl'))(`%s with other words, seed ${SEED}`, (name, bytes) => {
  it('odd numbers in place of its own', async () => {
    const random = createRandom(SEED + 1);
    const odd = ['nan', '-1', '1e39', '99999999999', '0', 'inf', '""', '[]', '{}', 'null', '-0', '4294967296', ''];
    const text = new TextDecoder('latin1').decode(bytes);
    const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const match = numbers[random.integer(numbers.length)];
      const changed = text.slice(0, match.index) + odd[random.integer(odd.length)] + text.slice(match.index + match[0].length);
      outcomes.add(await check(name, Uint8Array.from(changed, (c) => c.charCodeAt(0)), `${name}, word round ${round}`));
    }
    expect(outcomes).toContain('read');
  });
});
