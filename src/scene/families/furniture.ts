import { ball, box, cylinder, lathe } from '../solids';
import type { Random } from '../random';
import { between, chance, piece, turned, type LabelledSolid, type ShapeFamily } from './family';

/** Four legs under the corners of a rectangle, round or square, upright or splayed. */
function legs(part: number, random: Random, [width, height, depth]: readonly [number, number, number], thickness: number): LabelledSolid[] {
  const [round, splay] = [chance(random, 0.5), chance(random, 0.4) ? between(random, 3, 12) : 0];
  const leg = round ? cylinder(thickness / 2, height, 12) : box([thickness, height, thickness]);
  return [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([x, z]) => piece(part, leg, {
    rotation: turned([-z, 0, x], -splay), translation: [x * (width / 2 - thickness / 2), height / 2, z * (depth / 2 - thickness / 2)],
  }));
}

/** One foot: a column on a plate or a star. */
function pedestal(part: number, random: Random, height: number, reach: number): LabelledSolid[] {
  const column = piece(part, cylinder(between(random, 0.04, 0.09), height, 16), { translation: [0, height / 2, 0] });
  if (chance(random, 0.5)) return [column, piece(part, cylinder(reach, 0.05, 24), { translation: [0, 0.025, 0] })];
  const arms = 3 + random.integer(3);
  return [column, ...Array.from({ length: arms }, (_, i) => {
    const angle = (360 * i) / arms;
    const radians = (angle * Math.PI) / 180;
    return piece(part, box([reach, 0.05, 0.08]), { rotation: turned([0, 1, 0], -angle), translation: [(reach / 2) * Math.cos(radians), 0.03, (reach / 2) * Math.sin(radians)] });
  })];
}

/** A seat on legs or a foot, a back of a board, bars or slats, sometimes arms. */
export const CHAIR: ShapeFamily = {
  id: 'chair', title: 'Chair', parts: ['seat', 'back', 'legs', 'arms'],
  build(random) {
    const [width, depth, height, thick] = [between(random, 0.42, 0.62), between(random, 0.4, 0.58), between(random, 0.38, 0.55), between(random, 0.03, 0.1)];
    const top = height + thick;
    const [rise, lean] = [between(random, 0.35, 0.7), between(random, 0, 16)];
    const back = (x: number, y: number, size: readonly [number, number, number]): LabelledSolid =>
      piece(1, box([...size]), { rotation: turned([1, 0, 0], -lean), translation: [x, top + y, -depth / 2 + 0.02 - Math.tan((lean * Math.PI) / 180) * y] });
    const style = random.integer(3);
    const backs = style === 0 ? [back(0, rise / 2, [width, rise, 0.04])]
      : style === 1 ? [...[-1, 1].map((x) => back((x * (width - 0.05)) / 2, rise / 2, [0.05, rise, 0.04])), ...[0.35, 0.65, 0.92].map((y) => back(0, rise * y, [width, 0.07, 0.03]))]
        : [back(0, rise * 0.95, [width, 0.08, 0.04]), ...[-0.4, -0.2, 0, 0.2, 0.4].map((x) => back(x * width, rise / 2, [0.03, rise, 0.03]))];
    const arms = chance(random, 0.35) ? [-1, 1].flatMap((x) => [
      piece(3, box([0.05, 0.04, depth * 0.8]), { translation: [(x * width) / 2, top + 0.24, 0] }),
      piece(3, box([0.04, 0.24, 0.04]), { translation: [(x * width) / 2, top + 0.12, depth * 0.35] }),
    ]) : [];
    const stand = chance(random, 0.75) ? legs(2, random, [width, height, depth], between(random, 0.03, 0.06)) : pedestal(2, random, height, 0.3);
    return [piece(0, box([width, thick, depth]), { translation: [0, height + thick / 2, 0] }), ...backs, ...stand, ...arms];
  },
};

