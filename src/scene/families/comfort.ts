import { box, cylinder, lathe } from '../solids';
import { between, chance, piece, turned, type LabelledSolid, type ShapeFamily } from './family';

/** A long seat between arms before a back, with cushions, on feet or on the floor, sometimes with a chaise. */
export const SOFA: ShapeFamily = {
  id: 'sofa', title: 'Sofa', parts: ['seat', 'back', 'arms', 'feet'],
  build(random) {
    const places = 1 + random.integer(3);
    const [width, depth, height] = [0.35 + places * between(random, 0.5, 0.7), between(random, 0.75, 1), between(random, 0.36, 0.46)];
    const [arm, rise, low] = [between(random, 0.1, 0.26), between(random, 0.32, 0.55), chance(random, 0.6) ? between(random, 0.05, 0.15) : 0.02];
    const [lean, thick] = [between(random, 0, 14), between(random, 0.12, 0.25)];
    const inner = width - 2 * arm;
    const armHeight = height + between(random, 0.05, 0.25);
    const round = chance(random, 0.4);
    const arms = chance(random, 0.9) ? [-1, 1].flatMap((x): LabelledSolid[] => [
      piece(2, box([arm, armHeight - low, depth]), { translation: [x * (width - arm) * 0.5, (armHeight + low) / 2, 0] }),
      ...(round ? [piece(2, cylinder(arm * 0.62, depth, 20), { rotation: turned([1, 0, 0], 90), translation: [x * (width - arm) * 0.5, armHeight, 0] })] : []),
    ]) : [];
    const cushions = Array.from({ length: places }, (_, i) => piece(0, box([inner / places - 0.02, 0.14, depth - thick]), {
      translation: [(i - (places - 1) / 2) * (inner / places), height, thick / 2],
    }));
    const chaise = places > 1 && chance(random, 0.25) ? [piece(0, box([inner / places, height - low, 0.75]), { translation: [(inner * (places - 1)) / (2 * places), (height + low) / 2, depth / 2 + 0.37] })] : [];
    return [
      piece(0, box([inner + 0.02, height - low, depth]), { translation: [0, (height + low) / 2, 0] }), ...cushions, ...chaise, ...arms,
      piece(1, box([chance(random, 0.5) ? width : inner, height + rise - low, thick]), { rotation: turned([1, 0, 0], -lean), translation: [0, (height + rise + low) / 2, -depth / 2 + thick / 2 - 0.02] }),
      ...[[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([x, z]) => piece(3, box([0.06, low, 0.06]), { translation: [x * (width / 2 - 0.06), low / 2, z * (depth / 2 - 0.06)] })),
    ];
  },
};

/** A flat panel or a deep tube, a neck and a foot. */
export const MONITOR: ShapeFamily = {
  id: 'monitor', title: 'Monitor', parts: ['screen', 'neck', 'foot'],
  build(random) {
    const tube = chance(random, 0.35);
    const [width, ratio, deep] = [between(random, 0.34, 0.8), tube ? between(random, 0.72, 0.85) : between(random, 0.54, 0.8), tube ? between(random, 0.12, 0.2) : between(random, 0.03, 0.09)];
    const [height, neck, lean] = [width * ratio, between(random, 0.05, 0.2), between(random, -4, 10)];
    const middle = neck + height / 2;
    const behind = tube ? [[0.78, 0.16], [0.55, 0.18]].map(([size, length], i) => piece(0, box([width * size, height * size, length]), { translation: [0, middle, -deep / 2 - 0.07 - 0.13 * i] })) : [];
    const frame = chance(random, 0.5) ? [piece(0, box([width * 1.04, height * 1.06, deep * 0.6]), { rotation: turned([1, 0, 0], -lean), translation: [0, middle, -deep * 0.2] })] : [];
    const reach = width * between(random, 0.25, 0.4);
    const foot = chance(random, 0.5) ? piece(2, cylinder(1, 0.025, 32), { scale: [reach, 1, reach * between(random, 0.6, 1)], translation: [0, 0.0125, 0] })
      : piece(2, box([2 * reach, 0.025, reach * between(random, 0.8, 1.4)]), { translation: [0, 0.0125, 0] });
    const twin = !tube && chance(random, 0.2) ? [piece(1, box([0.03, neck + 0.05, 0.03]), { translation: [width * 0.2, neck / 2 + 0.02, -deep] }), piece(1, box([0.03, neck + 0.05, 0.03]), { translation: [-width * 0.2, neck / 2 + 0.02, -deep] })]
      : [piece(1, chance(random, 0.5) ? box([width * between(random, 0.1, 0.3), neck + height * 0.3, 0.05]) : cylinder(between(random, 0.02, 0.05), neck + height * 0.3, 16), { translation: [0, (neck + height * 0.3) / 2, -deep / 2 - 0.02] })];
    return [piece(0, box([width, height, deep]), { rotation: turned([1, 0, 0], -lean), translation: [0, middle, 0] }), ...behind, ...frame, ...twin, foot];
  },
};

/** A hollow basin, round or with straight walls, on the floor, in a casing or on feet, with a tap. */
export const BATHTUB: ShapeFamily = {
  id: 'bathtub', title: 'Bathtub', parts: ['basin', 'rim', 'base', 'tap'],
  build(random) {
    const [length, width, height] = [between(random, 1.3, 1.9), between(random, 0.65, 0.9), between(random, 0.4, 0.65)];
    const [wall, slope] = [between(random, 0.03, 0.08), between(random, 0.75, 0.97)];
    const oval = chance(random, 0.5);
    const raised = chance(random, 0.4) ? between(random, 0.06, 0.16) : 0;
    const floor = raised + 0.06;
    const ends = [-1, 1].map((x) => piece(0, box([wall, height - raised, width]), { rotation: turned([0, 0, 1], -x * (1 - slope) * 60), translation: [x * (length - wall) * 0.5 * (oval ? 1 : slope), (height + raised) / 2, 0] }));
    const sides = [-1, 1].map((z) => piece(0, box([length * slope, height - raised, wall]), { translation: [0, (height + raised) / 2, z * (width - wall) * 0.5] }));
    const basin = oval
      ? [piece(0, lathe([[0, 0], [slope * 0.9, 0], [slope, 0.25], [1, 1], [0.93, 1], [slope - 0.08, 0.2], [0, 0.15]], 32), { scale: [length / 2, height - raised, width / 2], translation: [0, raised, 0] })]
      : [...ends, ...sides, piece(0, box([length * slope * 0.99, 0.06, width * 0.99]), { translation: [0, raised + 0.03, 0] })];
    const lip = between(random, 0.03, 0.1);
    const rim = oval ? [piece(1, lathe([[0.9, 0], [1 + lip, 0], [1 + lip, 0.03], [0.9, 0.03]], 32, true), { scale: [length / 2, 1, width / 2], translation: [0, height - 0.01, 0] })]
      : [...[-1, 1].map((z) => piece(1, box([length + 2 * lip, 0.03, wall + lip]), { translation: [0, height, z * (width / 2)] })),
        ...[-1, 1].map((x) => piece(1, box([wall + lip, 0.03, width]), { translation: [x * (length / 2), height, 0] }))];
    const base = raised > 0 ? [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([x, z]) => piece(2, cylinder(0.035, floor, 12), { translation: [x * length * 0.3, floor / 2, z * width * 0.24] }))
      : [piece(2, box([length * 0.8, 0.04, width * 0.7]), { translation: [0, 0.02, 0] })];
    const tap = chance(random, 0.5) ? [piece(3, cylinder(0.02, 0.2, 12), { translation: [-length * 0.47, height + 0.1, 0] }), piece(3, box([0.16, 0.025, 0.03]), { translation: [-length * 0.47 + 0.07, height + 0.19, 0] })] : [];
    return [...basin, ...rim, ...base, ...tap];
  },
};

/** A bowl with a seat, its lid up or down, before a tank. */
export const TOILET: ShapeFamily = {
  id: 'toilet', title: 'Toilet', parts: ['bowl', 'seat', 'lid', 'tank'],
  build(random) {
    const [height, long, wide] = [between(random, 0.36, 0.47), between(random, 0.22, 0.3), between(random, 0.17, 0.21)];
    const [stem, flare] = [between(random, 0.4, 0.75), between(random, 0.45, 0.85)];
    const bowl = lathe([[0, 0], [flare, 0], [stem, 0.35], [0.95, 0.85], [1, 1], [0.75, 1], [0.5, 0.6], [0, 0.5]], 32);
    const seat = lathe([[0.62, 0], [1.04, 0], [1.04, 0.025], [0.62, 0.025]], 32, true);
    const open = chance(random, 0.4);
    const lid = piece(2, cylinder(1, 0.02, 32), open
      ? { scale: [wide, 1, long], rotation: turned([1, 0, 0], -between(random, 80, 100)), translation: [0, height + long, -long * 0.95] }
      : { scale: [wide * 1.04, 1, long * 1.04], translation: [0, height + 0.037, 0] });
    const [across, rise, deep] = [between(random, 0.36, 0.52), between(random, 0.28, 0.42), between(random, 0.15, 0.22)];
    const from = chance(random, 0.8) ? height - 0.03 : 0;
    const behind = -long - deep / 2 + 0.03;
    return [
      piece(0, bowl, { scale: [wide, height, long] }), piece(0, box([wide * 1.1, height - 0.08, 0.2]), { translation: [0, (height - 0.08) / 2, -long] }),
      piece(1, seat, { scale: [wide, 1, long], translation: [0, height, 0] }), ...(chance(random, 0.85) ? [lid] : []),
      piece(3, box([across, height + rise - from, deep]), { translation: [0, (height + rise + from) / 2, behind] }),
      piece(3, box([across * 1.05, 0.03, deep * 1.08]), { translation: [0, height + rise, behind] }),
    ];
  },
};
