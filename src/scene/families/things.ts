import { ball, box, cylinder, extrude, lathe, torus, tube } from '../solids';
import { between, chance, mirrored, piece, turned, type LabelledSolid, type ShapeFamily } from './family';

const both = (solid: LabelledSolid): LabelledSolid[] => [solid, mirrored(solid)];

/** Where a wing begins: past the middle, so that it and its mirror image share no vertex. */
const ROOT = -0.02;

/** A fuselage, swept wings, a tail, engines under the wings or at the tail. */
export const AIRPLANE: ShapeFamily = {
  id: 'airplane', title: 'Airplane', parts: ['fuselage', 'wings', 'tail', 'engines'],
  build(random) {
    const [radius, span, sweep, chord] = [between(random, 0.1, 0.2), between(random, 0.7, 1.2), between(random, -0.05, 0.5), between(random, 0.2, 0.45)];
    const hull = lathe([[0, -1], [radius * 0.3, -0.95], [radius * 0.7, -0.7], [radius, -0.35], [radius, 0.5], [radius * 0.8, 0.8], [radius * 0.4, 0.95], [0, 1]], 24);
    const lay = turned([1, 0, 0], 90);
    const [at, up] = [between(random, -0.1, 0.2), between(random, -0.6, 0.9) * radius];
    const wing = extrude([[ROOT, at - chord / 2], [span, at - sweep - chord * 0.25], [span, at - sweep], [ROOT, at + chord / 2]], 0.04);
    const tail = extrude([[ROOT, -1], [span * 0.35, -1 - sweep * 0.2], [span * 0.35, -0.88 - sweep * 0.2], [ROOT, -0.72]], 0.03);
    const fin = extrude([[0.7, 0], [1, 0], [1.02, between(random, 0.3, 0.5)], [0.88, 0.35]], 0.03);
    const motor = lathe([[0, -0.15], [0.07, -0.15], [0.09, 0.05], [0.06, 0.15], [0, 0.15]], 16);
    const rear = chance(random, 0.25);
    const count = rear ? 1 : 1 + random.integer(2);
    const motors = Array.from({ length: count }, (_, i) => {
      const out = rear ? radius + 0.08 : span * (0.3 + 0.3 * i);
      return piece(3, motor, { rotation: lay, translation: [out, rear ? radius * 0.3 : up - 0.1, rear ? -0.65 : at - (sweep * out) / span + 0.1] });
    });
    return [
      piece(0, hull, { rotation: lay }),
      ...both(piece(1, wing, { rotation: lay, translation: [0, up, 0] })),
      ...both(piece(2, tail, { rotation: lay, translation: [0, radius * 0.4, 0] })),
      piece(2, fin, { rotation: turned([0, 1, 0], 90), translation: [0, radius * 0.3, 0] }),
      ...motors.flatMap(both),
    ];
  },
};

/** A bow with a hole, a shaft, and a bit with teeth. */
export const KEY: ShapeFamily = {
  id: 'key', title: 'Key', parts: ['bow', 'shaft', 'bit'],
  build(random) {
    const [length, thick, size] = [between(random, 0.7, 1.2), between(random, 0.03, 0.06), between(random, 0.13, 0.24)];
    const flat = chance(random, 0.5);
    const bow = torus(size, between(random, 0.03, 0.06), 28, 10);
    const teeth = 2 + random.integer(4);
    const bits = Array.from({ length: teeth }, (_, i) => piece(2, box([0.05, between(random, 0.06, 0.2), thick]), {
      translation: [length - 0.04 - 0.07 * i, -0.07, 0],
    }));
    return [
      piece(0, bow, { scale: [between(random, 0.8, 1.3), 1, 1], rotation: turned([1, 0, 0], 90), translation: [-size, 0, 0] }),
      flat ? piece(1, box([length, 0.09, thick]), { translation: [length / 2, 0, 0] })
        : piece(1, cylinder(between(random, 0.03, 0.05), length, 14), { rotation: turned([0, 0, 1], 90), translation: [length / 2, 0, 0] }),
      ...bits,
    ];
  },
};

/** Two rims with lenses, a bridge, two temples that bend behind the ears. */
export const GLASSES: ShapeFamily = {
  id: 'glasses', title: 'Glasses', parts: ['rims', 'lenses', 'bridge', 'temples'],
  build(random) {
    const [wide, tall, gap, thick] = [between(random, 0.22, 0.32), between(random, 0.16, 0.3), between(random, 0.06, 0.14), between(random, 0.012, 0.03)];
    const [length, drop] = [between(random, 0.7, 0.95), between(random, 0.08, 0.2)];
    const across = gap / 2 + wide;
    const upright = turned([1, 0, 0], 90);
    const rim = piece(0, torus(1, thick / Math.min(wide, tall), 32, 8), { scale: [wide, thick / (thick / Math.min(wide, tall)), tall], rotation: upright, translation: [across, 0, 0] });
    const lens = piece(1, cylinder(1, 0.01, 32), { scale: [wide, 1, tall], rotation: upright, translation: [across, 0, 0] });
    const temple = piece(3, tube([[0, 0], [length * 0.8, 0], [length * 0.9, -drop * 0.3], [length, -drop]], thick, 8), {
      rotation: turned([0, 1, 0], 90), translation: [across + wide, tall * between(random, 0, 0.6), 0],
    });
    return [
      ...both(rim), ...both(lens), ...both(temple),
      piece(2, tube([[-gap / 2, 0], [0, gap * between(random, 0, 0.4)], [gap / 2, 0]], thick, 8), { translation: [0, tall * 0.3, 0] }),
    ];
  },
};

