import type { LinkField } from './link';
import type { EditAt, PageState } from './pageState';
import { BadValue, readInteger, readPose, writePose } from './values';

/** The steps that a link may name. */
export const STEPS = { min: 0, max: 100_000, step: 1 } as const;

/** Edits that a link carries: some sixty characters each, a hundred at most, so that all of them fit into it. */
export const MAX_EDITS = 256;

/** What a link says of a run that was edited more often than it can carry: the first edits, as far as the last of them. */
export interface LinkedEdits {
  readonly edits: readonly EditAt[];
  /** Edits that are not in it. */
  readonly left: number;
}

/** A later edit needs all those before it, so the first ones are kept. */
export const linkedEdits = (edits: readonly EditAt[]): LinkedEdits => ({ edits: edits.slice(0, MAX_EDITS), left: Math.max(0, edits.length - MAX_EDITS) });

/** "step:pose;step:pose…", in the order of the steps. */
export const editsField: LinkField<PageState> = {
  key: 'edits',
  write: ({ edits }) => (edits.length ? linkedEdits(edits).edits.map(({ step, pose }) => `${step}:${writePose(pose)}`).join(';') : undefined),
  read: (state, text) => {
    const parts = text.split(';');
    if (parts.length > MAX_EDITS) throw new BadValue(`has more than ${MAX_EDITS} entries`);
    const edits = parts.map((part) => {
      const colon = part.indexOf(':');
      if (colon < 0) throw new BadValue('must be entries of the form step:pose');
      return { step: readInteger(part.slice(0, colon), STEPS.min, STEPS.max), pose: readPose(part.slice(colon + 1)) };
    });
    if (edits.some((edit, i) => i > 0 && edit.step <= edits[i - 1].step)) throw new BadValue('must be in the order of their steps');
    return { ...state, edits };
  },
};
