import { lathe, tube } from '../solids';
import { between, chance, piece, turned, type ShapeFamily } from './family';

const SEGMENTS = 32;

/** Points on an arc of an ellipse in the xy plane, degrees counter-clockwise from +x. */
const arc = (cx: number, cy: number, rx: number, ry: number, from: number, to: number, steps: number) =>
  Array.from({ length: steps + 1 }, (_, i): [number, number] => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

/** A hollow body, straight or bellied, and one handle, round or square. */
export const MUG: ShapeFamily = {
  id: 'mug', title: 'Mug', parts: ['body', 'handle'],
  build(random) {
    const [height, radius] = [between(random, 0.8, 1.4), between(random, 0.38, 0.55)];
    const [taper, belly, wall] = [between(random, 0.75, 1.15), between(random, 0, 0.12), between(random, 0.03, 0.07)];
    const radiusAt = (t: number) => radius * (taper + (1 - taper) * t) + belly * Math.sin(Math.PI * t);
    const rings = Array.from({ length: 9 }, (_, i) => i / 8);
    const outside = rings.map((t): [number, number] => [radiusAt(t), t * height]);
    const inside = rings.filter((t) => t > 0).reverse().map((t): [number, number] => [Math.max(0.05, radiusAt(t) - wall), Math.max(1.5 * wall, t * height)]);
    const body = lathe([[0, 0], ...outside, ...inside, [0, 1.5 * wall]], SEGMENTS);
    const [size, reach, place] = [between(random, 0.22, 0.36) * height, between(random, 0.2, 0.36), between(random, 0.42, 0.58)];
    const path = chance(random, 0.3)
      ? [[0, -size], [reach, -size], [reach, 0], [reach, size], [0, size]].map(([x, y]): [number, number] => [radiusAt(place) - wall + x, place * height + y])
      : arc(radiusAt(place) - wall, place * height, reach, size, -90, 90, 14);
    return [piece(0, body), piece(1, tube(path, between(random, 0.04, 0.08), 10), { rotation: turned([0, 1, 0], 360 * random.uniform()) })];
  },
};

/** A body with a shoulder, a neck, and sometimes a cap. */
export const BOTTLE: ShapeFamily = {
  id: 'bottle', title: 'Bottle', parts: ['body', 'neck', 'cap'],
  build(random) {
    const [radius, height] = [between(random, 0.22, 0.42), between(random, 0.7, 1.3)];
    const [shoulder, neck, rise] = [between(random, 0.1, 0.45), between(random, 0.25, 0.5) * radius, between(random, 0.15, 0.5)];
    const waist = between(random, 0.82, 1);
    const sides = Array.from({ length: 7 }, (_, i): [number, number] => [radius * (1 - (1 - waist) * Math.sin((Math.PI * i) / 6)), (height * i) / 6]);
    const slope = Array.from({ length: 6 }, (_, i): [number, number] => {
      const t = (i + 1) / 6;
      return [neck + (radius - neck) * Math.cos((Math.PI / 2) * t), height + shoulder * Math.sin((Math.PI / 2) * t)];
    });
    const top = height + shoulder;
    const pieces = [
      piece(0, lathe([[0, 0], ...sides, ...slope, [0, top]], SEGMENTS)),
      piece(1, lathe([[0, top - 0.02], [neck, top - 0.02], [neck, top + rise], [0, top + rise]], SEGMENTS)),
    ];
    if (chance(random, 0.7)) {
      const cap = neck * between(random, 1.1, 1.4);
      const tall = between(random, 0.06, 0.16);
      pieces.push(piece(2, lathe([[0, top + rise - tall / 2], [cap, top + rise - tall / 2], [cap, top + rise + tall / 2], [0, top + rise + tall / 2]], SEGMENTS)));
    }
    return pieces;
  },
};