/** A handle and a head: a peen, a claw or a mallet's block. */
export const HAMMER: ShapeFamily = {
  id: 'hammer', title: 'Hammer', parts: ['handle', 'head'],
  build(random) {
    const [length, grip, size, reach] = [between(random, 0.8, 1.4), between(random, 0.03, 0.06), between(random, 0.07, 0.14), between(random, 0.14, 0.28)];
    const handle = piece(0, lathe([[0, 0], [grip * 1.2, 0], [grip * 1.2, length * 0.35], [grip * 0.8, length * 0.5], [grip * 0.8, length], [0, length]], 16));
    const across = turned([0, 0, 1], 90);
    const style = random.integer(3);
    if (style === 0) {
      return [handle, piece(1, cylinder(size * 1.5, 2.5 * reach, 24), { rotation: across, translation: [0, length, 0] })];
    }
    const face = piece(1, cylinder(size, reach, 20), { rotation: across, translation: [reach / 2, length, 0] });
    const eye = piece(1, box([size * 1.6, size * 1.8, size * 1.6]), { translation: [0, length, 0] });
    const peen = style === 1 ? [piece(1, lathe([[0, -reach / 2], [size * 0.9, -reach / 2], [0.02, reach / 2], [0, reach / 2]], 16), { rotation: across, translation: [-reach / 2, length, 0] })]
      : [-1, 1].map((side) => piece(1, tube([[0, 0], [-reach * 0.6, 0.02], [-reach * 1.3, -reach * 0.35]], size * 0.28, 8), { rotation: turned([0, 1, 0], 9 * side), translation: [0, length, side * size * 0.4] }));
    return [handle, eye, face, ...peen];
  },
};

/** A body with a cabin, on four wheels; a van's cabin is long, a truck's short. */
export const CAR: ShapeFamily = {
  id: 'car', title: 'Car', parts: ['body', 'cabin', 'wheels'],
  build(random) {
    const [length, width, low, tall] = [between(random, 1.5, 2.3), between(random, 0.65, 0.9), between(random, 0.22, 0.4), between(random, 0.22, 0.5)];
    const [radius, share, place] = [between(random, 0.14, 0.24), between(random, 0.3, 0.85), between(random, -0.1, 0.1)];
    const [slope, half] = [between(random, 0.05, 0.25), (length * share) / 2];
    const cabin = extrude([[-half, 0], [half, 0], [half - slope, tall], [-half + slope * between(random, 0.2, 1), tall]], width * 0.9);
    const wheel = cylinder(radius, between(random, 0.1, 0.18), 20);
    return [
      piece(0, box([length, low, width]), { translation: [0, radius + low / 2, 0] }),
      piece(1, cabin, { translation: [place * length, radius + low, 0] }),
      ...[-1, 1].flatMap((x) => [-1, 1].map((z) => piece(2, wheel, { rotation: turned([1, 0, 0], 90), translation: [x * length * 0.32, radius, (z * width) / 2] }))),
    ];
  },
};

/** A body of two bouts, a neck, a head with pegs. */
export const GUITAR: ShapeFamily = {
  id: 'guitar', title: 'Guitar', parts: ['body', 'neck', 'head'],
  build(random) {
    const [lower, upper, waist, depth] = [between(random, 0.3, 0.42), between(random, 0.2, 0.32), between(random, 0.6, 0.85), between(random, 0.06, 0.2)];
    const tall = between(random, 0.8, 1.05);
    // Half the outline from below to above: lower bout, waist, upper bout.
    const half = Array.from({ length: 13 }, (_, i): [number, number] => {
      const t = i / 12;
      const envelope = lower + (upper - lower) * t;
      const narrowed = 1 - (1 - waist) * Math.exp(-(((t - 0.6) / 0.12) ** 2));
      return [envelope * narrowed * Math.sqrt(Math.max(0.02, 1 - (2 * t - 1) ** 4)), t * tall];
    });
    const outline = [...half, ...half.map(([x, y]): [number, number] => [-x, y]).reverse()];
    const neck = between(random, 0.55, 0.8);
    const [top, head] = [tall + neck, between(random, 0.16, 0.24)];
    const pegs = [-1, 1].flatMap((side) => [0.25, 0.5, 0.75].map((y) => piece(2, cylinder(0.012, 0.06, 8), {
      rotation: turned([0, 0, 1], 90), translation: [side * 0.09, top + head * y, 0],
    })));
    return [
      piece(0, extrude(outline, depth)), piece(1, box([0.07, neck + 0.1, 0.05]), { translation: [0, tall + neck / 2 - 0.05, depth / 2 - 0.02] }),
      piece(2, box([between(random, 0.11, 0.17), head, 0.04]), { translation: [0, top + head / 2, depth / 2 - 0.03] }),
      ...pegs.map((peg) => ({ ...peg, solid: { ...peg.solid, positions: peg.solid.positions.map(([x, y, z]): [number, number, number] => [x, y, z + depth / 2 - 0.03]) } })),
      ...(chance(random, 0.5) ? [piece(0, ball(0.05, 12), { scale: [1.4, 0.5, 0.4], translation: [0, tall * 0.25, depth / 2] })] : []),
    ];
  },
};
