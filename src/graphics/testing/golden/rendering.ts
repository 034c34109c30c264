import { rendering } from '../../index';
import * as tf from '../../tf';
import type { GoldenAdapters, GoldenAttrs, GoldenInputs, GoldenRoom } from './golden';
import fixture from './rendering.json?raw';

const { orthographic, perspective, quadraticRadialDistortion } = rendering.camera;
const { pointLight } = rendering.light;
const { math } = rendering.opengl;
const { blinnPhong, lambertian, phong } = rendering.reflectance;

const brdfInputs = (x: GoldenInputs) => [x.direction_incoming_light, x.direction_outgoing_light, x.surface_normal] as const;

const voxelOptions = ({ absorption_factor, cell_size, axis }: GoldenAttrs) =>
  ({ absorptionFactor: absorption_factor as number, cellSize: cell_size as number, axis: axis as number });

const adapters: GoldenAdapters = {
  'rendering.camera.perspective.intrinsics_from_matrix': (x) => {
    const { focal, principalPoint, skew } = perspective.intrinsicsFromMatrix(x.matrix);
    return [focal, principalPoint, skew];
  },
  'rendering.camera.perspective.matrix_from_intrinsics': (x) => perspective.matrixFromIntrinsics(x.focal, x.principal_point, { skew: x.skew }),
  'rendering.camera.perspective.parameters_from_right_handed': (x) => {
    const { verticalFieldOfView, aspectRatio, near, far } = perspective.parametersFromRightHanded(x.projection_matrix);
    return [verticalFieldOfView, aspectRatio, near, far];
  },
  'rendering.camera.perspective.project': (x) => perspective.project(x.point_3d, x.focal, x.principal_point),
  'rendering.camera.perspective.ray': (x) => perspective.ray(x.point_2d, x.focal, x.principal_point),
  'rendering.camera.perspective.right_handed': (x) => perspective.rightHanded(x.vertical_field_of_view, x.aspect_ratio, x.near, x.far),
  'rendering.camera.perspective.unproject': (x) => perspective.unproject(x.point_2d, x.depth, x.focal, x.principal_point),
  // One pixel of one: there is nothing to draw, so that the seed does not matter.
  'rendering.camera.perspective.random_patches': (x) => {
    const [height, width, patchHeight, patchWidth] = [x.height, x.width, x.patch_height, x.patch_width].map((size) => size.dataSync()[0]);
    const { rays, pixels } = perspective.randomPatches(x.focal, x.principal_point, height, width, patchHeight, patchWidth, 1);
    return [rays, pixels];
  },
  'rendering.camera.orthographic.project': (x) => orthographic.project(x.point_3d),
  'rendering.camera.orthographic.ray': (x) => orthographic.ray(x.point_2d),
  'rendering.camera.orthographic.unproject': (x) => orthographic.unproject(x.point_2d, x.depth),
  'rendering.camera.quadratic_radial_distortion.distortion_factor': (x) => {
    const { distortionFactor, overflowMask } = quadraticRadialDistortion.distortionFactor(x.squared_radius, x.distortion_coefficient);
    return [distortionFactor, overflowMask];
  },
  'rendering.camera.quadratic_radial_distortion.undistortion_factor': (x) => {
    const { undistortion, overflowMask } = quadraticRadialDistortion.undistortionFactor(x.distorted_squared_radius, x.distortion_coefficient);
    return [undistortion, overflowMask];
  },
  'rendering.light.point_light.estimate_radiance': (x, { brdf, reflected_light_fall_off }) => pointLight.estimateRadiance(
    x.point_light_radiance, x.point_light_position, x.surface_point_position, x.surface_point_normal, x.observation_point,
    brdf === 'returns direction_outgoing_light' ? (_incoming, outgoing) => outgoing : (...directions) => lambertian.brdf(...directions, tf.tensor1d([0.8, 0.5, 0.2])),
    { reflectedLightFallOff: reflected_light_fall_off as boolean },
  ),
  'rendering.opengl.math.clip_to_ndc': (x) => math.clipToNdc(x.point_clip_space),
  'rendering.opengl.math.eye_to_clip': (x) => math.eyeToClip(x.point_eye_space, x.vertical_field_of_view, x.aspect_ratio, x.near, x.far),
  'rendering.opengl.math.interpolate_attributes': (x) => math.interpolateAttributes(x.attribute, x.barycentric),
  'rendering.opengl.math.model_to_eye': (x) => math.modelToEye(x.point_model_space, x.camera_position, x.look_at_point, x.up_vector),
  'rendering.opengl.math.model_to_screen': (x) => {
    const { pointScreenSpace, w } = math.modelToScreen(
      x.point_model_space, x.model_to_eye_matrix, x.perspective_matrix, x.screen_dimensions, { lowerLeftCorner: x.lower_left_corner });
    return [pointScreenSpace, w];
  },
  'rendering.opengl.math.ndc_to_screen': (x) => math.ndcToScreen(x.point_ndc_space, x.lower_left_corner, x.screen_dimensions, x.near, x.far),
  'rendering.opengl.math.perspective_correct_barycentrics': (x) => math.perspectiveCorrectBarycentrics(
    x.triangle_vertices_model_space, x.pixel_position, x.model_to_eye_matrix, x.perspective_matrix, x.screen_dimensions, { lowerLeftCorner: x.lower_left_corner }),
  'rendering.opengl.math.perspective_correct_interpolation': (x) => math.perspectiveCorrectInterpolation(
    x.triangle_vertices_model_space, x.attribute, x.pixel_position, x.model_to_eye_matrix, x.perspective_matrix, x.screen_dimensions,
    { lowerLeftCorner: x.lower_left_corner }),
  'rendering.reflectance.lambertian.brdf': (x) => lambertian.brdf(...brdfInputs(x), x.albedo),
  'rendering.reflectance.phong.brdf': (x, { brdf_normalization = true }) =>
    phong.brdf(...brdfInputs(x), x.shininess, x.albedo, { brdfNormalization: brdf_normalization as boolean }),
  'rendering.reflectance.blinn_phong.brdf': (x, { brdf_normalization = true }) =>
    blinnPhong.brdf(...brdfInputs(x), x.shininess, x.albedo, { brdfNormalization: brdf_normalization as boolean }),
  'rendering.texture.texture_map.map_texture': (x, { tiling = false }) =>
    rendering.texture.textureMap.mapTexture(x.uv_map, x.texture_image as tf.Tensor3D, { tiling: tiling as boolean }),
  'rendering.texture.mipmap.map_texture': (x, { num_mipmap_levels, tiling }) => rendering.texture.mipmap.mapTexture(
    x.uv_map, { textureImage: x.texture_image as tf.Tensor3D, numMipmapLevels: num_mipmap_levels as number, tiling: tiling as boolean }),
  'rendering.volumetric.absorption.render': (x, attrs) => rendering.volumetric.absorption.render(x.voxels, voxelOptions(attrs)),
  'rendering.volumetric.emission_absorption.render': (x, attrs) => rendering.volumetric.emissionAbsorption.render(x.voxels, voxelOptions(attrs)),
  'rendering.volumetric.visual_hull.render': (x, { axis }) => rendering.volumetric.visualHull.render(x.voxels, { axis: axis as number }),
  'rendering.volumetric.ray_density.compute_density': (x) => {
    const { density, sampleWeights } = rendering.volumetric.rayDensity.computeDensity(x.density_values, x.distances);
    return [density, sampleWeights];
  },
  'rendering.volumetric.ray_radiance.compute_radiance': (x) => {
    const { rgb, alpha, sampleWeights } = rendering.volumetric.rayRadiance.computeRadiance(x.rgba_values, x.distances);
    return [rgb, alpha, sampleWeights];
  },
};

export const renderingRoom: GoldenRoom = { fixture, adapters, deviations: {
  'rendering.texture.texture_map.map_texture#1': 'there a texture darkens to black within half a texel of its border; here the border continues',
  'rendering.texture.texture_map.map_texture#3': 'the same',
} };
