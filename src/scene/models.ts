import { assemble, placeSolid, type Part, type Placement, type Solid } from './combine';
import type { Mesh } from './mesh';
import type { Vector3 } from './pose';
import { quaternionFromAxisAngle } from './rotation';
import { ball, box, cone, cylinder, extrude, lathe, torus, tube } from './solids';

// Objects of our own design: closed, outward, y up, +z to the front. Colours are linear RGB.

const DEGREES = Math.PI / 180;
const part = (solid: Solid, placement: Placement, color?: Vector3): Part => ({ solid: placeSolid(solid, placement), color });
const turn = (axis: Vector3, degrees: number) => quaternionFromAxisAngle(axis, degrees * DEGREES);

const CREAM: Vector3 = [0.85, 0.75, 0.55];
const RED: Vector3 = [0.75, 0.06, 0.05];
const ORANGE: Vector3 = [0.9, 0.3, 0.03];
const YELLOW: Vector3 = [0.9, 0.65, 0.05];
const GREEN: Vector3 = [0.08, 0.45, 0.12];
const BLUE: Vector3 = [0.05, 0.2, 0.7];
const DARK: Vector3 = [0.03, 0.03, 0.05];
const WHITE: Vector3 = [0.85, 0.85, 0.85];
const BROWN: Vector3 = [0.25, 0.1, 0.04];

