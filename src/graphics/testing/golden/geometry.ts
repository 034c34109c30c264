import { geometry } from '../../index';
import type * as tf from '../../tf';
import fixture from './geometry.json?raw';
import { convolutionAdapters } from './geometryConvolution';
import type { GoldenAdapters, GoldenRoom } from './golden';

const { asConformalAsPossible } = geometry.deformationEnergy;
const { grid, mesh, point, ray, triangle } = geometry.representation;
const { axisAngle, dualQuaternion, euler, linearBlendSkinning, lookAt, quaternion, rotationMatrix2d, rotationMatrix3d } = geometry.transformation;

const axisAnglePair = ({ axis, angle }: { axis: tf.Tensor; angle: tf.Tensor }) => [axis, angle];

const adapters: GoldenAdapters = {
  ...convolutionAdapters,
  'geometry.deformation_energy.as_conformal_as_possible.energy': (x, { conformal_energy = true, aggregate_loss = true }) =>
    asConformalAsPossible.energy(x.vertices_rest_pose, x.vertices_deformed_pose, x.quaternions, x.edges, {
      vertexWeight: x.vertex_weight, edgeWeight: x.edge_weight, conformalEnergy: conformal_energy as boolean, aggregateLoss: aggregate_loss as boolean,
    }),
  'geometry.representation.grid.generate': (x) => grid.generate(x.starts, x.stops, x.nums),
  'geometry.representation.mesh.normals.face_normals': (x) => mesh.normals.faceNormals(x.faces),
  'geometry.representation.mesh.normals.gather_faces': (x) => mesh.normals.gatherFaces(x.vertices, x.indices),
  'geometry.representation.mesh.normals.vertex_normals': (x) => mesh.normals.vertexNormals(x.vertices, x.indices),
  'geometry.representation.mesh.sampler.triangle_area': (x) => mesh.sampler.triangleArea(x.vertex0, x.vertex1, x.vertex2),
  'geometry.representation.mesh.utils.extract_unique_edges_from_triangular_mesh': (x, { directed_edges = false }) =>
    mesh.utils.extractUniqueEdgesFromTriangularMesh(x.faces, { directedEdges: directed_edges as boolean }),
  'geometry.representation.mesh.utils.get_degree_based_edge_weights': (x) => mesh.utils.getDegreeBasedEdgeWeights(x.edges),
  'geometry.representation.point.distance_to_ray': (x) => point.distanceToRay(x.point, x.origin, x.direction),
  'geometry.representation.point.project_to_ray': (x) => point.projectToRay(x.point, x.origin, x.direction),
  'geometry.representation.ray.intersection_ray_sphere': (x) => {
    const { points, normals } = ray.intersectionRaySphere(x.sphere_center, x.sphere_radius, x.ray, x.point_on_ray);
    return [points, normals];
  },
  'geometry.representation.ray.triangulate': (x) => ray.triangulate(x.startpoints, x.endpoints, x.weights),
  'geometry.representation.triangle.area': (x) => triangle.area(x.v0, x.v1, x.v2),
  // Its default there is false, which here is said: both flags called clockwise have one default here.
  'geometry.representation.triangle.normal': (x, { clockwise = false }) => triangle.normal(x.v0, x.v1, x.v2, { clockwise: clockwise as boolean }),
  'geometry.transformation.axis_angle.from_euler': (x) => axisAnglePair(axisAngle.fromEuler(x.angles)),
  'geometry.transformation.axis_angle.from_euler_with_small_angles_approximation':
    (x) => axisAnglePair(axisAngle.fromEulerWithSmallAnglesApproximation(x.angles)),
  'geometry.transformation.axis_angle.from_quaternion': (x) => axisAnglePair(axisAngle.fromQuaternion(x.quaternion)),
  'geometry.transformation.axis_angle.from_rotation_matrix': (x) => axisAnglePair(axisAngle.fromRotationMatrix(x.rotation_matrix)),
  'geometry.transformation.axis_angle.inverse': (x) => axisAnglePair(axisAngle.inverse(x.axis, x.angle)),
  'geometry.transformation.axis_angle.rotate': (x) => axisAngle.rotate(x.point, x.axis, x.angle),
  'geometry.transformation.dual_quaternion.conjugate': (x) => dualQuaternion.conjugate(x.dual_quaternion),
  'geometry.transformation.dual_quaternion.conjugate_dual': (x) => dualQuaternion.conjugateDual(x.dual_quaternion),
  'geometry.transformation.dual_quaternion.from_axis_angle_translation':
    (x) => dualQuaternion.fromAxisAngleTranslation(x.axis, x.angle, x.translation_vector),
  'geometry.transformation.dual_quaternion.from_rotation_translation':
    (x) => dualQuaternion.fromRotationTranslation(x.rotation_quaternion, x.translation_vector),
  'geometry.transformation.dual_quaternion.inverse': (x) => dualQuaternion.inverse(x.dual_quaternion),
  'geometry.transformation.dual_quaternion.multiply': (x) => dualQuaternion.multiply(x.dual_quaternion1, x.dual_quaternion2),
  'geometry.transformation.dual_quaternion.norm': (x) => dualQuaternion.norm(x.dual_quaternion),
  'geometry.transformation.dual_quaternion.point_to_dual_quaternion': (x) => dualQuaternion.pointToDualQuaternion(x.point),
  'geometry.transformation.dual_quaternion.to_rotation_translation': (x) => {
    const { rotation, translation } = dualQuaternion.toRotationTranslation(x.dual_quaternion);
    return [rotation, translation];
  },
  'geometry.transformation.euler.from_axis_angle': (x) => euler.fromAxisAngle(x.axis, x.angle),
  'geometry.transformation.euler.from_quaternion': (x) => euler.fromQuaternion(x.quaternions),
  'geometry.transformation.euler.from_rotation_matrix': (x) => euler.fromRotationMatrix(x.rotation_matrix),
  'geometry.transformation.euler.inverse': (x) => euler.inverse(x.euler_angle),
  'geometry.transformation.linear_blend_skinning.blend':
    (x) => linearBlendSkinning.blend(x.points, x.skinning_weights, x.bone_rotations, x.bone_translations),
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
  'geometry.transformation.rotation_matrix_2d.from_euler': (x) => rotationMatrix2d.fromEuler(x.angle),
  'geometry.transformation.rotation_matrix_2d.from_euler_with_small_angles_approximation':
    (x) => rotationMatrix2d.fromEulerWithSmallAnglesApproximation(x.angles),
  'geometry.transformation.rotation_matrix_2d.inverse': (x) => rotationMatrix2d.inverse(x.matrix),
  'geometry.transformation.rotation_matrix_2d.rotate': (x) => rotationMatrix2d.rotate(x.point, x.matrix),
  'geometry.transformation.rotation_matrix_3d.from_axis_angle': (x) => rotationMatrix3d.fromAxisAngle(x.axis, x.angle),
  'geometry.transformation.rotation_matrix_3d.from_euler': (x) => rotationMatrix3d.fromEuler(x.angles),
  'geometry.transformation.rotation_matrix_3d.from_euler_with_small_angles_approximation':
    (x) => rotationMatrix3d.fromEulerWithSmallAnglesApproximation(x.angles),
  'geometry.transformation.rotation_matrix_3d.from_quaternion': (x) => rotationMatrix3d.fromQuaternion(x.quaternion),
  'geometry.transformation.rotation_matrix_3d.inverse': (x) => rotationMatrix3d.inverse(x.matrix),
  'geometry.transformation.rotation_matrix_3d.is_valid': (x) => rotationMatrix3d.isValid(x.matrix),
  'geometry.transformation.rotation_matrix_3d.rotate': (x) => rotationMatrix3d.rotate(x.point, x.matrix),
  'composite: rotation_matrix_2d.rotate(point, rotation_matrix_2d.from_euler(angle))':
    (x) => rotationMatrix2d.rotate(x.point, rotationMatrix2d.fromEuler(x.angle)),
  'composite: rotation_matrix_3d.rotate(point, rotation_matrix_3d.from_axis_angle(axis, angle))':
    (x) => rotationMatrix3d.rotate(x.point, rotationMatrix3d.fromAxisAngle(x.axis, x.angle)),
  'composite: rotation_matrix_3d.rotate(point, rotation_matrix_3d.from_euler(angles))':
    (x) => rotationMatrix3d.rotate(x.point, rotationMatrix3d.fromEuler(x.angles)),
};

export const geometryRoom: GoldenRoom = { fixture, adapters };
