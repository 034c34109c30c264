import type { Mesh } from './mesh';
import { airplane, bird, bottle, brick, fBlock, house, jack, mug, ring, rocket } from './models';
import { sixColorCube } from './primitives';
import { cubeSymmetry, cyclicSymmetry, NO_SYMMETRY, type Symmetry } from './symmetry';

/** An object that comes with the page. */
export interface BuiltInObject {
  /** Stands in links and file names. */
  readonly id: string;
  readonly title: string;
  /** About the origin of the centred mesh. */
  readonly symmetry: Symmetry;
  readonly source:
    | { readonly kind: 'primitive'; build(): Mesh }
    /** Relative to the page. */
    | { readonly kind: 'file'; readonly path: string };
}

const own = (id: string, title: string, symmetry: Symmetry, build: () => Mesh): BuiltInObject =>
  ({ id, title, symmetry, source: { kind: 'primitive', build } });

export const BUILT_IN_OBJECTS: readonly BuiltInObject[] = [
  own('cube', 'Six-colour cube', NO_SYMMETRY, sixColorCube),
  { id: 'teapot', title: 'Utah teapot', symmetry: NO_SYMMETRY, source: { kind: 'file', path: 'objects/teapot.ply' } },
  own('mug', 'Mug', NO_SYMMETRY, mug),
  own('airplane', 'Airplane', NO_SYMMETRY, airplane),
  own('house', 'House', NO_SYMMETRY, house),
  own('bird', 'Bird', NO_SYMMETRY, bird),
  own('f-block', 'Letter F', NO_SYMMETRY, fBlock),
  own('rocket', 'Rocket (four-fold)', cyclicSymmetry([0, 1, 0], 4), rocket),
  own('brick', 'Toy brick (two-fold)', cyclicSymmetry([0, 1, 0], 2), brick),
  own('jack', 'Jack (24-fold)', cubeSymmetry(), jack),
  own('bottle', 'Bottle (any turn)', { kind: 'axial', axis: [0, 1, 0], flip: false }, bottle),
  own('ring', 'Ring (any turn, either side)', { kind: 'axial', axis: [0, 1, 0], flip: true }, ring),
];

export const findObject = (id: string): BuiltInObject | undefined => BUILT_IN_OBJECTS.find((object) => object.id === id);
