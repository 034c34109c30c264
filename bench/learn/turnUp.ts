import type { ExampleSource, LearnDataset } from '../../src/experiments/learn';

/** (x, y, z) → (y, z, x): what pointed along z points along y, and what faced x faces z, as our own shapes do. */
function cycle(vectors: Float32Array): Float32Array {
  const out = new Float32Array(vectors.length);
  for (let i = 0; i < vectors.length; i += 3) out.set([vectors[i + 1], vectors[i + 2], vectors[i]], i);
  return out;
}

/** A data set whose shapes stand along z, made to stand along y. */
export function turnUp(dataset: LearnDataset): LearnDataset {
  const turned = (source: ExampleSource): ExampleSource => ({
    count: source.count,
    label: (i) => source.label(i),
    async read(i) {
      const { mesh, ...example } = await source.read(i);
      const { cloud } = example;
      return {
        ...example, cloud: { ...cloud, positions: cycle(cloud.positions), ...(cloud.normals && { normals: cycle(cloud.normals) }) },
        ...(mesh && { mesh: { ...mesh, positions: cycle(mesh.positions), ...(mesh.normals && { normals: cycle(mesh.normals) }) } }),
      };
    },
  });
  return { ...dataset, train: turned(dataset.train), test: turned(dataset.test) };
}