/** A round or square top on four legs or one foot, sometimes with a shelf. */
export const TABLE: ShapeFamily = {
  id: 'table', title: 'Table', parts: ['top', 'legs', 'shelf'],
  build(random) {
    const [width, depth, height, thick] = [between(random, 0.7, 1.6), between(random, 0.5, 0.9), between(random, 0.4, 0.85), between(random, 0.03, 0.08)];
    const round = chance(random, 0.3);
    const reach = Math.min(width, depth) / 2;
    const top = round ? cylinder(reach * 1.2, thick, 32) : box([width, thick, depth]);
    const foot = round ? reach * 1.5 : width;
    const stand = chance(random, round ? 0.4 : 0.85)
      ? legs(1, random, [foot, height, round ? foot : depth], between(random, 0.03, 0.08)) : pedestal(1, random, height, reach * 0.8);
    const shelf = !round && chance(random, 0.4) ? [piece(2, box([width * 0.9, 0.03, depth * 0.9]), { translation: [0, height * 0.3, 0] })] : [];
    return [piece(0, top, { translation: [0, height + thick / 2, 0] }), ...stand, ...shelf];
  },
};

/** A frame with a mattress, a head board, pillows, sometimes a foot board. */
export const BED: ShapeFamily = {
  id: 'bed', title: 'Bed', parts: ['frame', 'mattress', 'pillows', 'headboard'],
  build(random) {
    const [width, length, low, thick] = [between(random, 0.8, 1.8), between(random, 1.8, 2.2), between(random, 0.12, 0.35), between(random, 0.14, 0.3)];
    const rise = between(random, 0.25, 0.8);
    const pillows = width > 1.2 ? 2 : 1;
    const pillow = ball(1, 16);
    return [
      ...legs(0, random, [width, low, length], 0.08),
      piece(0, box([width, 0.1, length]), { translation: [0, low + 0.05, 0] }),
      piece(1, box([width * 0.96, thick, length * 0.97]), { translation: [0, low + 0.1 + thick / 2, 0] }),
      ...Array.from({ length: pillows }, (_, i) => piece(2, pillow, {
        scale: [(width / pillows) * 0.38, 0.08, 0.2], translation: [(i - (pillows - 1) / 2) * (width / pillows), low + 0.12 + thick, -length * 0.36],
      })),
      piece(3, box([width, rise + thick, 0.07]), { translation: [0, low + (rise + thick) / 2, -length / 2] }),
      ...(chance(random, 0.4) ? [piece(0, box([width, thick * 0.9, 0.06]), { translation: [0, low + thick * 0.6, length / 2] })] : []),
    ];
  },
};

/** A foot, a stem, straight or bent, and a shade. */
export const LAMP: ShapeFamily = {
  id: 'lamp', title: 'Lamp', parts: ['base', 'stem', 'shade'],
  build(random) {
    const [height, foot] = [between(random, 0.5, 1.5), between(random, 0.14, 0.3)];
    const [wide, narrow, tall] = [between(random, 0.18, 0.4), between(random, 0.05, 0.2), between(random, 0.15, 0.4)];
    const base = chance(random, 0.5) ? cylinder(foot, between(random, 0.03, 0.1), 24) : lathe([[0, 0], [foot, 0], [foot * 0.6, 0.1], [0.03, 0.18], [0, 0.18]], 24);
    const shade = lathe([[wide, 0], [narrow, tall], [narrow - 0.015, tall], [wide - 0.015, 0]], 32, true);
    const bent = chance(random, 0.35) ? between(random, 15, 40) : 0;
    const lean = (bent * Math.PI) / 180;
    const stem = cylinder(between(random, 0.012, 0.03), height, 12);
    const tip: [number, number, number] = [height * Math.sin(lean), height * Math.cos(lean), 0];
    return [
      piece(0, base), piece(1, stem, { rotation: turned([0, 0, 1], -bent), translation: [tip[0] / 2, tip[1] / 2, 0] }),
      piece(2, shade, { rotation: turned([0, 0, 1], chance(random, 0.5) ? -2 * bent : 0), translation: [tip[0], tip[1] - tall / 2, 0] }),
    ];
  },
};
