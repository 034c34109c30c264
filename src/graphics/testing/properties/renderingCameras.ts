import { rendering, tf } from '../../index';
import { constant, uniform } from './arguments';
import type { Argument, Equal, Exempt, Inputs, Table } from './entry';
import { SMOOTH, WITHIN } from './reasons';

const { camera, opengl } = rendering;
const { orthographic, perspective, quadraticRadialDistortion: distortion } = camera;

const parts = (t: tf.Tensor): tf.Tensor[] => tf.split(t, t.shape[t.rank - 1]!, -1);
const wide = (t: tf.Tensor, like: tf.Tensor): tf.Tensor => tf.broadcastTo(t, like.shape);

/** Points before a pinhole camera: z in 1 … 3. */
const before = (): Argument => ({
  axes: [3], make: (random, shape) => tf.concat([random.uniform([...shape.slice(0, -1), 2]), random.uniform([...shape.slice(0, -1), 1], 1, 3)], -1),
});
const intrinsics = (): Record<'focal' | 'principalPoint', Argument> => ({ focal: uniform([2], 1, 2), principalPoint: uniform([2]) });
const frustum = (): Record<'verticalFieldOfView' | 'aspectRatio' | 'near' | 'far', Argument> => ({
  verticalFieldOfView: uniform([1], 0.5, 1.2), aspectRatio: uniform([1], 0.7, 1.5), near: uniform([1], 0.5, 1), far: uniform([1], 3, 5),
});

/** Eyes near (0, 0, 5) that look at something near the origin, points of which are seen. */
const view = (): Record<'cameraPosition' | 'lookAtPoint' | 'upVector', Argument> => ({
  cameraPosition: { axes: [3], make: (random, shape) => tf.add(random.uniform(shape), tf.tensor1d([0, 0, 5])) },
  lookAtPoint: uniform([3], -0.3, 0.3),
  upVector: { axes: [3], make: (random, shape) => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor1d([0, 1, 0])) },
});
const matrix = (make: () => tf.Tensor): Argument => ({
  axes: [4, 4], make: (random, shape) => tf.tidy(() => tf.add(tf.broadcastTo(make(), [...shape]), tf.mul(random.uniform(shape, -0.02, 0.02), 1))),
});
/** A projection's four entries are read too: the others stay. */
const projection = (): Argument => ({
  axes: [4, 4], make: (random, shape) => {
    const lead = shape.slice(0, -2);
    const [angle, aspect, near, far] = [[0.5, 1.2], [0.7, 1.5], [0.5, 1], [3, 5]].map(([low, high]) => random.uniform([...lead, 1], low, high));
    return perspective.rightHanded(angle, aspect, near, far);
  },
});
const modelToEye = (): Argument => matrix(() => tf.tensor2d([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, -4], [0, 0, 0, 1]]));
const screen = (): Argument => uniform([2], 4, 6);

const sameWhenScaled = (points: tf.Tensor, { focal, principalPoint }: Inputs, pixels: tf.Tensor): Equal =>
  [perspective.project(tf.mul(points, 3), focal, principalPoint), pixels];

export const RENDERING_EXEMPT_CAMERAS: Exempt = {
  'rendering.camera.cameraFromProjection': 'takes and gives plain numbers; pinhole.test.ts',
  'rendering.camera.projectionMatrix': 'takes and gives plain numbers; pinhole.test.ts',
};

