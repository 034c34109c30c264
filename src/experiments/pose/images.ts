import * as tf from '../../graphics/tf';
import { renderBatch } from './decoder';
import { batchOf, type Engine } from './engine';
import { imageGradient, read } from './objective';
import type { PoseImages } from './protocol';
import type { Encoding } from './renderTarget';
import type { EngineState } from './state';
import { type LinearImage } from './target';
import type { ImageRecord } from '../../scene/mesh';
import { byteFromLinear } from '../../scene/srgb';

/** What there is to see of a step at full size: target, rendering, their difference, and what each pixel asks for. */
export async function renderImages(engine: Engine, target: LinearImage, state: EngineState): Promise<PoseImages> {
  const { encoding = 'linear' } = engine;
  const level = engine.levels[engine.levels.length - 1];
  const batch = await batchOf(engine, level, [state.estimate]);
  const { height, width } = level.camera;
  const packed = await read(tf.tidy(() => {
    const { image } = renderBatch(level.mesh, batch, level.camera);
    const residual = tf.sub(image, level.image);
    return tf.concat([residual, imageGradient(residual, level, engine.loss)], 3);
  }));
  const difference = new Float32Array(3 * height * width);
  const gradient = new Float32Array(3 * height * width);
  const rendering = new Float32Array(4 * height * width);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let c = 0; c < 3; c++) {
      difference[3 * pixel + c] = packed[8 * pixel + c];
      gradient[3 * pixel + c] = packed[8 * pixel + 4 + c];
      const seen = target.data[4 * pixel + c];
      rendering[4 * pixel + c] = seen + packed[8 * pixel + c];
    }
  }
  return { step: state.step, target: toRecord(target, encoding), rendering: toRecord({ height, width, data: rendering }, encoding), difference, gradient, height, width };
}

function toRecord({ height, width, data }: LinearImage, encoding: Encoding): ImageRecord {
  const bytes = new Uint8ClampedArray(4 * height * width);
  for (let i = 0; i < bytes.length; i++) bytes[i] = i % 4 === 3 ? 255 : (encoding === 'linear' ? byteFromLinear(data[i]) : Math.round(255 * data[i]));
  return { height, width, data: bytes };
}
