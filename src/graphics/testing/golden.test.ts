import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildTopology } from '../../scene/topology';
import { gatherFaces, geometry, image, math, rendering } from '../index';
import { createTopology } from '../geometry/representation/mesh/topology';
import * as tf from '../tf';
import { probeWeights } from './gradients';

interface GoldenTensor { readonly shape: number[]; readonly data: (number | boolean)[]; readonly dtype?: 'int32' | 'bool' }
interface GoldenCase {
  readonly id: string; readonly fn: string; readonly rtol: number; readonly atol: number;
  readonly inputs: Readonly<Record<string, GoldenTensor>>; readonly outputs: readonly GoldenTensor[];
  readonly attrs?: Readonly<Record<string, number | boolean | string>>; readonly grads?: Readonly<Record<string, GoldenTensor>>;
}
type Inputs = Record<string, tf.Tensor>;
type Attrs = NonNullable<GoldenCase['attrs']>;

const { cases } = JSON.parse(readFileSync(new URL('./tensorflowGraphics.json', import.meta.url), 'utf8')) as { cases: GoldenCase[] };

const { axisAngle, lookAt, quaternion, rotationMatrix3d } = geometry.transformation;
const { normals } = geometry.representation.mesh;
const { perspective } = rendering.camera;
const { blinnPhong, lambertian, phong } = rendering.reflectance;

const topologyOf = (vertices: tf.Tensor, indices: tf.Tensor) => {
  const positions = new Float32Array(vertices.shape[vertices.rank - 2] * 3);
  return createTopology(buildTopology({ positions, faces: Uint32Array.from(indices.dataSync().slice(0, indices.shape[indices.rank - 2] * 3)) }));
};
const brdfInputs = (x: Inputs) => [x.direction_incoming_light, x.direction_outgoing_light, x.surface_normal] as const;
const axisAnglePair = ({ axis, angle }: { axis: tf.Tensor; angle: tf.Tensor }) => [axis, angle];

