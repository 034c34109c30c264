import { PACKED_PLACE, TEXEL_INDEX } from '../webgl/glsl';
import { runPass } from '../webgl/pass';
import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { packedOutput, type Output, type View } from '../webgl/tensorTextures';
import type { AfterAttrs } from './poseMatrix';
import { MIN_SQUARED_LENGTH, POSE_MATRIX, POSE_MATRIX_GRAD_ROTATION, POSE_MATRIX_GRAD_TRANSLATION, QUATERNION_MATRIX, QUATERNION_MATRIX_GRAD } from './names';

/** The shader around `float entry(int b, int r, int c)`, one number of the packed result [M, rows, columns]. */
const fragment = (entry: string) => `
out vec4 values;
${PACKED_PLACE}${TEXEL_INDEX}
${entry}
float within(int b, int r, int c) { return b < leading && r < rows && c < columns ? entry(b, r, c) : 0.0; }
void main() {
  int b, r, k;
  packedPlace(texelIndex(outWidth), rows, columns, b, r, k);
  values = vec4(within(b, r, 2 * k), within(b, r, 2 * k + 1), within(b, r + 1, 2 * k), within(b, r + 1, 2 * k + 1));
}`;

function drawEntries(
  { backend, resources, draw }: Pick<KernelCall<never>, 'backend' | 'resources' | 'draw'>, key: string, entry: string, inputs: Record<string, View>, shape: number[],
  matrix?: readonly number[],
): Output {
  const output = packedOutput(backend, shape);
  const [leading, rows, columns] = [1, ...shape].slice(-3);
  const uniforms = { leading, rows, columns, outWidth: output.target.width };
  draw(() => runPass(resources, { key, inputs, uniforms, matrix, fragment: () => fragment(entry) }, [output.target]));
  return output;
}

/** The matrix of q times its squared length; GLSL counts columns first, so that m[c][r] is entry (r, c). */
const SCALED_MATRIX = `
mat3 scaledMatrix(vec4 q) {
  vec4 s = q * q;
  return mat3(
    s.x - s.y - s.z + s.w, 2.0 * (q.x * q.y + q.z * q.w), 2.0 * (q.x * q.z - q.y * q.w),
    2.0 * (q.x * q.y - q.z * q.w), s.y - s.x - s.z + s.w, 2.0 * (q.y * q.z + q.x * q.w),
    2.0 * (q.x * q.z + q.y * q.w), 2.0 * (q.y * q.z - q.x * q.w), s.z - s.x - s.y + s.w);
}
const float MIN_SQUARED_LENGTH = ${MIN_SQUARED_LENGTH.toExponential()};`;

const MATRIX = `
${SCALED_MATRIX}
float entry(int b, int r, int c) {
  vec4 q = q_row4(0, b);
  return scaledMatrix(q)[c][r] / max(dot(q, q), MIN_SQUARED_LENGTH);
}`;

const TO_QUATERNION = `
${SCALED_MATRIX}
float entry(int m, int b, int c) {
  vec4 q = q_row4(0, b);
  vec3 g0 = dy_row3(b, 0); vec3 g1 = dy_row3(b, 1); vec3 g2 = dy_row3(b, 2);
  float squared = dot(q, q);
  float guarded = max(squared, MIN_SQUARED_LENGTH);
  mat3 rows = transpose(scaledMatrix(q));
  float along = squared >= MIN_SQUARED_LENGTH ? (dot(rows[0], g0) + dot(rows[1], g1) + dot(rows[2], g2)) / guarded : 0.0;
  vec3 sums = vec3(g1.z + g2.y, g0.z + g2.x, g0.y + g1.x);
  vec3 turns = vec3(g2.y - g1.z, g0.z - g2.x, g1.x - g0.y);
  vec4 toScaled = c == 0 ? vec4(g0.x - g1.y - g2.z, sums.z, sums.y, turns.x)
    : c == 1 ? vec4(sums.z, g1.y - g0.x - g2.z, sums.x, turns.y)
    : c == 2 ? vec4(sums.y, sums.x, g2.z - g0.x - g1.y, turns.z)
    : vec4(turns, g0.x + g1.y + g2.z);
  return 2.0 * (dot(toScaled, q) - q[c] * along) / guarded;
}`;

/** `matrix` holds the rows of the constant one as columns: matrix[r] is its row r. */
const POSE = `
float entry(int b, int r, int c) {
  vec3 column = c == 3 ? translation_row3(0, b) : vec3(rotation_at(b, 0, min(c, 2)), rotation_at(b, 1, min(c, 2)), rotation_at(b, 2, min(c, 2)));
  return dot(matrix[r].xyz, column) + (c == 3 ? matrix[r].w : 0.0);
}`;

const RECEIVED = `
float received(int b, int k, int c) {
  return matrix[0][k] * dy_at(b, 0, c) + matrix[1][k] * dy_at(b, 1, c) + matrix[2][k] * dy_at(b, 2, c) + matrix[3][k] * dy_at(b, 3, c);
}`;
const TO_ROTATION = `${RECEIVED} float entry(int b, int r, int c) { return received(b, r, c); }`;
const TO_TRANSLATION = `${RECEIVED} float entry(int m, int b, int c) { return received(b, c, 3); }`;

registerWebglKernel(QUATERNION_MATRIX, ['quaternions'], (call) =>
  drawEntries(call, 'quaternion matrix', MATRIX, { q: call.open('quaternions') }, [call.shapes.quaternions[0], 3, 3]));

registerWebglKernel(QUATERNION_MATRIX_GRAD, ['dy', 'quaternions'], (call) =>
  drawEntries(call, 'quaternion matrix grad', TO_QUATERNION, { dy: call.open('dy'), q: call.open('quaternions') }, call.shapes.quaternions));

registerWebglKernel(POSE_MATRIX, ['rotation', 'translation'], (call, { after }: AfterAttrs) =>
  drawEntries(call, 'pose matrix', POSE, { rotation: call.open('rotation'), translation: call.open('translation') }, [call.shapes.rotation[0], 4, 4], after));

registerWebglKernel(POSE_MATRIX_GRAD_ROTATION, ['dy'], (call, { after }: AfterAttrs) =>
  drawEntries(call, 'pose matrix grad rotation', TO_ROTATION, { dy: call.open('dy') }, [call.shapes.dy[0], 3, 3], after));

registerWebglKernel(POSE_MATRIX_GRAD_TRANSLATION, ['dy'], (call, { after }: AfterAttrs) =>
  drawEntries(call, 'pose matrix grad translation', TO_TRANSLATION, { dy: call.open('dy') }, [call.shapes.dy[0], 3], after));
