import { describe, expect, it } from 'vitest';
import { DEFAULT_POSE_SETTINGS } from '../../experiments/pose/settings';
import { fieldOfViewFromFocal, focalFromFieldOfView, inAPicture, ownImageTarget, pictureLightOf, type OwnImage } from './ownImage';

const picture: OwnImage = { name: 'a.png', width: 1024, height: 512, image: { width: 512, height: 256, data: new Uint8ClampedArray(4 * 512 * 256) }, focal: 900 };

describe('a picture of one’s own', () => {
  it('leaves place and light open: its camera stood anywhere', () => {
    expect(inAPicture(DEFAULT_POSE_SETTINGS, 'unknown')).toEqual({ unknowns: 'rotation+translation', unknownLight: true, target: DEFAULT_POSE_SETTINGS.target });
  });

  it('takes flat colours for flat, whatever light was set before', () => {
    const { target } = DEFAULT_POSE_SETTINGS;
    const shaded = { ...DEFAULT_POSE_SETTINGS, target: { ...target, light: { ...target.light, ambient: 0.35 } } };
    const sought = inAPicture(shaded, 'flat');
    expect(sought).toMatchObject({ unknowns: 'rotation+translation', unknownLight: false, target: { light: { ambient: 1 } } });
    expect(pictureLightOf({ ...shaded, ...sought })).toBe('flat');
  });

  it('scales the focal length with the picture and keeps the axis in its middle', () => {
    const target = ownImageTarget(picture, 2);
    expect(target).toMatchObject({ kind: 'image', camera: { fx: 450, fy: 450, cx: 256, cy: 128, width: 512, height: 256 } });
  });

  it('turns a field of view into a focal length and back', () => {
    expect(fieldOfViewFromFocal(focalFromFieldOfView(60, 1024), 1024)).toBeCloseTo(60, 10);
  });
});
