import { expect, it } from 'vitest';
import { probeCapabilities } from './capability';

it('finds what the renderer needs', () => {
  const found = probeCapabilities();
  expect(found).toMatchObject({ usable: true, webgl2: true, colorBufferFloat: true, float32Rendering: true });
  expect(found.maxTextureSize).toBeGreaterThanOrEqual(4096);
  expect(found.missing.some((sentence) => sentence.includes('software'))).toBe(found.software);
});

/** A canvas whose context hides some extensions. */
function canvasWithout(...hidden: string[]): OffscreenCanvas {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2')!;
  const getExtension = gl.getExtension.bind(gl);
  gl.getExtension = ((name: string) => (hidden.includes(name) ? null : getExtension(name))) as typeof gl.getExtension;
  return canvas;
}

it('names float targets as missing and is not usable without them', () => {
  const found = probeCapabilities(() => canvasWithout('EXT_color_buffer_float'));
  expect(found).toMatchObject({ usable: false, colorBufferFloat: false, float32Rendering: false });
  expect(found.missing.join()).toContain('EXT_color_buffer_float');
});

it('is usable without float blending, and says so', () => {
  const found = probeCapabilities(() => canvasWithout('EXT_float_blend'));
  expect(found).toMatchObject({ usable: true, floatBlend: false });
  expect(found.missing.join()).toContain('EXT_float_blend');
});
