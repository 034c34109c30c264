import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { sumIntoVertices } from '../webgl/vertexSum';
import { INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './interpolate';

type Shared = 'dy' | 'clipVertices' | 'faces' | 'raster' | 'cornerOffsets' | 'corners';

const openTable = (call: KernelCall<Shared>) => ({ offsets: call.open('cornerOffsets'), corners: call.open('corners') });

const sizesOf = ({ dy: [batch, height, width], faces: [faceCount] }: Record<Shared, number[]>) => ({ batch, height, width, faceCount });

/** Each corner receives dy times its barycentric. */
const ATTRIBUTES = `
int theGroup;
bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2) { theGroup = group; return true; }
void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2) {
  vec4 g = dy_quad(m, i, theGroup);
  s0 += seen.x * g; s1 += seen.y * g; s2 += (1.0 - seen.x - seen.y) * g;
}`;

registerWebglKernel(
  INTERPOLATE_GRAD_ATTRIBUTES, ['dy', 'clipVertices', 'faces', 'raster', 'cornerOffsets', 'corners'],
  (call, { batch: outBatch, vertexCount }: { batch: number; vertexCount: number }) => {
    const { shapes, open } = call;
    const inputs = { dy: open('dy'), clip: open('clipVertices'), faces: open('faces'), raster: open('raster') };
    const sum = { sizes: sizesOf(shapes), vertexCount, outBatch, channels: shapes.dy[3] };
    return sumIntoVertices(call as KernelCall<string>, { key: 'interpolate grad attributes', inputs, uniforms: {}, glsl: ATTRIBUTES }, sum, openTable(call));
  },
);

/** The quotient rule for u = a0/A and v = a1/A, then the cross products; see the cpu kernel. */
const positions = (channels: number) => {
  const groups = Math.ceil(channels / 4);
  return `
vec4 q0; vec4 q1; vec4 q2; vec4 to0[${groups}]; vec4 to1[${groups}];
bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2) {
  q0 = p0; q1 = p1; q2 = p2;
  int owner = oneForAll == 1 ? 0 : pose;
  for (int g = 0; g < ${groups}; g++) {
    vec4 a2 = attributes_quad(owner, index.z, g);
    to0[g] = attributes_quad(owner, index.x, g) - a2;
    to1[g] = attributes_quad(owner, index.y, g) - a2;
  }
  return true;
}
void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2) {
  float du = 0.0; float dv = 0.0;
  for (int g = 0; g < ${groups}; g++) {
    vec4 d = dy_quad(m, i, g);
    du += dot(d, to0[g]); dv += dot(d, to1[g]);
  }
  vec2 f = pixelCentre(i, j, width, height);
  // Relative to corner 0, where the corners' own cross products would cancel.
  vec2 e0 = q0.xy - f * q0.w;
  vec2 d1 = (q1.xy - q0.xy) - f * (q1.w - q0.w); vec2 d2 = (q2.xy - q0.xy) - f * (q2.w - q0.w);
  vec2 e1 = e0 + d1; vec2 e2 = e0 + d2;
  float area = d1.x * d2.y - d2.x * d1.y;
  float a1 = d2.x * e0.y - e0.x * d2.y;
  float a0 = area - a1 - (e0.x * d1.y - d1.x * e0.y);
  if (!(abs(area) >= 1e-20)) return;
  float both = (du * a0 + dv * a1) / area;
  vec3 d = vec3(du - both, dv - both, -both) / area;
  vec2 t0 = vec2(d.z * e1.y - d.y * e2.y, d.y * e2.x - d.z * e1.x);
  vec2 t1 = vec2(d.x * e2.y - d.z * e0.y, d.z * e0.x - d.x * e2.x);
  vec2 t2 = vec2(d.y * e0.y - d.x * e1.y, d.x * e1.x - d.y * e0.x);
  s0 += vec4(t0, 0, -dot(f, t0)); s1 += vec4(t1, 0, -dot(f, t1)); s2 += vec4(t2, 0, -dot(f, t2));
}`;
};

registerWebglKernel(
  INTERPOLATE_GRAD_POSITIONS, ['dy', 'attributes', 'clipVertices', 'faces', 'raster', 'cornerOffsets', 'corners'],
  (call) => {
    const { shapes, open } = call;
    const [attributeBatch, , channels] = shapes.attributes;
    const [batch, vertexCount] = shapes.clipVertices;
    const inputs = { dy: open('dy'), attributes: open('attributes'), clip: open('clipVertices'), faces: open('faces'), raster: open('raster') };
    const sum = { sizes: sizesOf(shapes), vertexCount, outBatch: batch, channels: 4 };
    const glsl = positions(channels);
    const uniforms = { oneForAll: attributeBatch === 1 ? 1 : 0 };
    return sumIntoVertices(call as KernelCall<string>, { key: `interpolate grad positions ${Math.ceil(channels / 4)}`, inputs, uniforms, glsl }, sum, openTable(call));
  },
);
