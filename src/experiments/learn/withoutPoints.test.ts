import { expect, it } from 'vitest';
import { withoutPoints } from './withoutPoints';

const cloud = { name: 'four', positions: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9]), labels: Uint8Array.from([3, 4, 5, 6]) };

it('leaves the other points where they are, in their order', () => {
  const { cloud: rest } = withoutPoints({ cloud, label: 1 }, [3, 1]);
  expect([...rest.positions]).toEqual([0, 0, 0, 0, 1, 0]);
  expect([...rest.labels ?? []]).toEqual([3, 5]);
});

it('takes the faces of vertices that are gone with them, and counts the others anew', () => {
  const { faces } = withoutPoints({ cloud, faces: Uint32Array.from([0, 1, 2, 0, 2, 3]) }, [1]);
  expect([...faces ?? []]).toEqual([0, 1, 2]);
});

it('refuses to leave nothing', () => {
  expect(() => withoutPoints({ cloud }, [0, 1, 2, 3])).toThrow(/No point is left/);
});
