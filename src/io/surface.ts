import { earClip } from '../scene/earClip';
import { growableFloats, growableIntegers, type GrowableFloats, type GrowableIntegers } from './growable';
import { LIMITS } from './limits';
import type { Report } from './report';

/** A corner of a polygon: row numbers into a surface's tables, −1 where it has none. */
export interface Corner {
  readonly position: number;
  readonly normal?: number;
  readonly uv?: number;
  readonly color?: number;
}

/**
 * What every mesh format boils down to: tables of attributes, and triangles whose corners point into each table on their own.
 * Readers fill it; finishSurface turns it into a mesh.
 */
export interface Surface {
  /** Rows of 3; not finite where the file's was not. */
  readonly positions: GrowableFloats;
  /** Rows of 3. */
  readonly normals: GrowableFloats;
  /** Rows of 2, (0, 0) the texture's lower left corner. */
  readonly uvs: GrowableFloats;
  /** Rows of 3, linear RGB. */
  readonly colors: GrowableFloats;
  /** One entry a corner in each; −1 for none. */
  readonly corners: { readonly position: GrowableIntegers; readonly normal: GrowableIntegers; readonly uv: GrowableIntegers; readonly color: GrowableIntegers };
  /** [F]: where in the file each triangle stands, in words such as "line 12" after `placeUnit`. */
  readonly places: GrowableIntegers;
  readonly placeUnit: 'line' | 'byte';
}

export const createSurface = (placeUnit: Surface['placeUnit']): Surface => ({
  positions: growableFloats(), normals: growableFloats(), uvs: growableFloats(), colors: growableFloats(),
  corners: { position: growableIntegers(), normal: growableIntegers(), uv: growableIntegers(), color: growableIntegers() },
  places: growableIntegers(), placeUnit,
});

function pushCorner(surface: Surface, corner: Corner): void {
  surface.corners.position.push(corner.position);
  surface.corners.normal.push(corner.normal ?? -1);
  surface.corners.uv.push(corner.uv ?? -1);
  surface.corners.color.push(corner.color ?? -1);
}

export const faceTotal = (surface: Surface): number => surface.corners.position.length / 3;

/**
 * Adds a polygon as triangles: a fan where it is convex, else cut by its ears, for which its positions should be known already.
 * @param place the line or face number in the file.
 */
export function pushPolygon(surface: Surface, polygon: readonly Corner[], report: Report, place: number): void {
  const where = `${surface.placeUnit} ${place}`;
  if (polygon.length < 3) {
    report.warn('malformed', 'faces with fewer than three corners were left out', where);
    return;
  }
  if (faceTotal(surface) + polygon.length - 2 > LIMITS.faces) {
    report.fail('too-large', `there are more than ${LIMITS.faces.toLocaleString('en')} faces`, where, 'Simplify the mesh first.');
  }
  let order: number[];
  if (polygon.length === 3) order = [0, 1, 2];
  else if (polygon.length <= LIMITS.clippedCorners) order = earClip(polygon.map((corner) => positionAt(surface, corner.position)));
  else order = Array.from({ length: 3 * (polygon.length - 2) }, (_, i) => (i % 3 === 0 ? 0 : Math.floor(i / 3) + (i % 3)));
  for (const i of order) pushCorner(surface, polygon[i]);
  for (let i = 0; i < order.length; i += 3) surface.places.push(place);
}

const positionAt = ({ positions }: Surface, row: number): [number, number, number] =>
  [positions.at(3 * row), positions.at(3 * row + 1), positions.at(3 * row + 2)];
