/** A mistake of TensorFlow Graphics that is not repeated here. */
export interface Mistake {
  /** Full names there of the functions, or modules, that make it. */
  readonly where: readonly string[];
  /** What happens there. */
  readonly there: string;
  /** What happens here instead. */
  readonly here: string;
  /** The test that proves it: a file under src, and the title as it is written in it. */
  readonly test: readonly [file: string, title: string];
}

/** All that are known; the page of names lists them, and a test looks for each one's test. */
export const MISTAKES: readonly Mistake[] = [
  {
    where: ['geometry.transformation.quaternion.from_rotation_matrix'],
    there: 'the gradients of 28 of its own 216 preset rotations are NaN in float32: branches that are not taken are differentiated too',
    here: 'all are finite',
    test: ['graphics/geometry/transformation/transformation.test.ts', 'come back from matrices, with finite gradients, for all 216 presets'],
  },
  {
    where: ['geometry.transformation.quaternion.relative_angle'],
    there: 'equal quaternions are 0.0024 rad apart, with a gradient of about 1600',
    here: 'they are 0 apart, with a finite gradient',
    test: ['graphics/geometry/transformation/transformation.test.ts', 'measure the angle between equal orientations as 0, with a finite gradient'],
  },
  {
    where: ['rendering.texture.mipmap.map_texture'],
    there: 'only maps of uv coordinates that are 2 wide work',
    here: 'any width works',
    test: ['graphics/rendering/texture/texture.test.ts', 'is the plain texture where texels are larger than pixels, for an image of %i × %i'],
  },
  {
    where: ['geometry.transformation.dual_quaternion.point_to_dual_quaternion'],
    there: 'w comes first in this function alone',
    here: 'w is last, as everywhere',
    test: ['graphics/geometry/transformation/rigid.test.ts', 'puts w last for points too'],
  },
  {
    where: ['geometry.representation.ray.intersection_ray_sphere'],
    there: 'a miss is NaN',
    here: 'it is the nearest place, and `hits` is false',
    test: ['graphics/geometry/representation/representation.test.ts', 'says that a ray misses, without NaN in values or gradients'],
  },
  {
    where: ['math.interpolation.slerp.interpolate', 'math.interpolation.slerp.vector_weights'],
    there: 'opposite vectors are joined straight through 0',
    here: 'they are joined by half a circle',
    test: ['graphics/math/interpolation/slerp.test.ts', 'joins opposite vectors of dimension %i by half a circle'],
  },
  {
    where: ['geometry.convolution.graph_convolution.feature_steered_convolution'],
    there: 'its softmax subtracts no maximum, and overflows for large features',
    here: 'it subtracts the maximum',
    test: ['graphics/geometry/convolution/graphConvolution.test.ts', 'neither overflows nor loses its gradient with large features'],
  },
  {
    where: ['math.spherical_harmonics.evaluate_spherical_harmonics', 'math.math_helpers.cartesian_to_spherical_coordinates'],
    there: 'one insists on φ in [0, 2π], the other gives φ in (−π, π]',
    here: 'φ may be any angle',
    test: ['graphics/math/sphericalHarmonics/sphericalHarmonics.test.ts', 'take φ in (−π, π] as in [0, 2π], where TensorFlow Graphics refuses negative ones'],
  },
  {
    where: ['geometry.representation.triangle.normal', 'geometry.representation.mesh.normals.face_normals', 'geometry.representation.mesh.normals.vertex_normals'],
    there: 'the flags called `clockwise` mean opposite things, and so do their defaults',
    here: 'with the default all three point to where the vertices are seen counter-clockwise',
    test: ['graphics/geometry/representation/representation.test.ts', 'has one default normal with the mesh: right-handed, where TensorFlow Graphics has two'],
  },
  {
    where: ['util.safe_ops', 'image.color_space.srgb.from_linear_rgb'],
    there: 'the guards of divisions (1.2e-37) and of roots (2.2e-16) vanish in 16-bit textures',
    here: 'guards are named constants that hold on the device',
    test: ['graphics/math/safeOps.test.ts', 'stay finite at 0, with their gradients'],
  },
  {
    where: ['rendering.rasterization_backend.rasterize', 'rendering.triangle_rasterizer.rasterize', 'rendering.splat.rasterize_then_splat'],
    there: '`image_size` is (width, height) in the first and (height, width) in the others; row 0 is at the bottom',
    here: 'it is `{ height, width }` everywhere; row 0 is at the top',
    test: ['graphics/rendering/imageSize.test.ts', 'images are as high and as wide as was asked by name, whoever draws them'],
  },
  {
    where: ['geometry.convolution.graph_convolution', 'geometry.convolution.graph_pooling', 'nn.layer.graph_convolution', 'geometry.deformation_energy.as_conformal_as_possible.energy'],
    there: 'adjacency and pooling maps are SparseTensors that users build by hand',
    here: 'they are lists of indices that `geometry.convolution` builds of any mesh: meshNeighborhood and meshLevels, with createNeighborhood',
    test: ['scene/meshLevels.test.ts', 'each hold every vertex of the one before once, in rows that sum to 1'],
  },
];

/** What is told of a function, or of its module. */
export const mistakesOf = (fn: string): readonly Mistake[] =>
  MISTAKES.filter(({ where }) => where.some((name) => name === fn || fn.startsWith(`${name}.`)));
