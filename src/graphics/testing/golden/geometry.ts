import { buildTopology } from '../../../scene/topology';
import { createTopology } from '../../geometry/representation/mesh/topology';
import { geometry } from '../../index';
import * as tf from '../../tf';
import fixture from './geometry.json?raw';
import type { GoldenAdapters, GoldenRoom } from './golden';

const { axisAngle, lookAt, quaternion, rotationMatrix3d } = geometry.transformation;
const { normals } = geometry.representation.mesh;

const topologyOf = (vertices: tf.Tensor, indices: tf.Tensor) => {
  const positions = new Float32Array(vertices.shape[vertices.rank - 2] * 3);
  return createTopology(buildTopology({ positions, faces: Uint32Array.from(indices.dataSync().slice(0, indices.shape[indices.rank - 2] * 3)) }));
};
const axisAnglePair = ({ axis, angle }: { axis: tf.Tensor; angle: tf.Tensor }) => [axis, angle];

const adapters: GoldenAdapters = {
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
};

export const geometryRoom: GoldenRoom = { fixture, adapters, deviations: {} };
