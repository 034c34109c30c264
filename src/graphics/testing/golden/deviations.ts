/** Golden cases in which we differ from TensorFlow Graphics on purpose, by id, and why. */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  'geometry.representation.ray.intersection_ray_sphere#4': 'there a miss is NaN; here it is the nearest place, and `hits` is false',
  'geometry.transformation.dual_quaternion.point_to_dual_quaternion#1': 'there w comes first in this function alone; here it is last, as everywhere',
  'math.interpolation.slerp.interpolate#13': 'there opposite vectors are joined straight through 0; here by half a circle',
  'math.interpolation.slerp.interpolate#14': 'there opposite vectors are joined straight through 0; here by half a circle',
};

interface Coarser { readonly rtol: number; readonly atol: number; readonly reason: string }

/** Golden cases that are held to a tolerance of their own, by id, and why. */
export const COARSER: Readonly<Record<string, Coarser>> = {
  'geometry.representation.ray.triangulate#1': {
    rtol: 2e-5, atol: 3e-6, reason: 'theirs was computed in float64, and its normal equations square what float32 rounds',
  },
  'rendering.splat.rasterize_then_splat#4': {
    rtol: 1e-3, atol: 1.2e-3, reason: 'there barycentrics have 16 binary places, which shows in the gradients',
  },
};
