import * as tf from '../../tf';
import { runPass, usePass, type Pass } from '../webgl/pass';
import { registerWebglKernel } from '../webgl/registerWebglKernel';
import { bindTargets, withDepth, type GLResources, type Target } from '../webgl/resources';
import { denseOutput, scratch, type View } from '../webgl/tensorTextures';
import { meshBuffers, type MeshBuffers } from './meshBuffers';
import type { ImageSize, RasterizeAttrs } from './rasterize';
import { RASTERIZE } from './names';

// The GPU's own rasterizer, in TensorFlow.js's context. The images of all poses lie above each other in one texture, which is the tensor;
// each pose is an instance whose clip coordinates are mapped into its tile. The barycentrics come from the three clip vertices in the fragment shader,
// not from varyings, so that they follow the reference's formula also where the GPU clips a triangle.

/** Index f stands for face f, and for the vertex at one of its corners; see provoking.ts. */
const VERTEX = `
layout(location = 0) in ivec4 corners;
flat out vec4 p0; flat out vec4 p1; flat out vec4 p2; flat out ivec2 faceAndTile;
void main() {
  int pose = firstPose + gl_InstanceID;
  p0 = clip_row4(pose, corners.x); p1 = clip_row4(pose, corners.y); p2 = clip_row4(pose, corners.z);
  vec4 p = corners.w == 0 ? p0 : corners.w == 1 ? p1 : p2;
  faceAndTile = ivec2(gl_VertexID, gl_InstanceID);
  // Row 0 of the texture is the image's top: y turns over on its way into the tile.
  float tiles = float(tileCount);
  gl_Position = vec4(p.x, (-p.y + (2.0 * float(gl_InstanceID) + 1.0 - tiles) * p.w) / tiles, p.zw);
}`;

/** With several tiles, what falls outside the pose's own is discarded (which would cost a single tile its early depth test). */
const fragment = (tiled: boolean) => `
flat in vec4 p0; flat in vec4 p1; flat in vec4 p2; flat in ivec2 faceAndTile;
out vec4 raster;
float cross2(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy) - ivec2(0, faceAndTile.y * height);
  ${tiled ? 'if (pixel.y < 0 || pixel.y >= height) discard;' : ''}
  vec2 f = (2.0 * vec2(pixel) + 1.0) / vec2(width, height) - 1.0;
  f.y = -f.y;
  // Relative to corner 0: the differences of nearby vertices lose nothing, where the corners' own cross products would cancel.
  vec2 q0 = p0.xy - f * p0.w;
  vec2 e1 = (p1.xy - p0.xy) - f * (p1.w - p0.w);
  vec2 e2 = (p2.xy - p0.xy) - f * (p2.w - p0.w);
  float area = cross2(e1, e2);
  float a1 = cross2(e2, q0); float a2 = cross2(q0, e1);
  vec3 a = vec3(area - a1 - a2, a1, a2);
  float depth = dot(a, vec3(p0.w, p1.w, p2.w));
  // The GPU snaps vertices to a sub-pixel grid, so a sample may lie a little outside; degenerate triangles have no inside.
  float u = area == 0.0 ? 1.0 / 3.0 : clamp(a.x / area, 0.0, 1.0);
  float v = area == 0.0 ? 1.0 / 3.0 : clamp(a.y / area, 0.0, 1.0 - u);
  float z = depth == 0.0 ? 2.0 * gl_FragCoord.z - 1.0 : clamp(dot(a, vec3(p0.z, p1.z, p2.z)) / depth, -1.0, 1.0);
  raster = vec4(u, v, z, float(faceAndTile.x + 1));
}`;

/** Copies images `first` … of the chunk to their place in linear order. */
const COPY = `
out vec4 texel;
void main() {
  int n = int(gl_FragCoord.y) * outWidth + int(gl_FragCoord.x) - first;
  if (n < 0 || n >= count) discard;
  texel = chunk_texel(n);
}`;

interface Job { readonly clip: View; readonly mesh: MeshBuffers; readonly size: ImageSize; readonly cullBack: boolean }

function drawPoses(resources: GLResources, { clip, mesh, size, cullBack }: Job, target: Target, tileCount: number, firstPose: number, poseCount: number): void {
  const { gl } = resources;
  const tiled = tileCount > 1;
  const pass: Pass = {
    key: `rasterize ${tiled ? 'tiles' : 'single'}`,
    inputs: { clip },
    uniforms: { firstPose, tileCount, width: size.width, height: size.height },
    vertex: () => VERTEX,
    fragment: () => fragment(tiled),
  };
  bindTargets(resources, [target]);
  withDepth(resources, target, () => {
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LESS);
    gl.depthMask(true);
    gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
    gl.clearBufferfv(gl.DEPTH, 0, [1]);
    usePass(resources, pass);
    gl.bindVertexArray(mesh.vertexArray);
    if (cullBack) {
      // With y turned over, what the viewer sees clockwise is counter-clockwise to WebGL.
      gl.enable(gl.CULL_FACE);
      gl.cullFace(gl.FRONT);
    }
    gl.drawElementsInstanced(gl.TRIANGLES, 3 * mesh.faceCount, gl.UNSIGNED_INT, 0, poseCount);
    gl.disable(gl.CULL_FACE);
    gl.disable(gl.DEPTH_TEST);
  });
}

registerWebglKernel(RASTERIZE, ['clipVertices', 'faces'], ({ backend, resources, shapes, dataIds, openQuads, use, draw }, { cullBack = false, ...size }: RasterizeAttrs) => {
  const { height, width } = size;
  const [batch, vertexCount] = shapes.clipVertices;
  const job: Job = { clip: openQuads('clipVertices'), mesh: meshBuffers(backend, resources, dataIds.faces, vertexCount), size, cullBack };
  const output = denseOutput(backend, [batch, height, width, 4], width);
  const perChunk = Math.min(batch, Math.floor(tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE') / height));
  if (perChunk === 0 || batch === 0) throw new Error(`An image of height ${height} does not fit the largest texture of this device.`);
  if (perChunk === batch) {
    draw(() => drawPoses(resources, job, output.target, batch, 0, batch));
    return output;
  }
  // More rows than a texture is high: draw as many poses as fit, then copy them to where the tensor has them.
  const chunk = use(scratch(backend, perChunk * height * width, width, width));
  draw(() => {
    for (let first = 0; first < batch; first += perChunk) {
      const poses = Math.min(perChunk, batch - first);
      drawPoses(resources, job, chunk, perChunk, first, poses);
      const pixels = height * width;
      const uniforms = { outWidth: output.target.width, first: first * pixels, count: poses * pixels };
      runPass(resources, { key: 'rasterize copy', inputs: { chunk }, uniforms, fragment: () => COPY }, [output.target]);
    }
  });
  return output;
});
