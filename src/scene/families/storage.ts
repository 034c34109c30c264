import { box, cylinder } from '../solids';
import type { Random } from '../random';
import { between, chance, piece, type LabelledSolid, type ShapeFamily } from './family';

/** The front of drawers in rows and columns, a gap between them, each with a knob or a bar; centred on x = 0. */
function drawers(random: Random, [part, handle]: readonly [number, number], area: { width: number; low: number; high: number; front: number; x?: number }, rows: number, columns: number): LabelledSolid[] {
  const { width, low, high, front, x = 0 } = area;
  const [across, up] = [width / columns, (high - low) / rows];
  const [bars, proud] = [chance(random, 0.5), between(random, 0.01, 0.025)];
  return Array.from({ length: rows * columns }, (_, i) => {
    const at = [x + ((i % columns) - (columns - 1) / 2) * across, low + (Math.floor(i / columns) + 0.5) * up] as const;
    return [
      piece(part, box([across * 0.92, up * 0.86, 2 * proud]), { translation: [at[0], at[1], front] }),
      piece(handle, bars ? box([Math.min(0.16, across * 0.4), 0.015, 0.03]) : box([0.03, 0.03, 0.04]), { translation: [at[0], at[1], front + proud + 0.012] }),
    ];
  }).flat();
}

/** Four feet under a box, round or square. */
function feet(part: number, random: Random, [width, height, depth]: readonly [number, number, number]): LabelledSolid[] {
  const [thick, inset] = [between(random, 0.03, 0.07), between(random, 0, 0.05)];
  const foot = chance(random, 0.5) ? cylinder(thick / 2, height, 12) : box([thick, height, thick]);
  return [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([x, z]) => piece(part, foot, {
    translation: [x * (width / 2 - thick / 2 - inset), height / 2, z * (depth / 2 - thick / 2 - inset)],
  }));
}

/** A wide body full of drawers, on feet or on a plinth, sometimes with a mirror. */
export const DRESSER: ShapeFamily = {
  id: 'dresser', title: 'Dresser', parts: ['body', 'drawers', 'handles', 'feet', 'mirror'],
  build(random) {
    const tall = chance(random, 0.35);
    const [width, height, depth] = [tall ? between(random, 0.7, 1) : between(random, 1, 1.8), tall ? between(random, 0.95, 1.4) : between(random, 0.6, 0.95), between(random, 0.4, 0.58)];
    const low = chance(random, 0.6) ? between(random, 0.06, 0.18) : 0.04;
    const [rows, columns] = [3 + random.integer(3), tall ? 1 + random.integer(2) : 2 + random.integer(2)];
    const edge = between(random, 0, 0.04);
    const mirror = !tall && chance(random, 0.35) ? [piece(4, box([width * between(random, 0.5, 0.9), between(random, 0.5, 0.9), 0.04]), { translation: [0, height + 0.35, -depth / 2 + 0.04] })] : [];
    return [
      piece(0, box([width, height - low, depth]), { translation: [0, (height + low) / 2, 0] }),
      piece(0, box([width + 2 * edge, 0.035, depth + 2 * edge]), { translation: [0, height, 0] }),
      ...drawers(random, [1, 2], { width: width * 0.95, low: low + 0.03, high: height - 0.04, front: depth / 2 }, rows, columns),
      ...(low > 0.05 ? feet(3, random, [width, low, depth]) : [piece(3, box([width * 0.95, low, depth * 0.9]), { translation: [0, low / 2, 0] })]),
      ...mirror,
    ];
  },
};

