import { createRandom } from '../random';
import { assembleLabelled, type LabelledMesh, type ShapeFamily } from './family';
import { BATHTUB, MONITOR, SOFA, TOILET } from './comfort';
import { BED, CHAIR, LAMP, TABLE } from './furniture';
import { DESK, DRESSER, NIGHT_STAND } from './storage';
import { AIRPLANE, CAR, GLASSES, GUITAR, HAMMER, KEY } from './things';
import { BOTTLE, MUG } from './vessels';

export type { LabelledMesh, ShapeFamily } from './family';

export const SHAPE_FAMILIES: readonly ShapeFamily[] = [
  AIRPLANE, BATHTUB, BED, BOTTLE, CAR, CHAIR, DESK, DRESSER, GLASSES, GUITAR, HAMMER, KEY, LAMP, MONITOR, MUG, NIGHT_STAND, SOFA, TABLE, TOILET,
];

export const findFamily = (id: string): ShapeFamily | undefined => SHAPE_FAMILIES.find((family) => family.id === id);

/** A member of a family: the same seed gives the same one. */
export const buildShape = (family: ShapeFamily, seed: number): LabelledMesh => assembleLabelled(`${family.id} ${seed}`, family.build(createRandom(seed)));