export const RENDERING_CAMERAS: Table = {
  'rendering.camera.projectionFromIntrinsics': {
    args: { intrinsics: uniform([4], 1, 3) }, call: ({ intrinsics: x }) => camera.projectionFromIntrinsics(x, { height: 4, width: 6, near: 1, far: 3 }),
    noSingular: SMOOTH, law: 'is undone by intrinsicsFromProjection', holds: ({ intrinsics: x }, [p]) => [[camera.intrinsicsFromProjection(p, { height: 4, width: 6 }), x]],
  },
  'rendering.camera.intrinsicsFromProjection': {
    args: { projection: uniform([4, 4]) }, call: ({ projection: x }) => camera.intrinsicsFromProjection(x, { height: 4, width: 6 }),
    noSingular: SMOOTH, law: 'does not see the clip planes',
    holds: ({ projection: x }, [i]) => [[camera.intrinsicsFromProjection(tf.mul(x, tf.tensor2d([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 7, 7], [1, 1, 1, 1]])), { height: 4, width: 6 }), i]],
  },
  'rendering.camera.orthographic.project': {
    args: { point3d: uniform([3]) }, law: 'is undone by unproject', holds: ({ point3d: p }, [xy]) => [[orthographic.unproject(xy, parts(p)[2]), p]], singular: { 'the origin': { point3d: [0, 0, 0] } },
  },
  'rendering.camera.orthographic.ray': {
    args: { point2d: constant(uniform([2]), 'all rays are parallel') }, law: 'is where unproject moves with depth', noGradients: 'a constant',
    holds: ({ point2d }, [r]) => [[r, tf.sub(orthographic.unproject(point2d, tf.tensor1d([3])), orthographic.unproject(point2d, tf.tensor1d([2])))]],
  },
  'rendering.camera.orthographic.unproject': {
    args: { point2d: uniform([2]), depth: uniform([1]) }, noSingular: SMOOTH, law: 'is undone by project, and keeps the depth',
    holds: ({ point2d, depth }, [p]) => [[orthographic.project(p), wide(point2d, orthographic.project(p))], [parts(p)[2], wide(depth, parts(p)[2])]],
  },
  'rendering.camera.perspective.project': {
    args: { point3d: before(), ...intrinsics() }, law: 'sees all points of a line of sight in one pixel', holds: (inputs, [pixels]) => [sameWhenScaled(inputs.point3d, inputs, pixels)],
    singular: { 'in the plane of the pinhole': { point3d: [1, 2, 0] }, 'in the pinhole': { point3d: [0, 0, 0] }, 'next to it': { point3d: [1, 2, 1e-7] } },
  },
  'rendering.camera.perspective.ray': {
    args: { point2d: uniform([2]), ...intrinsics() }, law: 'is seen in the pixel',
    holds: ({ point2d, focal, principalPoint }, [r]) => { const seen = perspective.project(r, focal, principalPoint); return [[seen, wide(point2d, seen)]]; },
    singular: { 'no focal length': { focal: [0, 0] } },
  },
  'rendering.camera.perspective.unproject': {
    args: { point2d: uniform([2]), depth: uniform([1], 1, 3), ...intrinsics() }, law: 'is undone by project, at its depth',
    holds: ({ point2d, depth, focal, principalPoint }, [p]) => {
      const seen = perspective.project(p, focal, principalPoint);
      return [[seen, wide(point2d, seen)], [parts(p)[2], wide(depth, parts(p)[2])]];
    },
    singular: { 'no depth': { depth: [0] }, 'no focal length': { focal: [0, 0] } },
  },
  'rendering.camera.perspective.randomRays': {
    args: intrinsics(), call: ({ focal, principalPoint }) => perspective.randomRays(focal, principalPoint, 5, 7, 4, { seed: 3 }), notElementwise: 'each camera draws pixels of its own',
    singular: { 'no focal length': { focal: [0, 0] } }, law: 'looks through its pixels, which lie in the image',
    holds: ({ focal, principalPoint }, [rays, pixels]) => [
      [perspective.project(rays, tf.expandDims(focal, -2), tf.expandDims(principalPoint, -2)), pixels], [tf.clipByValue(pixels, 0, 6), pixels], [tf.floor(pixels), pixels],
    ],
  },
  'rendering.camera.perspective.randomPatches': {
    args: intrinsics(), call: ({ focal, principalPoint }) => perspective.randomPatches(focal, principalPoint, 5, 7, 3, 3, { seed: 3 }), notElementwise: 'each camera draws a patch of its own',
    singular: { 'no focal length': { focal: [0, 0] } }, law: 'looks through its pixels, which are neighbours',
    holds: ({ focal, principalPoint }, [rays, pixels]) => {
      const centre = tf.slice(pixels, [...pixels.shape.slice(0, -2).map(() => 0), 4, 0], [...pixels.shape.slice(0, -2), 1, 2]);
      const around = tf.tensor2d(Array.from({ length: 9 }, (_, i) => [(i % 3) - 1, Math.floor(i / 3) - 1]));
      return [[perspective.project(rays, tf.expandDims(focal, -2), tf.expandDims(principalPoint, -2)), pixels], [tf.sub(pixels, centre), wide(around, pixels)]];
    },
  },
  'rendering.camera.perspective.rightHanded': {
    args: frustum(), noSingular: WITHIN, law: 'is undone by parametersFromRightHanded',
    holds: (inputs, [m]) => {
      const back = perspective.parametersFromRightHanded(m);
      return (['verticalFieldOfView', 'aspectRatio', 'near', 'far'] as const).map((name) => [back[name], wide(inputs[name], back[name])]);
    },
  },
  'rendering.camera.perspective.parametersFromRightHanded': {
    args: { projectionMatrix: projection() }, noSingular: WITHIN, law: 'is undone by rightHanded',
    holds: ({ projectionMatrix: m }, [angle, aspect, near, far]) => [[perspective.rightHanded(angle, aspect, near, far), m]],
  },
  'rendering.camera.perspective.intrinsicsFromMatrix': {
    args: { matrix: uniform([3, 3]) }, noSingular: SMOOTH, law: 'is what matrixFromIntrinsics needs to make the upper triangle',
    holds: ({ matrix: m }, [focal, principalPoint, skew]) => {
      const kept = tf.tensor2d([[1, 1, 1], [0, 1, 1], [0, 0, 0]]);
      return [[tf.mul(perspective.matrixFromIntrinsics(focal, principalPoint, { skew }), kept), tf.mul(m, kept)]];
    },
  },
  'rendering.camera.perspective.matrixFromIntrinsics': {
    args: { ...intrinsics(), skew: uniform([1]) }, call: ({ focal, principalPoint, skew }) => perspective.matrixFromIntrinsics(focal, principalPoint, { skew }),
    noSingular: SMOOTH, law: 'takes points to pixels times their depth',
    holds: ({ focal, principalPoint }) => {
      const point = tf.tensor1d([0.3, -0.2, 2]);
      const [xy] = tf.split(tf.squeeze(tf.matMul(perspective.matrixFromIntrinsics(focal, principalPoint), tf.broadcastTo(tf.reshape(point, [3, 1]), [...perspective.matrixFromIntrinsics(focal, principalPoint).shape.slice(0, -2), 3, 1])), [-1]), [2, 1], -1) as [tf.Tensor, tf.Tensor];
      return [[tf.div(xy, 2), perspective.project(point, focal, principalPoint)]];
    },
  },
  'rendering.camera.quadraticRadialDistortion.distortionFactor': {
    args: { squaredRadius: uniform(['H', 'W'], 0, 1), distortionCoefficient: uniform([], -0.05, 0.1) }, batch: 'same', law: 'is undone by undistortionFactor',
    holds: ({ squaredRadius: r2, distortionCoefficient: k }, [factor]) => {
      const { undistortion } = distortion.undistortionFactor(tf.mul(r2, tf.square(factor)), k);
      return [[tf.mul(undistortion, factor), tf.onesLike(factor)]];
    },
    singular: { 'the axis': { squaredRadius: [[0]] }, 'where the image folds': { squaredRadius: [[1]], distortionCoefficient: -1 / 3 } },
  },
  'rendering.camera.quadraticRadialDistortion.undistortionFactor': {
    args: { distortedSquaredRadius: uniform(['H', 'W'], 0, 1), distortionCoefficient: uniform([], -0.05, 0.1) }, batch: 'same', law: 'is undone by distortionFactor',
    holds: ({ distortedSquaredRadius: r2, distortionCoefficient: k }, [factor]) => {
      const { distortionFactor } = distortion.distortionFactor(tf.mul(r2, tf.square(factor)), k);
      return [[tf.mul(distortionFactor, factor), tf.onesLike(factor)]];
    },
    singular: { 'the axis': { distortedSquaredRadius: [[0]] }, 'where the image folds': { distortedSquaredRadius: [[1]], distortionCoefficient: -4 / 27 }, 'beyond': { distortedSquaredRadius: [[2]], distortionCoefficient: -1 / 3 } },
  },
  'rendering.opengl.math.modelToEye': {
    args: { pointModelSpace: uniform([3]), ...view() }, law: 'is a motion: distances from the eye stay, and it looks down −z',
    holds: ({ pointModelSpace, cameraPosition, lookAtPoint, upVector }, [p]) => {
      const away = (t: tf.Tensor) => tf.norm(t, 'euclidean', -1);
      const at = opengl.math.modelToEye(lookAtPoint, cameraPosition, lookAtPoint, upVector);
      const [x, y, z] = parts(at);
      const distance = tf.expandDims(away(tf.sub(lookAtPoint, cameraPosition)), -1);
      return [[away(p), wide(away(tf.sub(pointModelSpace, cameraPosition)), away(p))], [x, tf.zerosLike(x)], [y, tf.zerosLike(y)], [tf.neg(z), wide(distance, z)]];
    },
    singular: {
      'the eye': { pointModelSpace: [0, 0, 5], cameraPosition: [0, 0, 5] }, 'nowhere to look': { cameraPosition: [1, 1, 1], lookAtPoint: [1, 1, 1] },
      'up along the line of sight': { cameraPosition: [0, 3, 0], lookAtPoint: [0, 0, 0], upVector: [0, 1, 0] },
    },
  },
  'rendering.opengl.math.eyeToClip': {
    args: { pointEyeSpace: uniform([3], -2, -1), ...frustum() }, noSingular: WITHIN, law: 'has the distance along the line of sight for w, and −w … w between the planes',
    holds: ({ pointEyeSpace, verticalFieldOfView, aspectRatio, near, far }, [clip]) => {
      const w = parts(clip)[3];
      const atPlane = (distance: tf.Tensor) => parts(opengl.math.eyeToClip(tf.mul(tf.tensor1d([0, 0, -1]), distance), verticalFieldOfView, aspectRatio, near, far));
      const [nearest, farthest] = [near, far].map(atPlane);
      return [[w, wide(tf.neg(parts(pointEyeSpace)[2]), w)], [nearest[2], tf.neg(nearest[3])], [farthest[2], farthest[3]]];
    },
  },
  'rendering.opengl.math.clipToNdc': {
    args: { pointClipSpace: { axes: [4], make: (random, shape) => tf.concat([random.uniform([...shape.slice(0, -1), 3]), random.uniform([...shape.slice(0, -1), 1], 0.5, 2)], -1) } },
    law: 'does not see by how much all four are multiplied', holds: ({ pointClipSpace: p }, [ndc]) => [[opengl.math.clipToNdc(tf.mul(p, -3)), ndc]],
    singular: { 'w = 0': { pointClipSpace: [0.3, 0.1, 0.2, 0] }, 'nothing': { pointClipSpace: [0, 0, 0, 0] }, 'next to nothing': { pointClipSpace: [1, 1, 1, 1e-9] } },
  },
  'rendering.opengl.math.ndcToScreen': {
    args: { pointNdcSpace: uniform([3]), lowerLeftCorner: uniform([2]), screenDimensions: screen(), near: uniform([1], 0.5, 1), far: uniform([1], 3, 5) },
    noSingular: SMOOTH, law: 'takes opposite corners of the cube to those of the screen',
    holds: ({ lowerLeftCorner, screenDimensions, near, far }) => {
      const at = (corner: number) => opengl.math.ndcToScreen(tf.fill([3], corner), lowerLeftCorner, screenDimensions, near, far);
      const [low, high] = [at(-1), at(1)].map((p) => tf.split(p, [2, 1], -1) as [tf.Tensor, tf.Tensor]);
      return [[low[0], wide(lowerLeftCorner, low[0])], [high[0], wide(tf.add(lowerLeftCorner, screenDimensions), high[0])], [low[1], wide(near, low[1])], [high[1], wide(far, high[1])]];
    },
  },
  'rendering.opengl.math.modelToScreen': {
    args: { pointModelSpace: uniform([3]), modelToEyeMatrix: modelToEye(), perspectiveMatrix: projection(), screenDimensions: screen() },
    law: 'sees all points of a line of sight in one pixel',
    holds: ({ modelToEyeMatrix, perspectiveMatrix, screenDimensions }) => {
      const rigid = tf.broadcastTo(tf.eye(4), modelToEyeMatrix.shape);
      const at = (scale: number) => tf.split(opengl.math.modelToScreen(tf.tensor1d([0.3 * scale, -0.2 * scale, -scale]), rigid, perspectiveMatrix, screenDimensions).pointScreenSpace, [2, 1], -1)[0];
      return [[at(1), at(2.5)]];
    },
    singular: { 'in the plane of the eye': { pointModelSpace: [1, 1, 0], modelToEyeMatrix: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] } },
  },
  'rendering.opengl.math.perspectiveCorrectBarycentrics': {
    args: {
      triangleVerticesModelSpace: { axes: [3, 3], make: (random, shape) => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor2d([[-1, -1, 0], [1, -1, 0], [0, 1, 0]])) },
      pixelPosition: uniform([2], 1, 3), modelToEyeMatrix: modelToEye(), perspectiveMatrix: projection(), screenDimensions: screen(),
    },
    law: 'finds the point that is seen in the pixel', tolerance: 1e-3,
    holds: ({ triangleVerticesModelSpace: triangle, pixelPosition, modelToEyeMatrix, perspectiveMatrix, screenDimensions }, [weights]) => {
      const point = tf.sum(tf.mul(triangle, tf.expandDims(weights, -1)), -2);
      const [seen] = tf.split(opengl.math.modelToScreen(point, modelToEyeMatrix, perspectiveMatrix, screenDimensions).pointScreenSpace, [2, 1], -1);
      return [[seen, wide(pixelPosition, seen)], [tf.sum(weights, -1), tf.ones(weights.shape.slice(0, -1))]];
    },
    singular: {
      'no area': { triangleVerticesModelSpace: [[0, 0, 0], [1, 1, 0], [2, 2, 0]] }, 'a point': { triangleVerticesModelSpace: [[0.1, 0, 0], [0.1, 0, 0], [0.1, 0, 0]] },
    },
  },
  'rendering.opengl.math.interpolateAttributes': {
    args: { attribute: uniform([3, 'C']), barycentric: uniform([3], 0, 1) }, noSingular: SMOOTH, law: 'is one corner where that counts alone, and linear',
    holds: ({ attribute, barycentric }, [a]) => [
      [opengl.math.interpolateAttributes(attribute, tf.tensor1d([0, 1, 0])), tf.squeeze(tf.slice(attribute, [...attribute.shape.slice(0, -2).map(() => 0), 1, 0], [...attribute.shape.slice(0, -2), 1, attribute.shape[attribute.rank - 1]!]), [-2])],
      [opengl.math.interpolateAttributes(tf.mul(attribute, 2), barycentric), tf.mul(a, 2)],
    ],
  },
  'rendering.opengl.math.perspectiveCorrectInterpolation': {
    args: {
      triangleVerticesModelSpace: { axes: [3, 3], make: (random, shape) => tf.add(random.uniform(shape, -0.3, 0.3), tf.tensor2d([[-1, -1, 0], [1, -1, 0], [0, 1, 0]])) },
      attribute: uniform([3, 'C']), pixelPosition: uniform([2], 1, 3), modelToEyeMatrix: modelToEye(), perspectiveMatrix: projection(), screenDimensions: screen(),
    },
    law: 'is the attribute of the point that is seen: what is the same at the corners is so everywhere', tolerance: 1e-3,
    holds: ({ triangleVerticesModelSpace, pixelPosition, modelToEyeMatrix, perspectiveMatrix, screenDimensions }) => {
      const flat = opengl.math.perspectiveCorrectInterpolation(triangleVerticesModelSpace, tf.fill([3, 2], 0.7), pixelPosition, modelToEyeMatrix, perspectiveMatrix, screenDimensions);
      return [[flat, tf.fill(flat.shape, 0.7)]];
    },
    singular: { 'no area': { triangleVerticesModelSpace: [[0, 0, 0], [1, 1, 0], [2, 2, 0]] } },
  },
};

