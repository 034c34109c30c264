import { registerWebglKernel, type KernelCall } from '../webgl/registerWebglKernel';
import { sumIntoVertices } from '../webgl/vertexSum';
import { INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from './names';

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
    const { shapes, open, openQuads } = call;
    const inputs = { dy: open('dy'), clip: openQuads('clipVertices'), faces: openQuads('faces'), raster: open('raster') };
    const sum = { sizes: sizesOf(shapes), vertexCount, outBatch, channels: shapes.dy[3] };
    return sumIntoVertices(call as KernelCall<string>, { key: 'interpolate grad attributes', inputs, uniforms: {}, glsl: ATTRIBUTES }, sum, openTable(call));
  },
);

/**
 * Moving corner i by δ moves the surface point that a pixel sees by its barycentric b_i times δ, so all three corners receive the same vector h times theirs:
 * h = −(du·∂a0 + dv·∂a1 − (du·u + dv·v)·Σ∂a)/D with a_i linear in the pixel's place f, D = Σ w_i a_i the same for all pixels,
 * and du, dv what the pixel's colour asks of u and v. The w coordinate receives −f·h. (Derived from the quotient rule for u = a0/A with A = D/w.)
 */
const positions = (channels: number) => {
  const groups = Math.ceil(channels / 4);
  return `
vec4 to0[${groups}]; vec4 to1[${groups}]; vec2 slope0; vec2 slope1; vec2 slopes;
/** d/df of the cross product of p − f·p.w and q − f·q.w, from differences: nearby vertices lose nothing. */
vec2 slope(vec4 p, vec4 q) {
  vec3 d = p.xyw - q.xyw;
  return vec2(d.y * q.w - q.y * d.z, q.x * d.z - d.x * q.w);
}
bool prepare(int pose, int face, int group, ivec3 index, vec4 p0, vec4 p1, vec4 p2) {
  int owner = oneForAll == 1 ? 0 : pose;
  for (int g = 0; g < ${groups}; g++) {
    vec4 a2 = attributes_quad(owner, index.z, g);
    to0[g] = attributes_quad(owner, index.x, g) - a2;
    to1[g] = attributes_quad(owner, index.y, g) - a2;
  }
  float determinant = dot(p0.xyw, cross(p1.xyw - p0.xyw, p2.xyw - p0.xyw));
  float inverse = abs(determinant) > 1e-30 ? -1.0 / determinant : 0.0;
  slope0 = slope(p1, p2) * inverse; slope1 = slope(p2, p0) * inverse;
  slopes = slope0 + slope1 + slope(p0, p1) * inverse;
  return true;
}
void contribute(int m, int i, int j, vec4 seen, inout vec4 s0, inout vec4 s1, inout vec4 s2) {
  float du = 0.0; float dv = 0.0;
  for (int g = 0; g < ${groups}; g++) {
    vec4 d = dy_quad(m, i, g);
    du += dot(d, to0[g]); dv += dot(d, to1[g]);
  }
  vec2 h = du * slope0 + dv * slope1 - (du * seen.x + dv * seen.y) * slopes;
  vec4 toCorner = vec4(h, 0, -dot(pixelCentre(i, j, width, height), h));
  s0 += seen.x * toCorner; s1 += seen.y * toCorner; s2 += (1.0 - seen.x - seen.y) * toCorner;
}`;
};

registerWebglKernel(
  INTERPOLATE_GRAD_POSITIONS, ['dy', 'attributes', 'clipVertices', 'faces', 'raster', 'cornerOffsets', 'corners'],
  (call) => {
    const { shapes, open, openQuads } = call;
    const [attributeBatch, , channels] = shapes.attributes;
    const [batch, vertexCount] = shapes.clipVertices;
    const inputs = { dy: open('dy'), attributes: channels <= 4 ? openQuads('attributes') : open('attributes'), clip: openQuads('clipVertices'), faces: openQuads('faces'), raster: open('raster') };
    const sum = { sizes: sizesOf(shapes), vertexCount, outBatch: batch, channels: 4 };
    const glsl = positions(channels);
    const uniforms = { oneForAll: attributeBatch === 1 ? 1 : 0 };
    return sumIntoVertices(call as KernelCall<string>, { key: `interpolate grad positions ${Math.ceil(channels / 4)}`, inputs, uniforms, glsl }, sum, openTable(call));
  },
);