/** Points on an arc in the xy plane, degrees counter-clockwise from +x. */
const arc = (cx: number, cy: number, rx: number, ry: number, from: number, to: number, steps: number) =>
  Array.from({ length: steps + 1 }, (_, i): [number, number] => {
    const angle = (from + ((to - from) * i) / steps) * DEGREES;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

/** A blue mug with a red handle on +x. */
export function mug(): Mesh {
  const body = lathe([[0, 0], [0.46, 0], [0.5, 0.04], [0.5, 1.08], [0.49, 1.1], [0.45, 1.1], [0.43, 1.08], [0.43, 0.1], [0, 0.1]], 48);
  const handle = tube(arc(0.47, 0.56, 0.38, 0.34, -90, 90, 16), 0.07, 12);
  return assemble('mug', [{ solid: body, color: BLUE }, { solid: handle, color: RED }]);
}

/** A plain bottle, the same from all around. */
export function bottle(): Mesh {
  const shoulder = arc(0.12, 0.95, 0.23, 0.25, 0, 90, 8);
  const profile: [number, number][] = [
    [0, 0], [0.33, 0], [0.35, 0.03], ...shoulder.map(([x, y]): [number, number] => [x, y]), [0.12, 1.5], [0.15, 1.51], [0.15, 1.6], [0, 1.6],
  ];
  return assemble('bottle', [{ solid: lathe(profile, 64) }]);
}

/** A plain ring: any turn about y, and turned over. */
export const ring = (): Mesh => assemble('ring', [{ solid: torus(0.5, 0.18, 64, 24) }], Math.PI);

/** A rocket with four fins, the same after each quarter turn about y. */
export function rocket(): Mesh {
  const hull = lathe([[0, 0.1], [0.2, 0.1], [0.24, 0.3], [0.26, 0.6], [0.25, 0.9], [0.2, 1.2], [0, 1.2]], 48);
  const nose = lathe([[0, 1.15], [0.215, 1.15], [0.17, 1.35], [0.1, 1.52], [0.04, 1.62], [0, 1.65]], 48);
  const nozzle = lathe([[0, -0.05], [0.15, -0.05], [0.1, 0.12], [0, 0.12]], 48);
  const fin = extrude([[0.18, 0.15], [0.5, -0.1], [0.5, 0.12], [0.2, 0.55]], 0.05);
  const fins = [0, 90, 180, 270].map((angle) => part(fin, { rotation: turn([0, 1, 0], angle) }, BLUE));
  return assemble('rocket', [{ solid: hull, color: WHITE }, { solid: nose, color: RED }, { solid: nozzle, color: DARK }, ...fins]);
}

/** An airliner along +z with a red tail, one wing tip green and the other red as at night. */
export function airplane(): Mesh {
  const fuselage = lathe([[0, -1], [0.05, -0.97], [0.11, -0.75], [0.16, -0.4], [0.17, 0.5], [0.15, 0.75], [0.09, 0.93], [0, 1]], 32);
  const lay = turn([1, 0, 0], 90);
  const wing = extrude([[-0.03, -0.2], [0.95, -0.45], [0.95, -0.3], [-0.03, 0.25]], 0.05);
  const otherWing = extrude([[0.03, 0.25], [-0.95, -0.3], [-0.95, -0.45], [0.03, -0.2]], 0.05);
  const tip = box([0.07, 0.08, 0.2]);
  const tail = extrude([[-0.42, -1], [0.42, -1], [0.42, -0.9], [0.05, -0.7], [-0.05, -0.7], [-0.42, -0.9]], 0.04);
  const fin = extrude([[0.65, 0.05], [0.95, 0.05], [1.02, 0.5], [0.88, 0.5]], 0.045);
  const engine = cylinder(0.085, 0.3, 20);
  return assemble('airplane', [
    part(fuselage, { rotation: lay }, WHITE),
    part(wing, { rotation: lay, translation: [0, -0.06, 0] }, BLUE),
    part(otherWing, { rotation: lay, translation: [0, -0.06, 0] }, BLUE),
    part(tip, { translation: [0.95, -0.06, -0.37] }, GREEN),
    part(tip, { translation: [-0.95, -0.06, -0.37] }, RED),
    part(tail, { rotation: lay, translation: [0, 0.03, 0] }, BLUE),
    part(fin, { rotation: turn([0, 1, 0], 90) }, RED),
    part(engine, { rotation: lay, translation: [0.42, -0.15, 0] }, ORANGE),
    part(engine, { rotation: lay, translation: [-0.42, -0.15, 0] }, ORANGE),
  ]);
}

/** A house with a red roof, a chimney, a door in front and a window on three sides. */
export function house(): Mesh {
  const roof = extrude([[-0.62, 0.55], [0.62, 0.55], [0, 1.05]], 1.5);
  return assemble('house', [
    part(box([1, 0.65, 1.3]), { translation: [0, 0.275, 0] }, CREAM),
    part(roof, {}, RED),
    part(box([0.18, 0.55, 0.18]), { translation: [0.3, 0.92, -0.35] }, BROWN),
    part(box([0.25, 0.42, 0.06]), { translation: [-0.15, 0.17, 0.65] }, GREEN),
    part(box([0.22, 0.2, 0.06]), { translation: [0.25, 0.32, 0.65] }, BLUE),
    part(box([0.06, 0.22, 0.4]), { translation: [0.5, 0.3, 0.2] }, BLUE),
    part(box([0.06, 0.22, 0.22]), { translation: [-0.5, 0.3, -0.3] }, YELLOW),
  ]);
}

/** A toy brick with two rows of four studs, the same after half a turn about y. */
export function brick(): Mesh {
  const stud = cylinder(0.15, 0.18, 24);
  const studs = [-0.75, -0.25, 0.25, 0.75].flatMap((x) => [-0.25, 0.25].map((z) => part(stud, { translation: [x, 0.32, z] })));
  return assemble('brick', [part(box([2, 0.6, 1]), {}), ...studs]);
}

/** A thick letter F with a peg behind: no two turns look alike. */
export function fBlock(): Mesh {
  const letter = extrude([[0, 0], [0.25, 0], [0.25, 0.45], [0.6, 0.45], [0.6, 0.68], [0.25, 0.68], [0.25, 0.97], [0.8, 0.97], [0.8, 1.2], [0, 1.2]], 0.3);
  return assemble('f-block', [{ solid: letter }, part(cylinder(0.09, 0.3, 24), { rotation: turn([1, 0, 0], 90), translation: [0.125, 0.2, -0.25] })]);
}

/** A yellow bird on the water, looking to +z. */
export function bird(): Mesh {
  const round = ball(1, 24);
  const eye = ball(0.05, 12);
  return assemble('bird', [
    part(round, { scale: [0.42, 0.33, 0.58] }, YELLOW),
    part(round, { scale: [0.26, 0.25, 0.26], translation: [0, 0.45, 0.34] }, YELLOW),
    part(cone(0.11, 0.28, 24), { scale: [1.3, 1, 0.7], rotation: turn([1, 0, 0], 90), translation: [0, 0.42, 0.66] }, ORANGE),
    part(round, { scale: [0.1, 0.2, 0.36], rotation: turn([1, 0, 0], 12), translation: [0.4, 0.05, -0.05] }, GREEN),
    part(round, { scale: [0.1, 0.2, 0.36], rotation: turn([1, 0, 0], 12), translation: [-0.4, 0.05, -0.05] }, BLUE),
    part(cone(0.2, 0.45, 24), { scale: [1, 1, 0.5], rotation: turn([1, 0, 0], -60), translation: [0, 0.22, -0.55] }, WHITE),
    part(eye, { translation: [0.12, 0.53, 0.54] }, DARK),
    part(eye, { translation: [-0.12, 0.53, 0.54] }, DARK),
  ], 60 * DEGREES);
}

/** Three crossed bars, the same after all 24 turns of a cube. */
export const jack = (): Mesh => assemble('jack', [
  part(box([1.4, 0.3, 0.3]), {}), part(box([0.3, 1.4, 0.3]), {}), part(box([0.3, 0.3, 1.4]), {}),
]);
