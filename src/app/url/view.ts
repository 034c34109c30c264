import type { LinkField } from './link';
import { BadValue, MAX_COORDINATE, readChoice, readFlag, readNumber, writeCoordinate } from './values';

// What a person chose to see in the 3D views, and how a link says it.

type Vector3 = readonly [number, number, number];

/** Where the free camera stands and what it looks to, in the frame and the units of the view. */
export interface Orbit {
  readonly eye: Vector3;
  readonly target: Vector3;
}

/** The pose lab's 3D view. */
export interface StageView {
  readonly mode: 'free' | 'camera';
  readonly hypotheses: 'axes' | 'shells' | 'hidden';
  readonly trail: boolean;
  /** Which pose the handles hold. */
  readonly handle: 'none' | 'truth' | 'estimate';
  /** The handles shift it and do not turn it. */
  readonly moves: boolean;
  /** The free camera, where a person has moved it. */
  readonly orbit?: Orbit;
}

export const DEFAULT_VIEW: StageView = { mode: 'free', hypotheses: 'axes', trail: true, handle: 'none', moves: false };

/** Digits of the free camera's place: a ten-thousandth of a view is less than a pixel. */
const ORBIT_DIGITS = 5;

export const writeOrbit = ({ eye, target }: Orbit): string => [...eye, ...target].map((x) => writeCoordinate(x, ORBIT_DIGITS)).join(',');

/** "ex,ey,ez,tx,ty,tz". @throws BadValue */
export function readOrbit(text: string): Orbit {
  const parts = text.split(',');
  if (parts.length !== 6) throw new BadValue('must be six numbers: where the view stands and what it looks to');
  const [ex, ey, ez, tx, ty, tz] = parts.map((part) => readNumber(part, -MAX_COORDINATE, MAX_COORDINATE));
  if (ex === tx && ey === ty && ez === tz) throw new BadValue('stands where it looks to');
  return { eye: [ex, ey, ez], target: [tx, ty, tz] };
}

/** The field of a page that has an orbit. */
export const orbitField = <S>(get: (state: S) => Orbit | undefined, set: (state: S, orbit: Orbit) => S): LinkField<S> => ({
  key: 'orbit',
  write: (state) => {
    const orbit = get(state);
    return orbit && writeOrbit(orbit);
  },
  read: (state, text) => set(state, readOrbit(text)),
});

interface WithView {
  readonly view: StageView;
}

const withView = <S extends WithView>(state: S, change: Partial<StageView>): S => ({ ...state, view: { ...state.view, ...change } });
const HANDLES_IN_LINKS = { target: 'truth', estimate: 'estimate' } as const;

/** The pose lab's view in its link; nothing of what is as by default. */
export const viewFieldsOf = <S extends WithView>(): readonly LinkField<S>[] => [
  {
    key: 'view',
    write: ({ view }) => (view.mode === DEFAULT_VIEW.mode ? undefined : view.mode),
    read: (state, text) => withView(state, { mode: readChoice(text, ['free', 'camera'] as const) }),
  },
  {
    key: 'shown',
    write: ({ view }) => (view.hypotheses === DEFAULT_VIEW.hypotheses ? undefined : view.hypotheses),
    read: (state, text) => withView(state, { hypotheses: readChoice(text, ['axes', 'shells', 'hidden'] as const) }),
  },
  {
    key: 'trail',
    write: ({ view }) => (view.trail === DEFAULT_VIEW.trail ? undefined : view.trail ? '1' : '0'),
    read: (state, text) => withView(state, { trail: readFlag(text) }),
  },
  {
    key: 'drag',
    write: ({ view }) => (view.handle === 'none' ? undefined : view.handle === 'truth' ? 'target' : 'estimate'),
    read: (state, text) => withView(state, { handle: HANDLES_IN_LINKS[readChoice(text, ['target', 'estimate'] as const)] }),
  },
  {
    key: 'move',
    write: ({ view }) => (view.moves === DEFAULT_VIEW.moves ? undefined : '1'),
    read: (state, text) => withView(state, { moves: readFlag(text) }),
  },
  orbitField((state) => state.view.orbit, (state, orbit) => withView(state, { orbit })),
];
