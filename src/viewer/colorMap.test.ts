import { describe, expect, it } from 'vitest';
import { stepColor, viridis } from './colorMap';
import { srgbToLinear } from '../scene/srgb';
import { THEMES } from './theme';

const luminance = ([r, g, b]: readonly number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const hexLuminance = (hex: number) => luminance([hex >> 16, (hex >> 8) & 255, hex & 255].map((c) => srgbToLinear(c / 255)));

describe('colours', () => {
  it('takes viridis from its published ends, and clamps', () => {
    expect(viridis(-1).map((c) => Math.round(255 * c))).toEqual([0x44, 0x01, 0x54]);
    expect(viridis(2).map((c) => Math.round(255 * c))).toEqual([0xfd, 0xe7, 0x25]);
  });
  it.each(['light', 'dark'] as const)('brightens step by step, apart from the %s background', (name) => {
    const steps = Array.from({ length: 20 }, (_, i) => luminance(stepColor(i, 20, THEMES[name].trail)));
    steps.slice(1).forEach((l, i) => expect(l).toBeGreaterThan(steps[i]));
    const ground = hexLuminance(THEMES[name].background);
    for (const l of steps) expect((Math.max(l, ground) + 0.05) / (Math.min(l, ground) + 0.05)).toBeGreaterThan(1.7);
  });
  it.each(['light', 'dark'] as const)('keeps axes and frustum at 3 : 1 on the %s background', (name) => {
    const { background, axes, frustum } = THEMES[name];
    const ground = hexLuminance(background);
    for (const hex of [...axes, frustum]) {
      const l = hexLuminance(hex);
      expect((Math.max(l, ground) + 0.05) / (Math.min(l, ground) + 0.05)).toBeGreaterThanOrEqual(3);
    }
  });
});
