import type { PoseObject } from '../../src/experiments/pose/protocol';
import { prepareObject, readMesh } from '../../src/io';
import { BUILT_IN_OBJECTS, findObject } from '../../src/scene/objects';
import { readPublicFile } from '../publicFile';
import type { BenchContext } from '../types';

/** A mesh file where one is named, else a built-in object. @throws Error that lists the built-in names. */
export async function loadPoseObject(context: BenchContext, file: string | undefined, name: string): Promise<PoseObject> {
  if (file !== undefined) {
    const { mesh } = await readMesh(file, await context.readFile(file));
    return prepareObject(mesh, file.split('/').pop() ?? file);
  }
  const object = findObject(name);
  if (!object) throw new Error(`There is no object "${name}". There are: ${BUILT_IN_OBJECTS.map(({ id }) => id).join(', ')}.`);
  const { source } = object;
  if (source.kind === 'primitive') return prepareObject(source.build(), object.id, object.symmetry);
  const { mesh } = await readMesh(source.path, await readPublicFile(source.path));
  return prepareObject(mesh, object.id, object.symmetry);
}
