import { fromFiles, toFiles } from '../../src/experiments/pose/encoder';
import type * as tf from '../../src/graphics/tf';

// A checkpoint as one file, so that a run that is cut off leaves the last one whole: the length of its JSON, the JSON, the weights.

export function packCheckpoint(artifacts: tf.io.ModelArtifacts): Uint8Array<ArrayBuffer> {
  const { modelJson, weights } = toFiles(artifacts);
  const text = new TextEncoder().encode(modelJson);
  const bytes = new Uint8Array(4 + text.length + weights.byteLength);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(new Uint8Array(weights), 4 + text.length);
  return bytes;
}

/** @throws SceneError where the bytes are no checkpoint. */
export function unpackCheckpoint(bytes: Uint8Array<ArrayBuffer>): tf.io.ModelArtifacts {
  const { buffer, byteOffset, byteLength } = bytes;
  const length = byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  return fromFiles(text, buffer.slice(byteOffset + 4 + length, byteOffset + byteLength), 'checkpoint');
}
