import { expect, it } from 'vitest';
import { probeCapabilities } from './capability';

it('says in words that WebGL2 is missing, where it is', () => {
  const { usable, webgl2, maxTextureSize, missing } = probeCapabilities(() => undefined);
  expect({ usable, webgl2, maxTextureSize }).toEqual({ usable: false, webgl2: false, maxTextureSize: 0 });
  expect(missing).toHaveLength(1);
  expect(missing[0]).toContain('no WebGL2');
});
