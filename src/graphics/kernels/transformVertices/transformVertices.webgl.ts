import { TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { denseOutput } from '../webgl/tensorTextures';
import { TRANSFORM_VERTICES } from './names';

/** One vertex a texel, which is how rasterize reads them. */
const fragment = (columns: number, oneMatrix: boolean) => `
out vec4 transformed;
${TEXEL_INDEX}
void main() {
  ivec2 vertexAndPose = divide(texelIndex(outWidth), vertexCount);
  int b = ${oneMatrix ? '0' : 'vertexAndPose.y'};
  int owner = oneForAll == 1 ? 0 : vertexAndPose.y;
  vec4 p = ${columns === 4 ? 'vertices_row4(owner, vertexAndPose.x)' : 'vec4(vertices_row3(owner, vertexAndPose.x), 1)'};
  transformed = vec4(dot(matrices_row4(b, 0), p), dot(matrices_row4(b, 1), p), dot(matrices_row4(b, 2), p), dot(matrices_row4(b, 3), p));
}`;

registerWebglKernel(TRANSFORM_VERTICES, ['vertices', 'matrices'], ({ backend, resources, shapes, open, draw }) => {
  const [vertexBatch, vertexCount, columns] = shapes.vertices;
  const [matrixBatch] = shapes.matrices;
  const inputs = { vertices: open('vertices'), matrices: open('matrices') };
  const output = denseOutput(backend, [Math.max(vertexBatch, matrixBatch), vertexCount, 4]);
  const uniforms = { vertexCount, oneForAll: vertexBatch === 1 ? 1 : 0, outWidth: output.target.width };
  const oneMatrix = matrixBatch === 1;
  draw(() => runPass(resources, { key: `transform ${columns} ${oneMatrix}`, inputs, uniforms, fragment: () => fragment(columns, oneMatrix) }, [output.target]));
  return output;
});
