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
/** Formats whose files name others, and what these are: no shapes of their own. */
const WITH_SIBLINGS = ['obj', 'ply', 'gltf'];
export const SIBLING_EXTENSIONS = ['mtl', 'png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'bin'];
/** Where more lie beside a file, those of its own name are read: each file of a large folder would else be read with all the others' materials. */
const MOST_SIBLINGS = 32;

type Folders = ReadonlyMap<string, readonly SourceFile[]>;
const foldersOf = new WeakMap<FileSource, Folders>();

/** What may be named by others, by folder; looked through once for a source. */
function siblingsByFolder(source: FileSource): Folders {
  const known = foldersOf.get(source);
  if (known) return known;
  const folders = new Map<string, SourceFile[]>();
  for (const file of source.files) {
    if (!SIBLING_EXTENSIONS.includes(extensionOf(file.path)) || (file.size ?? 0) > LIMITS.fileBytes) continue;
    const folder = folderOf(file.path);
    const files = folders.get(folder);
    if (files) files.push(file);
    else folders.set(folder, [file]);
  }
  foldersOf.set(source, folders);
  return folders;
}

const stemOf = (path: string): string => path.replace(/\.[^./]*$/, '');

function siblingsOf(source: FileSource, { path }: SourceFile): readonly SourceFile[] {
  if (!WITH_SIBLINGS.includes(extensionOf(path))) return [];
  const beside = siblingsByFolder(source).get(folderOf(path)) ?? [];
  return beside.length <= MOST_SIBLINGS ? beside : beside.filter((other) => stemOf(other.path) === stemOf(path));
}

/** @throws SceneError where the file is not there any more, or may not be read. */
async function bytesOf(file: SourceFile): Promise<Uint8Array> {
  try {
    return await file.read();
  } catch (error) {
    throw error instanceof SceneError ? error : new SceneError('it could not be read', {
      code: 'missing-file', file: file.path, advice: 'Is it still where it was? Give the files once more.',
    });
  }
}

/** Reads a file of a source with what lies beside it. @throws SceneError, RangeError. */
export async function readFileOf(source: FileSource, file: SourceFile) {
  if ((file.size ?? 0) > LIMITS.fileBytes) {
    throw new SceneError(`it has ${Math.round((file.size ?? 0) / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`, { code: 'too-large', file: file.path });
  }
  const siblings = new Map(await Promise.all(siblingsOf(source, file).map(async (other) => [other.path.slice(folderOf(other.path).length), await bytesOf(other)] as const)));
  return readPointClouds(file.path, await bytesOf(file), siblings);
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