const towards = (): Argument => ({ axes: [3], make: (random, shape) => tf.tidy(() => {
  const d = tf.add(random.uniform(shape, -0.5, 0.5), tf.tensor1d([0, 0, 1]));
  return tf.div(d, tf.norm(d, 'euclidean', -1, true));
}) });
/** From the light to the surface, whose normal is near z. */
const away = (): Argument => ({ axes: [3], make: (random, shape, own) => tf.tidy(() => tf.neg(towards().make(random, shape, own))) });
const surface = (): Record<'directionIncomingLight' | 'directionOutgoingLight' | 'surfaceNormal', Argument> => ({
  directionIncomingLight: away(), directionOutgoingLight: towards(), surfaceNormal: { axes: [3], make: (random, shape) => tf.tidy(() => {
    const d = tf.add(random.uniform(shape, -0.1, 0.1), tf.tensor1d([0, 0, 1]));
    return tf.div(d, tf.norm(d, 'euclidean', -1, true));
  }) },
});
const glossy = (): Record<string, Argument> => ({ ...surface(), shininess: uniform([1], 1, 5), albedo: uniform([3], 0.1, 1) });
const lightEyeNormal = ({ directionIncomingLight: i, directionOutgoingLight: o, surfaceNormal: n }: Inputs) => [tf.neg(o), tf.neg(i), n] as const;
const grazing = { 'light along the surface': { directionIncomingLight: [1, 0, 0], surfaceNormal: [0, 0, 1] }, 'seen from behind': { directionOutgoingLight: [0, 0, -1], surfaceNormal: [0, 0, 1] } };
const { blinnPhong, lambertian, phong } = rendering.reflectance;

