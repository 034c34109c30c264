import { sixColorCube } from '../../../../scene/primitives';
import * as tf from '../../../tf';
import { ANTIALIAS, ANTIALIAS_GRAD_COLOR, ANTIALIAS_GRAD_POSITIONS } from '../../antialias/names';
import { GATHER_FACES } from '../../gatherFaces/names';
import { INTERPOLATE, INTERPOLATE_GRAD_ATTRIBUTES, INTERPOLATE_GRAD_POSITIONS } from '../../interpolate/names';
import { RASTERIZE } from '../../rasterize/names';
import { rasterizeLoops } from '../../rasterize/rasterize.cpu';
import { SAMPLE_TEXTURE, SAMPLE_TEXTURE_GRAD_TEXTURE, SAMPLE_TEXTURE_GRAD_UVS } from '../../sampleTexture/names';
import { SUM_CORNERS } from '../../sumCorners/names';
import { randomView } from '../views';
import { real, whole, type KernelCheck, type KernelChecks, type KernelInputs } from './kernelCheck';

const SIZE = { height: 9, width: 11 };
const [BATCH, CHANNELS] = [2, 2];
const VIEW = randomView(sixColorCube(), BATCH, 8, 2.5);
const { vertexCount, faceCount, topology } = VIEW;
const IMAGE = [BATCH, SIZE.height, SIZE.width, CHANNELS];
const CLIP = [BATCH, vertexCount, 4];

/** What the plain loops see, whatever the backend: a GPU snaps vertices, so its pixels at edges may see another face. */
const drawn = (clip: ArrayLike<number>): tf.Tensor =>
  tf.tensor(rasterizeLoops(Float32Array.from(clip), topology.faces, BATCH, SIZE), [BATCH, SIZE.height, SIZE.width, 4]);

const mesh = (): Record<'faces' | 'opposites' | 'cornerOffsets' | 'corners', tf.Tensor> => ({
  faces: whole(topology.faces, [faceCount, 3]), opposites: whole(topology.opposites, [faceCount, 3]),
  cornerOffsets: whole(topology.cornerOffsets), corners: whole(topology.corners),
});
const surface = () => ({ clipVertices: tf.tensor(Float32Array.from(VIEW.clip), CLIP), raster: drawn(VIEW.clip), ...mesh() });
const redrawn = ({ clipVertices }: KernelInputs): KernelInputs => ({ raster: drawn(clipVertices.dataSync()) });

/** Clip coordinates of all vertices by those of the good view; the raster stays what it was, as if these faces had been seen. */
const bent = (change: (x: number, coordinate: number, vertex: number) => number) => (): KernelInputs =>
  ({ clipVertices: tf.tensor(Float32Array.from(VIEW.clip, (x, i) => change(x, i & 3, i >> 2)), CLIP) });
const DEGENERATE_SURFACES: KernelCheck['degenerate'] = {
  'all vertices at one place': bent((_, coordinate) => [0.1, 0.2, 0, 1][coordinate]),
  'vertices at w = 0': bent((x, coordinate, vertex) => (coordinate === 3 && vertex % 3 === 0 ? 0 : x)),
  'vertices that are 0 altogether': bent(() => 0),
  'vertices behind the camera': bent((x, coordinate) => (coordinate === 3 ? -x : x)),
  'faces seen edge-on': bent((x, coordinate) => (coordinate === 1 ? 0 : x)),
};

/** Two triangles in perspective, clip coordinates. */
const SLANTED = [[-0.73, -0.81, 0.1, 1], [1.04, -0.62, 0.3, 1.3], [0.05, 0.77, -0.2, 0.9], [1.1, 0.9, 0.4, 1.4]];

/** u and v within the texture and around it, none at a texel's centre. */
const uvs = (): tf.Tensor => tf.add(tf.mul(real([20, 2], 1), 0.7), 0.5);
const texture = (): tf.Tensor => real([4, 5, CHANNELS], 2);
/** Centres of texels, corners of the texture and places far from it. */
const exactUvs = (): tf.Tensor => tf.tensor2d([[0.1, 0.125], [0, 0], [1, 1], [0.3, 0.5], [1e6, -1e6], [-3, 7]]);
const EXACT: KernelCheck['degenerate'] = {
  'texel centres, corners and places far away': () => ({ uvs: exactUvs() }),
  'a texture of one texel': () => ({ texture: real([1, 1, CHANNELS], 2) }),
};
const EXACT_GRADIENTS: KernelCheck['degenerate'] = {
  'texel centres, corners and places far away': () => ({ dy: real([6, CHANNELS], 3), uvs: exactUvs() }),
  'a texture of one texel': () => ({ texture: real([1, 1, CHANNELS], 2) }),
};

