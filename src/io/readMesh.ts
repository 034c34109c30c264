import { SceneError } from '../scene/errors';
import type { Mesh } from '../scene/mesh';
import { isGlb } from './glbContainer';
import { readGltf } from './gltf';
import { LIMITS } from './limits';
import { readObj } from './obj';
import { OFF_HEADER, readOff } from './off';
import { readPly } from './ply';
import { createReport, type ReadWarning, type Report } from './report';
import type { ReadResult } from './result';
import type { EncodedImage, Siblings } from './siblings';
import { isBinaryStl, readStl } from './stl';
import { peekText } from './text';

/** A file as it was read. */
export interface ReadMesh {
  readonly mesh: Mesh;
  /** What was left out or repaired; empty for a sound file. */
  readonly warnings: readonly ReadWarning[];
  /** The colour texture, still encoded; mesh.uvs go with it. */
  readonly texture?: EncodedImage;
}

type Reader = (name: string, bytes: Uint8Array, siblings: Siblings, report: Report) => ReadResult | Promise<ReadResult>;

const READERS: Readonly<Record<string, Reader>> = {
  obj: readObj,
  ply: readPly,
  stl: (name, bytes, _, report) => readStl(name, bytes, report),
  off: (name, bytes, _, report) => readOff(name, bytes, report),
  glb: (name, bytes, siblings, report) => readGltf(name, bytes, siblings, report, true),
  gltf: readGltf,
};

/** The file name endings that readMesh knows. */
export const MESH_EXTENSIONS: readonly string[] = Object.keys(READERS);

/**
 * Reads a mesh from a file's bytes: OBJ (with MTL and texture), PLY, STL, OFF, GLB and glTF, told apart by content where it is plain and else
 * by the name's ending. All coordinates are finite, all indices exist, and there is at least one face.
 * @param siblings files that came along, for materials, buffers and textures.
 * @throws SceneError naming the file, the place and the reason where nothing can be used.
 */
export async function readMesh(name: string, bytes: Uint8Array, siblings: Siblings = new Map()): Promise<ReadMesh> {
  const report = createReport(name);
  if (!bytes.length) report.fail('empty', 'the file is empty');
  if (bytes.length > LIMITS.fileBytes) {
    report.fail('too-large', `it has ${Math.round(bytes.length / 2 ** 20)} MB; at most ${LIMITS.fileBytes / 2 ** 20} MB are read`, undefined, 'Simplify the mesh first.');
  }
  const format = detectFormat(name, bytes);
  if (!Object.hasOwn(READERS, format)) {
    report.fail('unsupported', 'its format is not known', undefined, `Give one of ${MESH_EXTENSIONS.map((e) => e.toUpperCase()).join(', ')}.`);
  }
  try {
    const { mesh, texture } = await READERS[format](baseName(name), bytes, siblings, report);
    return { mesh, warnings: report.warnings, ...(texture && { texture }) };
  } catch (error) {
    // The engine's only sign of too little memory is a RangeError from an allocation.
    if (error instanceof RangeError && /alloc|array length|buffer/i.test(error.message)) {
      throw new SceneError('there is not enough memory to read it', { code: 'out-of-memory', file: name, advice: 'Simplify the mesh first, or close other tabs.' });
    }
    throw error;
  }
}

function detectFormat(name: string, bytes: Uint8Array): string {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? '';
  if (isGlb(bytes)) return 'glb';
  const start = peekText(bytes);
  if (/^ply\s/.test(start)) return 'ply';
  if (Object.hasOwn(READERS, extension)) return extension;
  if (OFF_HEADER.test(start.trimStart())) return 'off';
  if (/^\s*\{[^]*"asset"/.test(start)) return 'gltf';
  if (/^solid\s/.test(start) && !isBinaryStl(bytes)) return 'stl';
  if (start.split('\n').some((line) => /^v(\s+[-+.\deE]+){3}/.test(line))) return 'obj';
  return extension;
}

const baseName = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.[^.]*$/, '') || path;
