import { describe, expect, it } from 'vitest';
import { fieldOfViewFromFocal, focalFromFieldOfView, IN_A_PICTURE, ownImageTarget, type OwnImage } from './ownImage';

const picture: OwnImage = { name: 'a.png', width: 1024, height: 512, image: { width: 512, height: 256, data: new Uint8ClampedArray(4 * 512 * 256) }, focal: 900 };

describe('a picture of one’s own', () => {
  it('leaves place and light open: its camera stood anywhere', () => {
    expect(IN_A_PICTURE).toEqual({ unknowns: 'rotation+translation', unknownLight: true });
  });

  it('scales the focal length with the picture and keeps the axis in its middle', () => {
    const target = ownImageTarget(picture, 2);
    expect(target).toMatchObject({ kind: 'image', camera: { fx: 450, fy: 450, cx: 256, cy: 128, width: 512, height: 256 } });
  });

  it('turns a field of view into a focal length and back', () => {
    expect(fieldOfViewFromFocal(focalFromFieldOfView(60, 1024), 1024)).toBeCloseTo(60, 10);
  });
});
