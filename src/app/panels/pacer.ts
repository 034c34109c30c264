/** What a pacer needs of the browser; another clock in tests. */
export interface Clock {
  now(): number;
  /** Calls back with the next frame, `ms` from now at the earliest. Returns the way to call it off. */
  later(callback: () => void, ms: number): () => void;
}

const browserClock: Clock = {
  now: () => performance.now(),
  later(callback, ms) {
    let frame = 0;
    const timer = setTimeout(() => { frame = requestAnimationFrame(callback); }, ms);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  },
};

/** Drawing takes at most this share of the page's thread … */
const SHARE = 1 / 8;
/** … but is never put off for longer, milliseconds. */
const LONGEST_WAIT = 250;

/** Draws when asked: once a frame where that is cheap, four times a second under load, so that input comes between. The last wish is always drawn. */
export function createPacer(draw: () => void, clock: Clock = browserClock) {
  let callOff: (() => void) | undefined;
  let freeAt = -Infinity;
  const go = () => {
    callOff = undefined;
    const begun = clock.now();
    draw();
    const ended = clock.now();
    freeAt = ended + Math.min(LONGEST_WAIT, (ended - begun) * (1 / SHARE - 1));
  };
  return {
    ask(): void {
      callOff ??= clock.later(go, Math.max(0, freeAt - clock.now()));
    },
    end(): void {
      callOff?.();
      callOff = () => undefined;
    },
  };
}
