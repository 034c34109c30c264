import { bendMesh } from '../../src/scene/bend';
import { buildShape, findFamily, type ShapeFamily } from '../../src/scene/families';
import { boundingSphere } from '../../src/scene/measure';
import type { Mesh } from '../../src/scene/mesh';
import { computeVertexNormals } from '../../src/scene/normals';
import { createRandom, type Random } from '../../src/scene/random';
import { remesh } from '../../src/scene/remesh';

/** A shape in one pose and one triangulation. */
export interface MeshExample {
  readonly family: string;
  readonly mesh: Mesh;
  /** [V]: the class of each vertex, counted through the parts of all families. */
  readonly labels: Uint8Array;
}

export interface ShapeSettings {
  readonly families: readonly ShapeFamily[];
  readonly vertices: number;
  /** Radians, see `bendMesh`; 0 leaves shapes as they were built. */
  readonly bend: number;
}

/** @throws Error that names what is no family. */
export function familiesOf(names: string): readonly ShapeFamily[] {
  return names.split(',').map((name) => {
    const family = findFamily(name.trim());
    if (!family) throw new Error(`There is no family of shapes called "${name}".`);
    return family;
  });
}

/** The parts of all families, one after the other. */
export const classNames = (families: readonly ShapeFamily[]): readonly string[] => families.flatMap(({ id, parts }) => parts.map((part) => `${id} ${part}`));

/** Where a family's parts begin among the classes. */
export const firstClass = (families: readonly ShapeFamily[], family: ShapeFamily): number =>
  families.slice(0, families.indexOf(family)).reduce((sum, { parts }) => sum + parts.length, 0);

/** Lets whoever waits have a turn. */
const breathe = () => new Promise<void>((resolve) => { setTimeout(resolve, 0); });

/** So many members of each family, each in a pose and triangulation of its own. @param stream even numbers to train, odd ones to test: no shape is in both. */
export async function drawExamples(settings: ShapeSettings, perFamily: number, stream: number): Promise<MeshExample[]> {
  const examples: MeshExample[] = [];
  for (let i = 0; i < perFamily; i++) {
    for (const [k, family] of settings.families.entries()) {
      const seed = STREAM * stream + SHARE * k + i;
      examples.push(makeExample(settings, family, seed, seed + STREAM / 2));
      await breathe();
    }
  }
  return examples;
}

/** Numbers that seeds are apart: of streams, and of families within one. */
const STREAM = 1_000_000;
const SHARE = 10_000;

/** Shapes differ between training and test, and so do their poses and triangles. */
export function makeExample({ families, vertices, bend }: ShapeSettings, family: ShapeFamily, shapeSeed: number, poseSeed: number): MeshExample {
  const { mesh, partOfFace } = buildShape(family, shapeSeed);
  const random = createRandom(poseSeed);
  const made = remesh(mesh, { vertices, partOfFace, random });
  const posed = bend > 0 ? bendMesh(made.mesh, random, { bend, twist: (2 / 3) * bend, waves: bend / 24 }) : made.mesh;
  const unit = toUnitBall(posed, random);
  return { family: family.id, mesh: { ...unit, normals: computeVertexNormals(unit) }, labels: Uint8Array.from(made.partOfVertex!, (part) => firstClass(families, family) + part) };
}

/** Centred, with radius 1, turned about the vertical axis at random: which way a shape faces is not told. */
function toUnitBall(mesh: Mesh, random: Random): Mesh {
  const { center, radius } = boundingSphere(mesh.positions);
  const angle = 2 * Math.PI * random.uniform();
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const positions = new Float32Array(mesh.positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [0, 1, 2].map((k) => (mesh.positions[i + k] - center[k]) / radius);
    positions.set([cosine * x + sine * z, y, cosine * z - sine * x], i);
  }
  return { ...mesh, positions };
}
