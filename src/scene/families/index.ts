import { createRandom } from '../random';
import { assembleLabelled, type LabelledMesh, type ShapeFamily } from './family';
import { BED, CHAIR, LAMP, TABLE } from './furniture';
import { AIRPLANE, CAR, GLASSES, GUITAR, HAMMER, KEY } from './things';
import { BOTTLE, MUG } from './vessels';

export type { LabelledMesh, ShapeFamily } from './family';

export const SHAPE_FAMILIES: readonly ShapeFamily[] = [AIRPLANE, BED, BOTTLE, CAR, CHAIR, GLASSES, GUITAR, HAMMER, KEY, LAMP, MUG, TABLE];

export const findFamily = (id: string): ShapeFamily | undefined => SHAPE_FAMILIES.find((family) => family.id === id);

/** A member of a family: the same seed gives the same one. */
export const buildShape = (family: ShapeFamily, seed: number): LabelledMesh => assembleLabelled(`${family.id} ${seed}`, family.build(createRandom(seed)));
