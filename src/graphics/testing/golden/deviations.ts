/** Golden cases in which we differ from TensorFlow Graphics on purpose, by id, and why. */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  'geometry.representation.ray.intersection_ray_sphere#4': 'there a miss is NaN; here it is the nearest place, and `hits` is false',
  'geometry.transformation.dual_quaternion.point_to_dual_quaternion#1': 'there w comes first in this function alone; here it is last, as everywhere',
  'math.interpolation.slerp.interpolate#13': 'there opposite vectors are joined straight through 0; here by half a circle',
  'math.interpolation.slerp.interpolate#14': 'there opposite vectors are joined straight through 0; here by half a circle',
  'rendering.texture.texture_map.map_texture#1': 'there a texture darkens to black within half a texel of its border; here the border continues',
  'rendering.texture.texture_map.map_texture#3': 'there a texture darkens to black within half a texel of its border; here the border continues',
  'rendering.splat.rasterize_then_splat#4': 'there barycentrics have 16 binary places, which shows in the gradients; a test of its own compares them',
};