/** Each function of TensorFlow Graphics as ours, from its named inputs. */
const FUNCTIONS: Record<string, (x: Inputs, attrs: Attrs) => tf.Tensor | tf.Tensor[]> = {
  'geometry.representation.mesh.normals.face_normals': (x) => normals.faceNormals(x.faces),
  'geometry.representation.mesh.normals.vertex_normals': (x) => normals.vertexNormals(x.vertices, topologyOf(x.vertices, x.indices)),
  'geometry.transformation.axis_angle.from_euler': (x) => axisAnglePair(axisAngle.fromEuler(x.angles)),
  'geometry.transformation.axis_angle.from_euler_with_small_angles_approximation':
    (x) => axisAnglePair(axisAngle.fromEulerWithSmallAnglesApproximation(x.angles)),
  'geometry.transformation.axis_angle.from_quaternion': (x) => axisAnglePair(axisAngle.fromQuaternion(x.quaternion)),
  'geometry.transformation.axis_angle.from_rotation_matrix': (x) => axisAnglePair(axisAngle.fromRotationMatrix(x.rotation_matrix)),
  'geometry.transformation.axis_angle.inverse': (x) => axisAnglePair(axisAngle.inverse(x.axis, x.angle)),
  'geometry.transformation.axis_angle.rotate': (x) => axisAngle.rotate(x.point, x.axis, x.angle),
  'geometry.transformation.look_at.right_handed': (x) => lookAt.rightHanded(x.camera_position, x.look_at, x.up_vector),
  'geometry.transformation.quaternion.between_two_vectors_3d': (x) => quaternion.betweenTwoVectors3d(x.vector1, x.vector2),
  'geometry.transformation.quaternion.conjugate': (x) => quaternion.conjugate(x.quaternion),
  'geometry.transformation.quaternion.from_axis_angle': (x) => quaternion.fromAxisAngle(x.axis, x.angle),
  'geometry.transformation.quaternion.from_euler': (x) => quaternion.fromEuler(x.angles),
  'geometry.transformation.quaternion.from_euler_with_small_angles_approximation': (x) => quaternion.fromEulerWithSmallAnglesApproximation(x.angles),
  'geometry.transformation.quaternion.from_rotation_matrix': (x) => quaternion.fromRotationMatrix(x.rotation_matrix),
  'geometry.transformation.quaternion.inverse': (x) => quaternion.inverse(x.quaternion),
  'geometry.transformation.quaternion.is_normalized': (x) => quaternion.isNormalized(x.quaternion),
  'geometry.transformation.quaternion.multiply': (x) => quaternion.multiply(x.quaternion1, x.quaternion2),
  'geometry.transformation.quaternion.normalize': (x) => quaternion.normalize(x.quaternion),
  'geometry.transformation.quaternion.relative_angle': (x) => quaternion.relativeAngle(x.quaternion1, x.quaternion2),
  'geometry.transformation.quaternion.rotate': (x) => quaternion.rotate(x.point, x.quaternion),
  'geometry.transformation.rotation_matrix_3d.from_axis_angle': (x) => rotationMatrix3d.fromAxisAngle(x.axis, x.angle),
  'geometry.transformation.rotation_matrix_3d.from_euler': (x) => rotationMatrix3d.fromEuler(x.angles),
  'geometry.transformation.rotation_matrix_3d.from_euler_with_small_angles_approximation':
    (x) => rotationMatrix3d.fromEulerWithSmallAnglesApproximation(x.angles),
  'geometry.transformation.rotation_matrix_3d.from_quaternion': (x) => rotationMatrix3d.fromQuaternion(x.quaternion),
  'geometry.transformation.rotation_matrix_3d.inverse': (x) => rotationMatrix3d.inverse(x.matrix),
  'geometry.transformation.rotation_matrix_3d.is_valid': (x) => rotationMatrix3d.isValid(x.matrix),
  'geometry.transformation.rotation_matrix_3d.rotate': (x) => rotationMatrix3d.rotate(x.point, x.matrix),
  'image.pyramid.downsample': (x, { num_levels }) => image.pyramid.downsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.upsample': (x, { num_levels }) => image.pyramid.upsample(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.split': (x, { num_levels }) => image.pyramid.split(x.image as tf.Tensor4D, num_levels as number),
  'image.pyramid.merge': (x) => image.pyramid.merge(Object.values(x) as tf.Tensor4D[]),
  'math.vector.cross': (x) => math.vector.cross(x.vector1, x.vector2),
  'math.vector.dot': (x, { keepdims = true }) => math.vector.dot(x.vector1, x.vector2, { keepDims: keepdims as boolean }),
  'math.vector.reflect': (x) => math.vector.reflect(x.vector, x.normal),
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

/** Where we differ on purpose. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'rendering.texture.texture_map.map_texture#1': 'there a texture darkens to black within half a texel of its border; here the border continues',
  'rendering.texture.texture_map.map_texture#3': 'the same',
};

const upload = ({ shape, data, dtype }: GoldenTensor) => tf.tensor(data as number[], shape, dtype ?? 'float32');

function expectClose(actual: tf.Tensor, { shape, data }: GoldenTensor, { rtol, atol }: GoldenCase, label: string): void {
  expect(actual.shape, label).toEqual(shape);
  actual.dataSync().forEach((value, i) => {
    const expected = Number(data[i]);
    // Theirs is float64; a few roundings of float32 come on top.
    const bound = Math.max(atol, 3e-6) + Math.max(rtol, 2e-5) * Math.abs(expected);
    if (!(Math.abs(value - expected) <= bound)) throw new Error(`${label}[${i}] is ${value}, expected ${expected}`);
  });
}

beforeAll(async () => { await tf.setBackend('cpu'); });

describe('the golden cases of TensorFlow Graphics', () => {
  const covered = cases.filter(({ id, fn }) => fn in FUNCTIONS && !(id in DIFFERENT));

  it.each(covered.map((golden) => [golden.id, golden] as const))('%s', (_id, golden) => {
    const inputs = Object.fromEntries(Object.entries(golden.inputs).map(([name, tensor]) => [name, upload(tensor)]));
    const call = (x: Inputs) => [FUNCTIONS[golden.fn](x, golden.attrs ?? {})].flat();
    call(inputs).forEach((output, i) => expectClose(output, golden.outputs[i], golden, `output ${i}`));
    const names = Object.keys(golden.grads ?? {});
    if (names.length === 0) return;
    const loss = (...xs: tf.Tensor[]) => {
      const outputs = call({ ...inputs, ...Object.fromEntries(names.map((name, i) => [name, xs[i]])) });
      return outputs.map((y) => tf.sum(tf.mul(y, tf.tensor(Float32Array.from(probeWeights(y.size)), y.shape)))).reduce((a, b) => tf.add(a, b));
    };
    tf.grads(loss)(names.map((name) => inputs[name])).forEach((gradient, i) => expectClose(gradient, golden.grads![names[i]], golden, `gradient of ${names[i]}`));
  });

  // Theirs also gathers polygons; ours triangles alone.
  const triangles = cases.filter(({ fn, inputs }) => fn.endsWith('gather_faces') && inputs.indices.shape.at(-1) === 3);
  it.each(triangles.map((golden) => [golden.id, golden] as const))('%s', (_id, golden) => {
    const { vertices, indices } = golden.inputs;
    const values = tf.reshape(upload(vertices), [1, vertices.shape.at(-2)!, vertices.shape.at(-1)!]) as tf.Tensor3D;
    const gathered = gatherFaces(values, topologyOf(values, upload(indices)));
    expectClose(tf.reshape(gathered, golden.outputs[0].shape), golden.outputs[0], golden, 'output');
  });

  it('cover every function of the fixture', () => {
    expect(cases.filter(({ fn }) => !(fn in FUNCTIONS) && !fn.endsWith('gather_faces'))).toEqual([]);
    expect(Object.keys(DIFFERENT).filter((id) => !cases.some((golden) => golden.id === id))).toEqual([]);
  });
});
