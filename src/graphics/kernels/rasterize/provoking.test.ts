import { expect, it } from 'vitest';
import { icosphereMesh, sixColorCube, torusMesh } from '../../../scene/primitives';
import { provokingIndices } from './provoking';

const meshes = { cube: sixColorCube(), icosphere: icosphereMesh(1, 2), torus: torusMesh(1, 0.3), fan: { faces: Uint32Array.from([0, 1, 2, 0, 2, 3, 0, 1, 3]), positions: new Float32Array(18) } };

it.each(Object.entries(meshes))('names the vertices of each face of the %s, its own index last', (_name, { faces, positions }) => {
  const { indices, corners } = provokingIndices(faces, positions.length / 3);
  const faceCount = faces.length / 3;
  const vertexOf = (index: number) => (index < faceCount ? faces[3 * index + corners[index]] : index - faceCount);
  for (let face = 0; face < faceCount; face++) {
    expect(indices[3 * face + 2]).toBe(face);
    const rotated = [1, 2, 0].map((k) => faces[3 * face + (corners[face] + k) % 3]);
    expect(Array.from(indices.subarray(3 * face, 3 * face + 3), vertexOf)).toEqual(rotated);
  }
});

it('runs about one vertex a face', () => {
  const { faces, positions } = torusMesh(1, 0.3);
  const { indices } = provokingIndices(faces, positions.length / 3);
  expect(new Set(indices).size).toBeLessThanOrEqual(1.02 * faces.length / 3);
});
