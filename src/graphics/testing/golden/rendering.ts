import { rendering } from '../../index';
import * as tf from '../../tf';
import type { GoldenAdapters, GoldenAttrs, GoldenInputs, GoldenRoom } from './golden';
import fixture from './rendering.json?raw';

const { orthographic, perspective, quadraticRadialDistortion } = rendering.camera;
const { pointLight } = rendering.light;
const { math } = rendering.opengl;
// Theirs come from its CPU rasterizer.
const { CPU } = rendering.rasterizationBackend.RasterizationBackends;
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
    const { rays, pixels } = perspective.randomPatches(x.focal, x.principal_point, height, width, patchHeight, patchWidth, { seed: 1 });
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

/** Adapters of the rasterizers: a batch of one scene, and images turned over, since row 0 is at the bottom there. */
const batched = (tensor: tf.Tensor): tf.Tensor => tf.expandDims(tensor, 0);
const turnedOver = (image: tf.Tensor): tf.Tensor => tf.reverse(image, image.rank - 3);
const sizeOf = ({ image_size_hw }: GoldenAttrs) => {
  const [height, width] = image_size_hw as number[];
  return { height, width };
};
const withoutChannel = (image: tf.Tensor): tf.Tensor => tf.squeeze(image, [image.rank - 1]);

const rasterizers: GoldenAdapters = {
  'rendering.rasterization_backend.rasterize': (x, { image_size_wh, enable_cull_face, num_layers }) => {
    const [width, height] = image_size_wh as number[];
    const { triangleId, foregroundMask, barycentrics, vertexIds } = rendering.rasterizationBackend.rasterize(
      batched(x.vertices), x.triangles, batched(x.view_projection_matrix), { height, width },
      { enableCullFace: enable_cull_face as boolean, numLayers: num_layers as number, backend: CPU },
    );
    // Theirs are [L, H, W, C] here, also for one layer.
    const layers = (image: tf.Tensor) => turnedOver(tf.reshape(image, [num_layers as number, height, width, -1]));
    return [withoutChannel(layers(triangleId)), withoutChannel(layers(foregroundMask)), layers(barycentrics.value), layers(vertexIds)];
  },
  'rendering.triangle_rasterizer.rasterize': (x, attrs) => {
    const { attribute, mask } = rendering.triangleRasterizer.rasterize(
      x.vertices, x.triangles, { attribute: x.attribute }, x.view_projection_matrix, sizeOf(attrs),
      { enableCullFace: attrs.enable_cull_face as boolean, backend: CPU },
    );
    return [turnedOver(attribute), withoutChannel(turnedOver(mask))];
  },
  'rendering.splat.rasterize_then_splat': (x, attrs) => turnedOver(rendering.splat.rasterizeThenSplat(
    x.vertices, x.triangles, { color: x.color_rgba }, x.view_projection_matrix, sizeOf(attrs), ({ color }) => color, { numLayers: attrs.num_layers as number },
  )),
  'scenario: gradient descent lr=1 through rasterize_then_splat': (x, attrs) => {
    const triangles = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
    const attributes = { color: tf.tile(tf.tensor2d([attrs.color as number[]]), [3, 1]) };
    const target = rendering.triangleRasterizer.rasterize(x.target_vertices, triangles, attributes, tf.eye(4), sizeOf(attrs), { backend: CPU }).color;
    const loss = (vertices: tf.Tensor) => tf.mean(tf.squaredDifference(
      rendering.splat.rasterizeThenSplat(vertices, triangles, attributes, tf.eye(4), sizeOf(attrs), ({ color }) => color), target,
    ));
    let vertices = x.initial_vertices;
    const steps = Array.from({ length: (attrs.iterations as number) + 1 }, (_, i) => {
      if (i > 0) vertices = tf.sub(vertices, tf.mul(tf.grad(loss)(vertices), attrs.lr as number));
      return [loss(vertices), tf.norm(tf.grad(loss)(vertices))];
    });
    return [...[0, 1].map((k) => tf.stack(steps.map((step) => step[k]))), vertices];
  },
};

export const renderingRoom: GoldenRoom = { fixture, adapters: { ...adapters, ...rasterizers } };