export const RENDERING_LIGHTS: Table = {
  'rendering.reflectance.lambertian.brdf': {
    args: { ...Object.fromEntries(Object.entries(surface()).map(([name, arg]) => [name, constant(arg, 'where light and eye are before the surface it does not depend on them')])), albedo: uniform([3], 0, 1) },
    law: 'is the same when light and eye change places',
    holds: (inputs, [f]) => { const swapped = lambertian.brdf(...lightEyeNormal(inputs), inputs.albedo); return [[swapped, f]]; },
    singular: grazing,
  },
  'rendering.reflectance.phong.brdf': {
    args: glossy(), law: 'is the same when light and eye change places', holds: (inputs, [f]) => [[phong.brdf(...lightEyeNormal(inputs), inputs.shininess, inputs.albedo), f]],
    singular: { ...grazing, 'outside of the lobe': { directionIncomingLight: [0.6, 0, -0.8], directionOutgoingLight: [0.96, 0, 0.28], surfaceNormal: [0, 0, 1], shininess: [0.5] }, 'no shininess': { shininess: [0] } },
  },
  'rendering.reflectance.blinnPhong.brdf': {
    args: glossy(), law: 'is the same when light and eye change places', holds: (inputs, [f]) => [[blinnPhong.brdf(...lightEyeNormal(inputs), inputs.shininess, inputs.albedo), f]],
    singular: {
      ...grazing, 'light behind the eye': { directionIncomingLight: [1, 0, 0], directionOutgoingLight: [1, 0, 0], surfaceNormal: [0, 0, 1] }, 'no shininess': { shininess: [0] },
    },
  },
  'rendering.light.pointLight.estimateRadiance': {
    args: {
      pointLightRadiance: { ...uniform(['K'], 1, 2), single: 'lights have batch axes of their own, which come last' },
      pointLightPosition: { axes: [3], make: (random, shape) => tf.add(random.uniform(shape), tf.tensor1d([0, 0, 3])), single: 'lights have batch axes of their own, which come last' },
      surfacePointPosition: uniform([3], -0.3, 0.3), surfacePointNormal: surface().surfaceNormal,
      observationPoint: { axes: [3], make: (random, shape) => tf.add(random.uniform(shape), tf.tensor1d([0, 0, 4])) },
    },
    call: ({ pointLightRadiance, pointLightPosition, surfacePointPosition, surfacePointNormal, observationPoint }) => rendering.light.pointLight.estimateRadiance(
      pointLightRadiance, pointLightPosition, surfacePointPosition, surfacePointNormal, observationPoint, () => tf.ones([1]), { reflectedLightFallOff: true },
    ),
    law: 'falls with the fourth power of size', tolerance: 1e-3,
    holds: ({ pointLightRadiance, pointLightPosition, surfacePointPosition, surfacePointNormal, observationPoint }, [r]) => [[
      tf.mul(rendering.light.pointLight.estimateRadiance(
        pointLightRadiance, tf.mul(pointLightPosition, 2), tf.mul(surfacePointPosition, 2), surfacePointNormal, tf.mul(observationPoint, 2), () => tf.ones([1]), { reflectedLightFallOff: true },
      ), 16), r,
    ]],
    singular: {
      'in the light': { pointLightPosition: [0.1, 0.2, 0], surfacePointPosition: [0.1, 0.2, 0] }, 'in the eye': { observationPoint: [0.1, 0.2, 0], surfacePointPosition: [0.1, 0.2, 0] },
      'all in one place': { pointLightPosition: [0, 0, 0], surfacePointPosition: [0, 0, 0], observationPoint: [0, 0, 0] }, 'light along the surface': { pointLightPosition: [1, 0, 0], surfacePointPosition: [0, 0, 0], surfacePointNormal: [0, 0, 1] },
    },
  },
};
