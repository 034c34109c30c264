import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../graphics/tf';
import { createRandom } from '../../../scene/random';
import { randomRotation } from '../../../scene/so3Grid';
import { geodesicAngle, quaternionFromMatrix, quaternionToMatrix } from '../../../scene/rotation';
import type { Pose } from '../../../scene/pose';
import { poseCamera } from '../camera';
import { projectVertices } from '../decoder';
import { createDecoderMesh } from '../decoderMesh';
import { placeAt } from '../parameters';
import { BACKGROUND } from '../target';
import { broadcastMatMul } from '../../../graphics/kernels/broadcastMatMul/broadcastMatMul';
import { clipMatrix, drawPoses, rotationFromColumns, translationFromPlacement, turnTowards, windowMatrix } from './drawing';
import { rotationFromSix, translationInFrame } from './guesses';
import { columnsOf } from './network';
import { encoderTangent } from './poseEncoder';
import { silhouetteWindows } from './silhouetteWindow';
import { cubeObject } from './testing/tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const random = createRandom(11);
const rotations = Array.from({ length: 6 }, () => randomRotation(random));
const transposed = (t: tf.Tensor3D, b: number) => {
  const m = Array.from(t.dataSync()).slice(9 * b, 9 * b + 9);
  return quaternionFromMatrix([m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]]);
};

describe('rotations from two columns', () => {
  it('gives back the rotation, whatever the columns\' lengths', () => {
    const columns = rotations.map((q) => columnsOf(q).map((x, i) => x * (i < 3 ? 2 : 0.5)));
    const result = rotationFromColumns(tf.tensor2d(columns));
    rotations.forEach((q, b) => {
      expect(geodesicAngle(transposed(result, b), q)).toBeLessThan(1e-3);
      expect(geodesicAngle(rotationFromSix(columns[b]), q)).toBeLessThan(1e-6);
    });
  });

  it('has finite gradients where the columns are parallel or zero', () => {
    const gradient = tf.grad((c) => tf.sum(tf.square(rotationFromColumns(c as tf.Tensor2D))))(tf.tensor2d([[1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0]]));
    expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
  });
});

describe('placing', () => {
  it('says the same on the device as in numbers', () => {
    const tangent = encoderTangent();
    const placement = [0.3, -0.2, 0.1];
    const camera = poseCamera(1, 64);
    const translation = translationFromPlacement(tf.tensor2d([placement]), 4, tangent);
    translationInFrame(placement, { camera, standardDepth: 4, tangent }).forEach((x, i) => expect(translation.dataSync()[i]).toBeCloseTo(x, 5));
    const turned = turnTowards(rotationFromColumns(tf.tensor2d([columnsOf(rotations[0])])), translation);
    const [x, y, z] = translation.dataSync();
    const expected = placeAt({ rotation: rotations[0], translation: [0, 0, -1] }, [x, y, z]);
    expect(geodesicAngle(transposed(turned, 0), expected.rotation)).toBeLessThan(1e-3);
  });

  it('takes a picture of another focal length and principal point for what it is', () => {
    const tangent = encoderTangent();
    const camera = { ...poseCamera(1, 64), fx: 200, fy: 200, cx: 40, cy: 30 };
    const [x, y, z] = translationInFrame([0.5, 0.25, 0], { camera, standardDepth: 4, tangent });
    // The same place in the picture, and the same size: depth grows with the focal length.
    expect((x / -z) * 200 + 40).toBeCloseTo(48, 6);
    expect((-y / -z) * 200 + 30).toBeCloseTo(24, 6);
    expect(-z).toBeCloseTo(4 * (200 * tangent) / 32, 6);
  });
});

describe('drawing', () => {
  const poses = rotations.map((rotation, i): Pose => placeAt({ rotation, translation: [0, 0, -1] }, [0.04 * i - 0.1, 0.03 * i, -6]));
  const matrices = () => {
    const m = poses.map((pose) => quaternionToMatrix(pose.rotation));
    return {
      rotationTransposed: tf.tensor3d(m.flatMap((r) => [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]]), [poses.length, 3, 3]),
      translation: tf.tensor2d(poses.map((pose) => [...pose.translation])),
    };
  };

  it('projects vertices as the decoder does', () => {
    const mesh = createDecoderMesh(cubeObject().mesh, BACKGROUND);
    const camera = poseCamera(1, 32);
    const difference = tf.sub(broadcastMatMul(mesh.points, clipMatrix(matrices(), camera)), projectVertices(mesh, poses, camera));
    expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('fills a silhouette\'s window with the object, wherever it stands', () => {
    const mesh = createDecoderMesh(cubeObject().mesh, BACKGROUND);
    const camera = poseCamera(1, 48);
    const clip = clipMatrix(matrices(), camera);
    const coverageOf = (image: tf.Tensor4D) => tf.squeeze<tf.Tensor3D>(tf.slice(image, [0, 0, 0, 3], [-1, -1, -1, 1]), [3]);
    const windows = silhouetteWindows(coverageOf(drawPoses(mesh, clip, camera)));
    const within = drawPoses(mesh, tf.matMul(clip, windowMatrix(windows)) as tf.Tensor3D, { height: 32, width: 32 });
    const again = silhouetteWindows(coverageOf(within)).arraySync();
    again.forEach(([x, y, half]) => {
      expect(Math.abs(x)).toBeLessThan(0.05);
      expect(Math.abs(y)).toBeLessThan(0.05);
      expect(half).toBeCloseTo(1, 1);
    });
  });

  it('measures an empty picture without NaN', () => {
    expect(silhouetteWindows(tf.zeros([1, 8, 8])).arraySync()[0].every(Number.isFinite)).toBe(true);
  });
});
