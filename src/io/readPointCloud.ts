import { SceneError } from '../scene/errors';
import type { Mesh } from '../scene/mesh';
import type { PointCloud } from '../scene/pointCloud';
import { createRandom } from '../scene/random';
import { sampleSurface } from '../scene/sampleSurface';
import { LIMITS } from './limits';
import { readNumpyClouds, type ClassedCloud } from './npz';
import { isNpy } from './npy';
import { readPcd } from './pcd';
import { readPlyCloud } from './plyCloud';
import { MESH_EXTENSIONS, readMesh } from './readMesh';
import { createReport, type ReadWarning, type Report } from './report';
import type { Siblings } from './siblings';
import { peekText } from './text';
import { readTextCloud } from './textCloud';
import { readVertexCloud } from './vertexCloud';
import { isZip } from './zip';

/** A file as clouds of points. */
export interface ReadClouds {
  /** One, or as many as the file holds. */
  readonly clouds: readonly ClassedCloud[];
  /** Where the file holds a surface: the points were drawn from it. */
  readonly mesh?: Mesh;
  /** What was left out or repaired; empty for a sound file. */
  readonly warnings: readonly ReadWarning[];
}

const TEXT_EXTENSIONS = ['xyz', 'txt', 'csv', 'asc', 'pts'];

/** The file name endings that are read as points. */
export const CLOUD_EXTENSIONS: readonly string[] = [...new Set(['pcd', 'npz', 'npy', ...TEXT_EXTENSIONS, ...MESH_EXTENSIONS])];

/** Points drawn from a surface. */
const SURFACE_POINTS = 4096;

/**
 * Reads points from a file's bytes: PCD, NPZ, NPY, XYZ, TXT, CSV, ASC, PTS, and points or surfaces of PLY, OBJ, OFF, STL, GLB and glTF, told apart
 * by content where it is plain and else by the name's ending. Surfaces give points drawn from them, always the same. All numbers are finite.
 * @param siblings files that came along, for materials, buffers and textures.
 * @throws SceneError naming the file, the place and the reason where nothing can be used.
 */
export async function readPointClouds(name: string, bytes: Uint8Array, siblings: Siblings = new Map()): Promise<ReadClouds> {
  const report = createReport(name);
  if (!bytes.length) report.fail('empty', 'the file is empty');
  if (bytes.length > LIMITS.fileBytes) report.fail('too-large', `it has ${Math.round(bytes.length / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`);
  const format = detectFormat(name, bytes);
  const title = (name.split(/[/\\]/).at(-1) ?? name).replace(/\.[^.]*$/, '') || name;
  const one = (cloud: PointCloud): ReadClouds => ({ clouds: [{ cloud }], warnings: report.warnings });
  try {
    if (format === 'pcd') return one(readPcd(title, bytes, report));
    if (format === 'numpy') return { clouds: await readNumpyClouds(title, bytes, report), warnings: report.warnings };
    if (format === 'text') return one(readTextCloud(title, bytes, report));
    if (format === 'ply' || format === 'obj' || format === 'off') return await pointsOrSurface(name, title, bytes, format, siblings, report);
    if (format === 'surface') return await surface(name, bytes, siblings);
  } catch (error) {
    // The engine's only sign of too little memory is a RangeError from an allocation.
    if (error instanceof RangeError && /alloc|array length|buffer/i.test(error.message)) {
      throw new SceneError('there is not enough memory to read it', { code: 'out-of-memory', file: name, advice: 'Thin the cloud out first, or close other tabs.' });
    }
    throw error;
  }
  return report.fail('unsupported', 'its format is not known', undefined, `Give one of ${CLOUD_EXTENSIONS.map((e) => e.toUpperCase()).join(', ')}.`);
}

/** {@link readPointClouds}, for a file that holds one cloud; of several the first is taken, with a warning. */
export async function readPointCloud(name: string, bytes: Uint8Array, siblings?: Siblings): Promise<Omit<ReadClouds, 'clouds'> & { readonly cloud: PointCloud }> {
  const { clouds, warnings, ...rest } = await readPointClouds(name, bytes, siblings);
  const several: ReadWarning[] = clouds.length > 1 ? [{ code: 'unsupported', message: `it holds ${clouds.length} clouds, of which the first is shown`, count: 1 }] : [];
  return { ...rest, cloud: clouds[0].cloud, warnings: [...warnings, ...several] };
}

/** Files that have faces are surfaces, others points. */
async function pointsOrSurface(name: string, title: string, bytes: Uint8Array, format: 'ply' | 'obj' | 'off', siblings: Siblings, report: Report): Promise<ReadClouds> {
  try {
    return await surface(name, bytes, siblings);
  } catch (error) {
    if (!(error instanceof SceneError) || error.details.code !== 'no-faces') throw error;
    const cloud = format === 'ply' ? readPlyCloud(title, bytes, report) : readVertexCloud(title, bytes, format, report);
    return { clouds: [{ cloud }], warnings: report.warnings };
  }
}

async function surface(name: string, bytes: Uint8Array, siblings: Siblings): Promise<ReadClouds> {
  const { mesh, warnings } = await readMesh(name, bytes, siblings);
  try {
    return { clouds: [{ cloud: sampleSurface(mesh, SURFACE_POINTS, createRandom(1)) }], mesh, warnings };
  } catch (error) {
    // A surface without an area knows itself by the mesh's name alone.
    throw error instanceof SceneError ? new SceneError(error.reason, { ...error.details, file: name }) : error;
  }
}

type Format = 'pcd' | 'numpy' | 'text' | 'ply' | 'obj' | 'off' | 'surface';

function detectFormat(name: string, bytes: Uint8Array): Format | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? '';
  const start = peekText(bytes);
  if (/^(#[^\n]*\n)*\s*(# \.PCD|VERSION\s+\.?\d)/.test(start) || /^# \.PCD/.test(start) || extension === 'pcd') return 'pcd';
  if (isNpy(bytes) || isZip(bytes) || extension === 'npz' || extension === 'npy') return 'numpy';
  if (/^ply\s/.test(start)) return 'ply';
  if (extension === 'ply' || extension === 'obj' || extension === 'off') return extension;
  if (TEXT_EXTENSIONS.includes(extension)) return 'text';
  return MESH_EXTENSIONS.includes(extension) ? 'surface' : undefined;
}
