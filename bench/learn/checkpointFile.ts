import type { LearnCheckpoint } from '../../src/experiments/learn';

// A checkpoint as one file: the length of a JSON header in 4 bytes, the header, then all numbers one after the other.

type Lengths = readonly (readonly [name: string, length: number])[];

export function packLearnCheckpoint({ weights, optimizer, ...rest }: LearnCheckpoint): Uint8Array<ArrayBuffer> {
  const lengths = (values: ReadonlyMap<string, Float32Array>): Lengths => [...values].map(([name, data]) => [name, data.length]);
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, weights: lengths(weights), optimizer: lengths(optimizer) }));
  const arrays = [...weights.values(), ...optimizer.values()];
  const bytes = new Uint8Array(4 + header.length + arrays.reduce((sum, data) => sum + data.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  arrays.reduce((at, data) => {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    return at + data.byteLength;
  }, 4 + header.length);
  return bytes;
}

export function unpackLearnCheckpoint(bytes: Uint8Array<ArrayBuffer>): LearnCheckpoint {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Omit<LearnCheckpoint, 'weights' | 'optimizer'> & { weights: Lengths; optimizer: Lengths };
  let at = 4 + length;
  const take = (lengths: Lengths) => new Map(lengths.map(([name, count]) => {
    const data = new Float32Array(bytes.slice(at, at + 4 * count).buffer);
    at += 4 * count;
    return [name, data] as const;
  }));
  // JSON has no NaN: what was none before the first step is null.
  const history = header.history.map((snapshot) => ({ ...snapshot, loss: snapshot.loss ?? NaN, accuracy: snapshot.accuracy ?? NaN }));
  return { ...header, history, weights: take(header.weights), optimizer: take(header.optimizer) };
}
