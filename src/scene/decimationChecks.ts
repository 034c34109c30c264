import { SceneError } from './errors';
import { faceCount, vertexCount, type Mesh } from './mesh';

/** Decimation holds some 200 bytes for each: beyond this a tab runs out of memory. */
const MOST_FACES = 4_000_000;
const MOST_VERTICES = 2_000_000;
/** A surface has a triangle at least. */
const FEWEST_VERTICES = 3;

/** @throws SceneError 'malformed', 'too-large', 'not-finite', 'index-out-of-range', naming the face or vertex. */
export function checkDecimationInput(mesh: Pick<Mesh, 'positions' | 'faces'> & { readonly name?: string }, targetVertices: number): void {
  const { positions, faces, name: file } = mesh;
  if (!(Number.isInteger(targetVertices) && targetVertices >= FEWEST_VERTICES)) {
    throw new SceneError(`targetVertices must be an integer of ${FEWEST_VERTICES} or more, not ${targetVertices}`, { code: 'malformed', file });
  }
  if (positions.length % 3 !== 0 || faces.length % 3 !== 0) {
    throw new SceneError(`positions and faces come in threes, but there are ${positions.length} and ${faces.length}`, { code: 'malformed', file });
  }
  const count = vertexCount(mesh);
  if (faceCount(mesh) > MOST_FACES || count > MOST_VERTICES) {
    const limits = `${MOST_VERTICES.toLocaleString('en')} vertices or ${MOST_FACES.toLocaleString('en')} faces`;
    throw new SceneError(`there are more than ${limits}`, { code: 'too-large', file });
  }
  const odd = positions.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new SceneError('its position is not finite', { code: 'not-finite', file, place: `vertex ${Math.floor(odd / 3)}` });
  const bad = faces.findIndex((index) => index >= count);
  if (bad >= 0) {
    const place = `face ${Math.floor(bad / 3)}`;
    throw new SceneError(`${place} names vertex ${faces[bad]}, but there are only ${count}`, { code: 'index-out-of-range', file, place });
  }
}
