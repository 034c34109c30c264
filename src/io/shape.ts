import type { Mesh } from '../scene/mesh';
import type { PointCloud } from '../scene/pointCloud';
import type { FileSource, SourceFile } from './fileSource';
import { CLOUD_EXTENSIONS, readPointClouds } from './readPointCloud';
import type { ReadWarning } from './report';
import { SceneError } from '../scene/errors';
import { LIMITS } from './limits';

/** A shape to learn from or to try: points, and the mesh that they were drawn from where there is one. */
export interface CloudExample {
  readonly name: string;
  readonly cloud: PointCloud;
  readonly mesh?: Mesh;
  readonly label?: number;
}

export const extensionOf = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1].toLowerCase() ?? '';
export const isCloudFile = (path: string): boolean => CLOUD_EXTENSIONS.includes(extensionOf(path));

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
/** Formats whose files name others. */
const WITH_SIBLINGS = ['obj', 'ply', 'gltf'];

/** Reads a file of a source with what lies beside it. @throws SceneError, RangeError. */
export async function readFileOf(source: FileSource, file: SourceFile) {
  if ((file.size ?? 0) > LIMITS.fileBytes) {
    throw new SceneError(`it has ${Math.round((file.size ?? 0) / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`, { code: 'too-large', file: file.path });
  }
  const beside = WITH_SIBLINGS.includes(extensionOf(file.path))
    ? source.files.filter(({ path }) => path !== file.path && folderOf(path) === folderOf(file.path) && !isCloudFile(path)) : [];
  const siblings = new Map(await Promise.all(beside.map(async ({ path, read }) => [path.slice(folderOf(path).length), await read()] as const)));
  return readPointClouds(file.path, await file.read(), siblings);
}

/** One file as a shape; of several in it, the first. @throws SceneError naming the file, the place and the reason. */
export async function readShape(source: FileSource, path: string): Promise<{ readonly example: CloudExample; readonly warnings: readonly ReadWarning[] }> {
  const file = source.files.find((one) => one.path === path);
  if (!file) throw new SceneError('it was not given', { code: 'missing-file', file: path });
  const { clouds, mesh, warnings } = await readFileOf(source, file);
  const [{ cloud }] = clouds;
  const several: ReadWarning[] = clouds.length > 1 ? [{ code: 'unsupported', message: `it holds ${clouds.length} clouds, of which the first is shown`, count: 1 }] : [];
  return { example: { name: cloud.name, cloud, ...(mesh && { mesh }) }, warnings: [...warnings, ...several] };
}
