import { accessorCount, readAccessor } from './gltfAccessor';
import type { GltfDocument } from './gltfBuffers';
import { PLAIN_MATERIAL, readMaterial, type GltfMaterial } from './gltfMaterial';
import type { JsonNode } from './json';
import { LIMITS } from './limits';

/** A primitive of one mesh instance, in the scene's frame. */
export interface Piece {
  readonly positions: Float32Array;
  readonly faces: Uint32Array;
  readonly normals?: Float32Array;
  /** Linear RGB: vertex colours times the base colour factor. */
  readonly colors?: Float32Array;
  readonly uvs?: Float32Array;
  readonly texture?: GltfMaterial['texture'];
}

const POINTS_AND_LINES = 3;
const STRIP = 5;
const FAN = 6;

/** Reads a primitive, or gives undefined (with a warning) for one without triangles. */
export function readPrimitive(document: GltfDocument, primitive: JsonNode, matrix: readonly number[]): Piece | undefined {
  const { json, report } = document;
  const attributes = json.get(json.object(primitive), 'attributes');
  const attribute = (name: string) => (attributes.value === undefined ? attributes : json.get(attributes, name));
  const mode = json.index(json.get(primitive, 'mode')) ?? 4;
  if (mode <= POINTS_AND_LINES || mode > FAN) {
    report.warn('unsupported', 'points and lines were left out', primitive.pointer);
    return undefined;
  }
  if (json.entries(json.get(primitive, 'extensions')).some(([name]) => name === 'KHR_draco_mesh_compression')) {
    report.fail('unsupported', 'it is compressed with Draco (KHR_draco_mesh_compression)', primitive.pointer, 'Export it without mesh compression.');
  }
  const position = attribute('POSITION');
  const positionIndex = json.index(position) ?? report.fail('malformed', 'a primitive has no positions', primitive.pointer, 'Export the file again.');
  const count = accessorCount(document, positionIndex, position);
  if (count > LIMITS.vertices) report.fail('too-large', `it declares ${count.toLocaleString('en')} vertices`, position.pointer, 'Simplify the mesh first.');
  /** An optional attribute with as many elements as there are positions; a warning where it has another number, or cannot be read. */
  const optional = (name: string, widths: readonly number[]) => {
    const node = attribute(name);
    const index = json.index(node);
    if (index === undefined) return undefined;
    const accessor = report.attempt(() => readAccessor(document, index, node));
    if (!accessor || (accessor.count === count && widths.includes(accessor.width))) return accessor;
    report.warn('malformed', `${name} does not fit the positions and was left out`, node.pointer);
    return undefined;
  };
  const positions = readAccessor(document, positionIndex, position);
  if (positions.width !== 3) report.fail('malformed', 'positions must be of three numbers', position.pointer);
  const material = report.attempt(() => readMaterial(document, primitive)) ?? PLAIN_MATERIAL;
  const uvs = material.texture && optional(`TEXCOORD_${material.texture.uvSet}`, [2]);
  const colors = optional('COLOR_0', [3, 4]);
  const normals = optional('NORMAL', [3]);
  const faces = triangles(document, primitive, mode, count);
  return {
    positions: transformPoints(matrix, positions.data),
    faces: determinant(matrix) < 0 ? flipped(faces) : faces,
    normals: normals && transformNormals(matrix, normals.data),
    colors: tint(colors, material.factor, count),
    uvs: uvs && material.texture && transformUvs(uvs.data, material.texture.transform),
    texture: uvs && material.texture,
  };
}

function triangles(document: GltfDocument, primitive: JsonNode, mode: number, vertexCount: number): Uint32Array {
  const { json } = document;
  const node = json.get(primitive, 'indices');
  const accessor = json.index(node);
  const indices = accessor === undefined ? Uint32Array.from({ length: vertexCount }, (_, i) => i) : readAccessor(document, accessor, node, true).data;
  if (mode < STRIP) return Uint32Array.from(indices.subarray(0, indices.length - (indices.length % 3)));
  const faces = new Uint32Array(3 * Math.max(0, indices.length - 2));
  for (let i = 0; i + 2 < indices.length; i++) {
    // Every other triangle of a strip turns the other way.
    const corners = mode === FAN ? [0, i + 1, i + 2] : i % 2 ? [i + 1, i, i + 2] : [i, i + 1, i + 2];
    corners.forEach((corner, k) => { faces[3 * i + k] = indices[corner]; });
  }
  return faces;
}

function transformPoints(m: readonly number[], points: ArrayLike<number>): Float32Array {
  const out = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    for (let r = 0; r < 3; r++) out[i + r] = m[r] * points[i] + m[4 + r] * points[i + 1] + m[8 + r] * points[i + 2] + m[12 + r];
  }
  return out;
}

/** By the inverse transpose, up to a positive factor: the cofactors, with the determinant's sign. */
function transformNormals(m: readonly number[], normals: ArrayLike<number>): Float32Array {
  const sign = determinant(m) < 0 ? -1 : 1;
  const column = (k: number) => [m[4 * k], m[4 * k + 1], m[4 * k + 2]];
  const cross = (a: number[], b: number[]) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const [x, y, z] = [cross(column(1), column(2)), cross(column(2), column(0)), cross(column(0), column(1))];
  const out = new Float32Array(normals.length);
  for (let i = 0; i < normals.length; i += 3) {
    const n = [0, 1, 2].map((r) => sign * (x[r] * normals[i] + y[r] * normals[i + 1] + z[r] * normals[i + 2]));
    const length = Math.hypot(...n);
    if (length > 0) n.forEach((c, r) => { out[i + r] = c / length; });
  }
  return out;
}

const determinant = (m: readonly number[]): number =>
  m[0] * (m[5] * m[10] - m[9] * m[6]) - m[4] * (m[1] * m[10] - m[9] * m[2]) + m[8] * (m[1] * m[6] - m[5] * m[2]);

/** A mirrored instance shows its faces' other sides: their corners change places. */
const flipped = (faces: Uint32Array): Uint32Array => faces.map((_, i) => faces[i % 3 === 0 ? i : i % 3 === 1 ? i + 1 : i - 1]);

function tint(colors: { readonly data: ArrayLike<number>; readonly width: number } | undefined, factor: readonly number[], count: number): Float32Array | undefined {
  if (!colors && factor.every((c) => c === 1)) return undefined;
  return Float32Array.from({ length: 3 * count }, (_, i) => factor[i % 3] * (colors ? colors.data[colors.width * Math.floor(i / 3) + (i % 3)] : 1));
}

/** KHR_texture_transform, then from glTF's origin at the upper left to the lower left. */
function transformUvs(uvs: ArrayLike<number>, { offset, rotation, scale }: NonNullable<GltfMaterial['texture']>['transform']): Float32Array {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const out = new Float32Array(uvs.length);
  for (let i = 0; i < uvs.length; i += 2) {
    const [u, v] = [uvs[i] * scale[0], uvs[i + 1] * scale[1]];
    out[i] = offset[0] + cos * u + sin * v;
    out[i + 1] = 1 - (offset[1] - sin * u + cos * v);
  }
  return out;
}