/** A small body with a drawer or two, above a shelf or down to the floor. */
export const NIGHT_STAND: ShapeFamily = {
  id: 'night-stand', title: 'Night stand', parts: ['body', 'drawers', 'handles', 'legs'],
  build(random) {
    const [width, height, depth] = [between(random, 0.38, 0.68), between(random, 0.45, 0.72), between(random, 0.34, 0.5)];
    const [open, edge] = [chance(random, 0.5), between(random, 0, 0.03)];
    const low = open ? height * between(random, 0.5, 0.72) : chance(random, 0.6) ? between(random, 0.05, 0.18) : 0.03;
    const rows = open ? 1 : 1 + random.integer(3);
    const shelf = open && chance(random, 0.6) ? [piece(0, box([width * 0.96, 0.025, depth * 0.94]), { translation: [0, height * between(random, 0.15, 0.3), 0] })] : [];
    const sides = open && chance(random, 0.4)
      ? [-1, 1].map((x) => piece(3, box([0.025, low, depth * 0.98]), { translation: [x * (width / 2 - 0.015), low / 2, 0] })) : feet(3, random, [width, low, depth]);
    return [
      piece(0, box([width, height - low, depth]), { translation: [0, (height + low) / 2, 0] }),
      piece(0, box([width + 2 * edge, 0.03, depth + 2 * edge]), { translation: [0, height, 0] }),
      ...drawers(random, [1, 2], { width: width * 0.94, low: low + 0.02, high: height - 0.03, front: depth / 2 }, rows, 1),
      ...sides, ...shelf,
    ];
  },
};

/** A top on legs, panels or pedestals of drawers, often closed behind, sometimes with a hutch or a wing. */
export const DESK: ShapeFamily = {
  id: 'desk', title: 'Desk', parts: ['top', 'drawers', 'handles', 'legs', 'hutch'],
  build(random) {
    const [width, depth, height, thick] = [between(random, 1, 1.9), between(random, 0.5, 0.85), between(random, 0.68, 0.8), between(random, 0.025, 0.05)];
    const [wide, floor] = [between(random, 0.32, 0.45), chance(random, 0.5) ? 0 : between(random, 0.05, 0.35)];
    const pedestals = random.integer(3);
    const pedestal = (x: number): LabelledSolid[] => [
      piece(1, box([wide, height - floor, depth * 0.9]), { translation: [x, (height + floor) / 2, 0] }),
      ...drawers(random, [1, 2], { width: wide * 0.95, low: floor + 0.02, high: height - 0.02, front: depth * 0.45, x }, 2 + random.integer(2), 1),
    ];
    const panels = chance(random, 0.5);
    const stand = (x: number): LabelledSolid[] => (panels ? [piece(3, box([0.03, height, depth * 0.94]), { translation: [x * (width / 2 - 0.03), height / 2, 0] })]
      : [-1, 1].map((z) => piece(3, box([0.05, height, 0.05]), { translation: [x * (width / 2 - 0.04), height / 2, z * (depth / 2 - 0.04)] })));
    const at = width / 2 - wide / 2 - 0.03;
    const back = chance(random, 0.6) ? [piece(3, box([width * 0.94, height * between(random, 0.4, 0.8), 0.02]), { translation: [0, height * 0.6, -depth * 0.38] })] : [];
    const rise = between(random, 0.3, 0.6);
    const hutch = chance(random, 0.35) ? [
      ...[-1, 1].map((x) => piece(4, box([0.03, rise, 0.28]), { translation: [x * (width / 2 - 0.03), height + rise / 2, -depth / 2 + 0.14] })),
      piece(4, box([width * 1.01, 0.03, 0.28]), { translation: [0, height + rise, -depth / 2 + 0.14] }),
      piece(4, box([width * 0.98, rise, 0.02]), { translation: [0, height + rise / 2, -depth / 2 + 0.01] }),
    ] : [];
    const wing = chance(random, 0.2) ? [
      piece(0, box([0.5, thick, 0.91]), { translation: [-width / 2 + 0.26, height + thick / 2, depth / 2 + 0.45] }),
      piece(3, box([0.5, height, 0.03]), { translation: [-width / 2 + 0.25, height / 2, depth / 2 + 0.86] }),
    ] : [];
    return [
      piece(0, box([width, thick, depth]), { translation: [0, height + thick / 2, 0] }),
      ...(pedestals > 0 ? pedestal(at) : stand(1)), ...(pedestals > 1 ? pedestal(-at) : stand(-1)), ...back, ...hutch, ...wing,
    ];
  },
};
