const STATELESS = 'nothing here has a state, and the same seed gives the same samples';
const NOT_VECTORIZED = 'a batch is always drawn at once';
/** Parameters that are absent, or have another default, by function and by their names there, and why. */
type ByParameter = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const DIFFERENT_PARAMETERS: ByParameter = {
  'geometry.representation.mesh.sampler.area_weighted_random_sample_triangle_mesh': { stateless: STATELESS },
  'geometry.representation.mesh.sampler.generate_random_barycentric_coordinates': { stateless: STATELESS },
  'geometry.representation.mesh.sampler.generate_random_face_indices': { stateless: STATELESS },
  'geometry.representation.mesh.sampler.weighted_random_sample_triangle_mesh': { stateless: STATELESS },
  'geometry.representation.triangle.normal': { clockwise: 'true by default, as it is for the normals of meshes' },
  'rendering.barycentrics.differentiable_barycentrics': { use_vectorized_map: NOT_VECTORIZED },
  'rendering.kernels.rasterization_backend.rasterize': {
    enable_cull_face: 'an option here, true by default', num_layers: 'an option here, 1 by default',
  },
  'rendering.triangle_rasterizer.rasterize': { use_vectorized_map: NOT_VECTORIZED },
};

/** What else is different of a function on purpose, by its full name there. */
export const DIFFERENT_OTHERWISE: Readonly<Record<string, string>> = {
  'geometry.convolution.graph_pooling.unpool': 'its option `algorithm` also takes \'weighted\'',
  'nn.layer.graph_convolution.DynamicGraphConvolutionKerasLayer': 'options come in one object; `seed` is of the default initialiser',
  'nn.layer.graph_convolution.FeatureSteeredConvolutionKerasLayer': 'options come in one object; `seed` is of the default initialiser',
  'nn.layer.pointnet.PointNetConv2Layer': 'options come in one object; `seed` is of the initial weights',
  'nn.layer.pointnet.PointNetDenseLayer': 'options come in one object; `seed` is of the initial weights',
};

const WITHOUT_STATE = 'a seed must be given';

/** Functions with chance in them: there an operation's state, or a seed, decides; here a seed must be given. */
export const SEEDED: readonly string[] = [
  'geometry.representation.mesh.sampler.area_weighted_random_sample_triangle_mesh',
  'geometry.representation.mesh.sampler.generate_random_barycentric_coordinates',
  'geometry.representation.mesh.sampler.generate_random_face_indices',
  'geometry.representation.mesh.sampler.weighted_random_sample_triangle_mesh',
  'geometry.representation.ray.sample_1d',
  'geometry.representation.ray.sample_inverse_transform_stratified_1d',
  'geometry.representation.ray.sample_stratified_1d',
  'geometry.transformation.quaternion.normalized_random_uniform',
  'math.sampling.inverse_transform_sampling_1d',
  'math.sampling.inverse_transform_stratified_1d',
  'math.sampling.stratified_1d',
  'math.sampling.stratified_geomspace_1d',
  'math.sampling.uniform_1d',
  'rendering.camera.perspective.random_patches',
  'rendering.camera.perspective.random_rays',
];

/** All that is said of a function's call. */
export const remarksOn = (fn: string): readonly string[] => [
  ...Object.entries(DIFFERENT_PARAMETERS[fn] ?? {}).map(([parameter, reason]) => `\`${parameter}\`: ${reason}`),
  ...(DIFFERENT_OTHERWISE[fn] ? [DIFFERENT_OTHERWISE[fn]] : []),
  ...(SEEDED.includes(fn) ? [WITHOUT_STATE] : []),
];
