import { prepareObject, readMesh, type ReadMesh, type ReadWarning } from '../io/index';
import { SceneError } from '../scene/errors';
import { faceCount, vertexCount, type Mesh } from '../scene/mesh';
import { findObject } from '../scene/objects';
import { NO_SYMMETRY, type Symmetry } from '../scene/symmetry';
import { decodeImage } from './decodeImage';
import { fetchBytes } from './fetchBytes';
import type { FileTrouble, LoadedObject, MeshApi, MeshSource } from './meshApi';
import { isOutOfMemory } from './outOfMemory';
import { nameOf, readMeshAt } from './readMeshAt';

const OWN_PREFIX = 'own:';

type OnProgress = (label: string, fraction?: number) => void;

/** A mesh with what is known of it before it is prepared. */
interface Raw {
  readonly id: string;
  readonly title: string;
  readonly mesh: Mesh;
  readonly symmetry: Symmetry;
  readonly warnings: readonly string[];
}

/** Reads objects behind the page's protocol. */
export function createMeshService(): MeshApi {
  return {
    async load(source, onProgress) {
      try {
        return { ok: true, value: await prepareWith(await readSource(source, onProgress), onProgress) };
      } catch (error) {
        return { ok: false, trouble: troubleOf(error) };
      }
    },
  };
}

function prepareWith(raw: Raw, onProgress: OnProgress): Promise<LoadedObject> {
  onProgress(`Preparing ${raw.title}`);
  return prepare(raw);
}

async function readSource(source: MeshSource, onProgress: OnProgress): Promise<Raw> {
  if (source.kind === 'files') return readFiles(source.files, onProgress);
  if (source.kind === 'url') {
    const name = nameOf(source.url);
    return rawOf(name, await readMeshAt(source.url, name, onProgress));
  }
  const builtIn = findObject(source.id);
  if (!builtIn) throw new SceneError(`There is no built-in object called “${source.id}”.`, { code: 'missing-file' });
  const { id, title, symmetry } = builtIn;
  if (builtIn.source.kind === 'primitive') return { id, title, symmetry, mesh: builtIn.source.build(), warnings: [] };
  const { path } = builtIn.source;
  const bytes = await fetchBytes(source.baseUrl + path, path, (fraction) => onProgress(`Fetching ${title}`, fraction));
  return { ...(await rawOf(path, await readMesh(path, bytes))), id, title, symmetry };
}

const MESH_NAME = /\.(obj|ply|stl|off|glb|gltf)$/i;

/** The one mesh among some files, the others being its materials and textures. */
async function readFiles(files: readonly File[], onProgress: OnProgress): Promise<Raw> {
  const main = files.find(({ name }) => MESH_NAME.test(name)) ?? files[0];
  if (!main) throw new SceneError('There is no file.', { code: 'missing-file' });
  onProgress(`Reading ${main.name}`);
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
  const others = files.filter((file) => file !== main);
  const siblings = new Map(await Promise.all(others.map(async (file) => [file.name, await bytesOf(file)] as const)));
  const raw = await rawOf(main.name, await readMesh(main.name, await bytesOf(main), siblings));
  const ignored = others.filter(({ name }) => MESH_NAME.test(name)).map(({ name }) => name);
  return ignored.length ? { ...raw, warnings: [...raw.warnings, `One mesh is shown at a time; left out: ${ignored.join(', ')}.`] } : raw;
}

const describe = ({ message, place, count }: ReadWarning) => `${place ? `${place}: ` : ''}${message}${count > 1 ? ` (${count.toLocaleString('en')} times)` : ''}`;

async function rawOf(name: string, { mesh, texture, warnings }: ReadMesh): Promise<Raw> {
  const lines = warnings.map(describe);
  const raw = { id: OWN_PREFIX + name, title: name, symmetry: NO_SYMMETRY };
  if (!texture) return { ...raw, mesh, warnings: lines };
  try {
    return { ...raw, mesh: { ...mesh, texture: await decodeImage(texture) }, warnings: lines };
  } catch {
    return { ...raw, mesh, warnings: [...lines, `The texture ${texture.name} could not be decoded; the mesh is shown without it.`] };
  }
}

async function prepare({ id, title, mesh, symmetry, warnings }: Raw): Promise<LoadedObject> {
  const { notes, center: _, ...object } = await prepareObject(mesh, id, symmetry);
  return {
    object, title, vertices: vertexCount(object.mesh), faces: faceCount(object.mesh), hasColors: object.mesh.colors !== undefined || (object.mesh.uvs !== undefined && object.mesh.texture !== undefined),
    warnings: warnings.map(sentence),
    // What is done to our own objects is no news.
    notes: id.startsWith(OWN_PREFIX) ? notes.map(sentence) : [],
  };
}

/** Readers name faults in the middle of a sentence; a person reads whole ones. */
const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

function troubleOf(error: unknown): FileTrouble {
  if (error instanceof SceneError) return { ...error.details, reason: sentence(error.reason) };
  if (isOutOfMemory(error)) {
    return { code: 'out-of-memory', reason: 'There is not enough memory for this mesh.', advice: 'Simplify it first, or close other tabs.' };
  }
  return { code: 'unknown', reason: error instanceof Error ? error.message : String(error) };
}