/** From clip vertices to an image, and textures. */
export const IMAGE_CHECKS: KernelChecks = {
  [RASTERIZE]: {
    // No pixel's centre lies within the GPU's snapping of an edge; views where some do are compared in the kernel's own tests.
    inputs: () => ({ clipVertices: tf.tensor3d([SLANTED, SLANTED.map(([x, y, z, w]) => [-y, x, z, w])]), faces: whole([0, 1, 2, 2, 1, 3], [2, 3]) }),
    attrs: SIZE,
    differentiable: 'what is seen is piecewise constant; positions get their gradients through interpolate and antialias',
    degenerate: DEGENERATE_SURFACES,
  },
  [INTERPOLATE]: {
    inputs: () => ({ attributes: real([1, vertexCount, CHANNELS], 1), ...surface() }),
    following: redrawn,
    differentiable: ['attributes', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [INTERPOLATE_GRAD_ATTRIBUTES]: {
    inputs: () => ({ dy: real(IMAGE, 1), ...surface() }),
    attrs: { batch: 1, vertexCount },
    following: redrawn,
    differentiable: ['dy', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [INTERPOLATE_GRAD_POSITIONS]: {
    inputs: () => ({ dy: real(IMAGE, 1), attributes: real([BATCH, vertexCount, CHANNELS], 2), ...surface() }),
    following: redrawn,
    differentiable: ['dy', 'attributes', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [ANTIALIAS]: {
    inputs: () => ({ color: real(IMAGE, 1), ...surface() }),
    differentiable: ['color', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [ANTIALIAS_GRAD_COLOR]: {
    inputs: () => ({ dy: real(IMAGE, 1), color: real(IMAGE, 2), ...surface() }),
    differentiable: ['dy', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [ANTIALIAS_GRAD_POSITIONS]: {
    inputs: () => ({ dy: real(IMAGE, 1), color: real(IMAGE, 2), ...surface() }),
    differentiable: ['dy', 'color', 'clipVertices'],
    degenerate: DEGENERATE_SURFACES,
  },
  [GATHER_FACES]: {
    inputs: () => ({ values: real([BATCH, vertexCount, 3], 1), ...mesh() }),
    differentiable: ['values'],
    degenerate: { 'nothing but zeros': () => ({ values: tf.zeros([BATCH, vertexCount, 3]) }) },
  },
  [SUM_CORNERS]: {
    inputs: () => ({ values: real([BATCH, faceCount, 3, 3], 1), ...mesh() }),
    differentiable: ['values'],
    degenerate: {
      'vertices without a face': () => ({
        values: real([1, 1, 3, 2], 1), faces: whole([0, 2, 0], [1, 3]), cornerOffsets: whole([0, 2, 2, 3, 3]), corners: whole([0, 2, 1]),
      }),
    },
  },
  [SAMPLE_TEXTURE]: { inputs: () => ({ uvs: uvs(), texture: texture() }), attrs: { tiling: false }, differentiable: ['uvs', 'texture'], degenerate: EXACT },
  [`${SAMPLE_TEXTURE}#tiling`]: { inputs: () => ({ uvs: uvs(), texture: texture() }), attrs: { tiling: true }, differentiable: ['uvs', 'texture'], degenerate: EXACT },
  [SAMPLE_TEXTURE_GRAD_UVS]: {
    inputs: () => ({ dy: real([20, CHANNELS], 3), uvs: uvs(), texture: texture() }),
    attrs: { tiling: false },
    differentiable: ['dy', 'uvs', 'texture'],
    degenerate: EXACT_GRADIENTS,
  },
  [SAMPLE_TEXTURE_GRAD_TEXTURE]: {
    inputs: () => ({ dy: real([20, CHANNELS], 3), uvs: uvs(), texture: texture() }),
    attrs: { tiling: true },
    differentiable: ['dy', 'uvs'],
    degenerate: EXACT_GRADIENTS,
  },
};
