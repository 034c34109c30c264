import type { PointLevelPlan } from '../../../scene/pointHierarchy';

/** One radius for each level, or several. */
export type GroupingScales = 'single' | 'multi';

interface Group { readonly radius: number; readonly k: number; readonly channels: readonly number[] }

/**
 * The two levels of the paper's classifiers, in clouds of radius 1: supplementary material B.1 for one scale and for several, and the number of neighbours
 * of the authors' program. The share is of the cloud's points: 512 and 128 of 1024.
 */
const LEVELS: { readonly [scales in GroupingScales]: readonly { readonly share: number; readonly groups: readonly Group[] }[] } = {
  single: [
    { share: 1 / 2, groups: [{ radius: 0.2, k: 32, channels: [64, 64, 128] }] },
    { share: 1 / 8, groups: [{ radius: 0.4, k: 64, channels: [128, 128, 256] }] },
  ],
  multi: [
    {
      share: 1 / 2, groups: [
        { radius: 0.1, k: 16, channels: [32, 32, 64] }, { radius: 0.2, k: 32, channels: [64, 64, 128] }, { radius: 0.4, k: 128, channels: [64, 96, 128] },
      ],
    },
    {
      share: 1 / 8, groups: [
        { radius: 0.2, k: 32, channels: [64, 64, 128] }, { radius: 0.4, k: 64, channels: [128, 128, 256] }, { radius: 0.8, k: 128, channels: [128, 128, 256] },
      ],
    },
  ],
};

/** Points of a cloud for which the radii are meant: sparser ones get larger radii, so that a surface has as many points within them. */
const POINTS_OF_RADII = 1024;

/** Sources of each interpolated feature, as in the paper. */
const INTERPOLATED_FROM = 3;

/** Widths of each level's scales. */
export const abstractionChannels = (scales: GroupingScales): readonly (readonly (readonly number[])[])[] =>
  LEVELS[scales].map(({ groups }) => groups.map(({ channels }) => channels));

/** The hierarchy that PointNet++ needs of clouds of `count` points. */
export function pointNet2Plan(count: number, scales: GroupingScales, interpolates: boolean): readonly PointLevelPlan[] {
  const wider = Math.sqrt(Math.max(1, POINTS_OF_RADII / Math.max(1, count)));
  return LEVELS[scales].map(({ share, groups }) => ({
    sampling: { method: 'farthest', count: Math.max(1, Math.ceil(share * count)) },
    groups: groups.map(({ radius, k }) => ({ radius: radius * wider, k })),
    interpolation: interpolates ? { k: INTERPOLATED_FROM } : undefined,
  }));
}
