import { randomValues, type TestView } from './views';
import type { InputArrays } from './backends';

export interface Size { readonly height: number; readonly width: number }

/** Every input that a kernel of the renderer takes, by the contract's names. */
export function kernelInputs(view: TestView, raster: Float32Array, { height, width }: Size, channels: number, attributeBatch = view.batch): InputArrays {
  const { batch, vertexCount, faceCount, topology } = view;
  const image = [batch, height, width, channels];
  const pixels = batch * height * width;
  return {
    attributes: { values: randomValues(attributeBatch * vertexCount * channels, 2), shape: [attributeBatch, vertexCount, channels] },
    color: { values: randomValues(pixels * channels, 3), shape: image },
    dy: { values: randomValues(pixels * channels, 4), shape: image },
    clipVertices: { values: view.clip, shape: [batch, vertexCount, 4] },
    raster: { values: raster, shape: [batch, height, width, 4] },
    faces: { values: topology.faces, shape: [faceCount, 3] },
    opposites: { values: topology.opposites, shape: [faceCount, 3] },
    cornerOffsets: { values: topology.cornerOffsets, shape: [vertexCount + 1] },
    corners: { values: topology.corners, shape: [3 * faceCount] },
  };
}

/** The inputs of those names only. */
export const pick = (inputs: InputArrays, names: string): InputArrays =>
  Object.fromEntries(names.split(' ').map((name) => [name, inputs[name]]));
