/** Draws when asked, once a frame at most. */
export interface RenderLoop {
  /** Asks for a frame. */
  invalidate(): void;
  dispose(): void;
}

/** @param draw draws a frame at a time in milliseconds; true asks for another one. */
export function createRenderLoop(draw: (now: number) => boolean): RenderLoop {
  let pending = 0;
  const frame = (now: number) => {
    pending = 0;
    if (draw(now)) invalidate();
  };
  const invalidate = () => {
    pending ||= requestAnimationFrame(frame);
  };
  return {
    invalidate,
    dispose() {
      cancelAnimationFrame(pending);
      // No frame is asked for any more.
      pending = -1;
    },
  };
}
