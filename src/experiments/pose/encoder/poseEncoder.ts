import type { Camera } from '../../../scene/camera';
import { checkShape } from '../../../graphics/shape';
import * as tf from '../../../graphics/tf';
import { fittingDistance, poseCamera } from '../camera';
import type { PoseEncoder, PoseGuess } from '../protocol';
import { BACKGROUND } from '../target';
import { DEFAULT_ARCHITECTURE, type EncoderArchitecture } from './architecture';
import { readArtifacts, type EncoderProvenance } from './artifacts';
import { decodeGuesses, type GuessFrame } from './guesses';
import { createEncoderNetwork, type EncoderNetwork } from './network';

/** A {@link PoseEncoder} that owns its weights. */
export interface LoadedEncoder extends PoseEncoder {
  readonly provenance: EncoderProvenance | undefined;
  dispose(): void;
}

/** Of poses that are drawn to train and to test encoders; the tangent of half its field of view. */
export function encoderTangent(): number {
  const { width, fx } = poseCamera(1, 2);
  return width / 2 / fx;
}

/** The distance at which a sphere of this radius just fills a picture, as {@link fittingDistance} has it for the engine's own camera. */
const standardDepthFor = (radius: number, tangent: number): number =>
  (fittingDistance(radius) * Math.sin(Math.atan(encoderTangent()))) / Math.sin(Math.atan(tangent));

/** An encoder around a network; what it guesses is in the units of `radius`. */
export function encoderAround(network: EncoderNetwork, radius: number, provenance: EncoderProvenance | undefined, owned: boolean): LoadedEncoder {
  const { inputSize } = network.architecture;
  const tangent = provenance?.tangent ?? encoderTangent();
  const lens = { standardDepth: standardDepthFor(radius, tangent), tangent };
  return {
    provenance,
    async guess(image, camera: Camera): Promise<readonly PoseGuess[]> {
      checkShape('image', { shape: [image.data.length] }, [3 * image.height * image.width]);
      const seen = resizeForEncoder(image, inputSize);
      const frame: GuessFrame = { camera: { ...camera }, ...lens };
      const output = tf.tidy(() => {
        const { logits, columns, placement } = network.forward(tf.tensor4d(seen, [1, inputSize, inputSize, 3]));
        return tf.concat([tf.reshape(logits, [-1]), tf.reshape(columns, [-1]), tf.reshape(placement, [-1])]);
      });
      const values = await output.data();
      output.dispose();
      const k = network.architecture.hypotheses;
      return decodeGuesses({ logits: values.subarray(0, k), columns: values.subarray(k, 7 * k), placement: values.subarray(7 * k) }, frame);
    },
    dispose: () => {
      if (owned) network.dispose();
    },
  };
}

/** A square image averaged down (or repeated up) to the encoder's size, less the backdrop: [size · size · 3]. */
export function resizeForEncoder({ height, width, data }: { height: number; width: number; data: Float32Array }, size: number): Float32Array {
  const out = new Float32Array(size * size * 3);
  const [stepX, stepY] = [width / size, height / size];
  const spans = (n: number, step: number, limit: number): [number, number] => {
    const from = Math.min(limit - 1, Math.floor(n * step + 1e-6));
    return [from, Math.max(from + 1, Math.min(limit, Math.ceil((n + 1) * step - 1e-6)))];
  };
  for (let row = 0; row < size; row++) {
    const [top, bottom] = spans(row, stepY, height);
    for (let column = 0; column < size; column++) {
      const [left, right] = spans(column, stepX, width);
      // Pixels on the border of a cell count by the part of them that lies in it.
      let area = 0;
      const sum = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        const tall = Math.max(1e-6, Math.min(y + 1, (row + 1) * stepY) - Math.max(y, row * stepY));
        for (let x = left; x < right; x++) {
          const part = tall * Math.max(1e-6, Math.min(x + 1, (column + 1) * stepX) - Math.max(x, column * stepX));
          area += part;
          for (let c = 0; c < 3; c++) sum[c] += part * data[3 * (y * width + x) + c];
        }
      }
      for (let c = 0; c < 3; c++) out[3 * (row * size + column) + c] = sum[c] / area - BACKGROUND[c];
    }
  }
  return out;
}

/** An encoder that has not been trained, for an object of this radius. */
export function createEncoder(radius: number, seed: number, architecture: EncoderArchitecture = DEFAULT_ARCHITECTURE): LoadedEncoder {
  return encoderAround(createEncoderNetwork(architecture, seed), radius, undefined, true);
}

/**
 * An encoder from its files.
 * @param source the address of its model.json, or any tf.io handler.
 * @throws SceneError where it is none; what the handler throws where it cannot be had.
 */
export async function loadEncoder(source: string | tf.io.IOHandler): Promise<LoadedEncoder> {
  const name = typeof source === 'string' ? source : 'model.json';
  const handler = typeof source === 'string' ? tf.io.http(source) : source;
  if (!handler.load) throw new Error('This tf.io handler cannot load.');
  const { architecture, tensors, metadata } = readArtifacts(await handler.load(), name);
  try {
    const network = createEncoderNetwork(architecture, 0);
    for (const [key, variable] of Object.entries(network.variables)) variable.assign(tensors[key]);
    const provenance = metadata as unknown as EncoderProvenance;
    return encoderAround(network, typeof provenance.radius === 'number' ? provenance.radius : 1, provenance, true);
  } finally {
    tf.dispose(tensors);
  }
}
