import { rendering } from '../../index';
import type * as tf from '../../tf';
import type { GoldenAdapters, GoldenInputs, GoldenRoom } from './golden';
import fixture from './rendering.json?raw';

const { perspective } = rendering.camera;
const { blinnPhong, lambertian, phong } = rendering.reflectance;

const brdfInputs = (x: GoldenInputs) => [x.direction_incoming_light, x.direction_outgoing_light, x.surface_normal] as const;

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
  'rendering.reflectance.lambertian.brdf': (x) => lambertian.brdf(...brdfInputs(x), x.albedo),
  'rendering.reflectance.phong.brdf': (x, { brdf_normalization = true }) =>
    phong.brdf(...brdfInputs(x), x.shininess, x.albedo, { brdfNormalization: brdf_normalization as boolean }),
  'rendering.reflectance.blinn_phong.brdf': (x, { brdf_normalization = true }) =>
    blinnPhong.brdf(...brdfInputs(x), x.shininess, x.albedo, { brdfNormalization: brdf_normalization as boolean }),
  'rendering.texture.texture_map.map_texture': (x, { tiling = false }) =>
    rendering.texture.textureMap.mapTexture(x.uv_map, x.texture_image as tf.Tensor3D, { tiling: tiling as boolean }),
};

export const renderingRoom: GoldenRoom = { fixture, adapters, deviations: {
  'rendering.texture.texture_map.map_texture#1': 'there a texture darkens to black within half a texel of its border; here the border continues',
  'rendering.texture.texture_map.map_texture#3': 'the same',
} };
