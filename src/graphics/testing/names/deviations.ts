const STATELESS = 'there is no option stateless: nothing here has a state, and the same seed gives the same samples';
const NOT_VECTORIZED = 'there is no option use_vectorized_map: a batch is always drawn at once';

/** Functions whose parameters differ from TensorFlow Graphics' on purpose, by their full names there, and why. */
export const DIFFERENT_PARAMETERS: Readonly<Record<string, string>> = {
  'geometry.representation.mesh.sampler.area_weighted_random_sample_triangle_mesh': STATELESS,
  'geometry.representation.mesh.sampler.generate_random_barycentric_coordinates': STATELESS,
  'geometry.representation.mesh.sampler.generate_random_face_indices': STATELESS,
  'geometry.representation.mesh.sampler.weighted_random_sample_triangle_mesh': STATELESS,
  'geometry.representation.triangle.normal': 'clockwise is true by default, as it is for the normals of meshes: there the two differ',
  'rendering.barycentrics.differentiable_barycentrics': NOT_VECTORIZED,
  'rendering.kernels.rasterization_backend.rasterize': 'it is the backend CPU of rasterizationBackend.rasterize, with its options',
  'rendering.triangle_rasterizer.rasterize': NOT_VECTORIZED,
};
