import type { ImageRecord, Mesh } from '../../../scene/mesh';

/** Half the sides of the box. */
const HALF = [1, 0.8, 0.6];
/** Each side has a square of the texture, so many texels wide, and shows a checker of two colours in so many fields a side. */
const SQUARE = 24;
const SIDES: readonly { readonly axis: number; readonly sign: number; readonly fields: number; readonly colors: readonly (readonly number[])[] }[] = [
  { axis: 0, sign: 1, fields: 4, colors: [[220, 40, 30], [250, 220, 200]] }, { axis: 0, sign: -1, fields: 3, colors: [[30, 160, 60], [10, 40, 20]] },
  { axis: 1, sign: 1, fields: 2, colors: [[40, 70, 220], [240, 240, 60]] }, { axis: 1, sign: -1, fields: 6, colors: [[230, 200, 40], [90, 20, 90]] },
  { axis: 2, sign: 1, fields: 4, colors: [[240, 240, 240], [20, 20, 20]] }, { axis: 2, sign: -1, fields: 3, colors: [[200, 60, 200], [30, 200, 200]] },
];

/** All colours of the pattern, sRGB. */
export const PATTERN_COLORS = SIDES.flatMap(({ colors }) => colors);

/** A box of 24 vertices and 12 faces, all of whose detail is in its texture. */
export function patternedBox(): Mesh & { readonly uvs: Float32Array; readonly texture: ImageRecord } {
  const [width, height] = [SQUARE * SIDES.length, SQUARE];
  const data = new Uint8ClampedArray(4 * width * height);
  const [positions, uvs, faces]: [number[], number[], number[]] = [[], [], []];
  SIDES.forEach(({ axis, sign, fields, colors }, side) => {
    for (let y = 0; y < SQUARE; y++) {
      for (let x = 0; x < SQUARE; x++) {
        const odd = (Math.floor((x * fields) / SQUARE) + Math.floor((y * fields) / SQUARE)) % 2;
        data.set([...colors[odd], 255], 4 * (y * width + side * SQUARE + x));
      }
    }
    for (const [a, b] of [[-1, -1], [sign, -sign], [1, 1], [-sign, sign]]) {
      const corner = [0, 0, 0];
      corner[axis] = sign * HALF[axis];
      corner[(axis + 1) % 3] = a * HALF[(axis + 1) % 3];
      corner[(axis + 2) % 3] = b * HALF[(axis + 2) % 3];
      positions.push(...corner);
      // Half a texel from the square's border, so that the neighbour does not shine through.
      const within = (t: number) => (0.5 + ((t + 1) / 2) * (SQUARE - 1)) / SQUARE;
      uvs.push((side + within(a)) / SIDES.length, within(b));
    }
    faces.push(...[0, 1, 2, 0, 2, 3].map((corner) => 4 * side + corner));
  });
  return {
    name: 'patterned box', positions: Float32Array.from(positions), faces: Uint32Array.from(faces), uvs: Float32Array.from(uvs), texture: { width, height, data },
  };
}

/** The same as files of three kinds: OBJ, MTL that names `picture`, and the picture's pixels to encode. */
export function patternedBoxFiles(picture: string): { readonly obj: string; readonly mtl: string; readonly texture: ImageRecord } {
  const { positions, uvs, faces, texture } = patternedBox();
  const rows = (data: Float32Array, width: number, key: string) => Array.from({ length: data.length / width }, (_, i) => `${key} ${[...data.subarray(width * i, width * i + width)].join(' ')}`);
  const corner = (v: number) => `${v + 1}/${v + 1}`;
  const triangles = Array.from({ length: faces.length / 3 }, (_, f) => `f ${[...faces.subarray(3 * f, 3 * f + 3)].map(corner).join(' ')}`);
  return {
    obj: ['mtllib box.mtl', ...rows(positions, 3, 'v'), ...rows(uvs, 2, 'vt'), 'usemtl printed', ...triangles].join('\n'),
    mtl: `newmtl printed\nKd 1 1 1\nmap_Kd ${picture}\n`, texture,
  };
}
