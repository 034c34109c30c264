import { useEffect } from 'react';

const TYPING = new Set(['INPUT', 'SELECT', 'TEXTAREA']);

/** Whether a key belongs to the element that has the focus, and not to the page. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  // Brackets need AltGr on many keyboards, which passes for Ctrl and Alt.
  if (event.defaultPrevented || ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph'))) return true;
  if (document.querySelector('dialog[open]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  // A slider wants its arrows alone.
  if (target instanceof HTMLInputElement && target.type === 'range') return event.key.startsWith('Arrow');
  if (TYPING.has(target.tagName) || target.isContentEditable) return true;
  // A focused button or summary is pressed by Space itself; the 3D view turns with the arrows.
  if (event.key === ' ') return target.closest('button, summary, a, [role="button"]') !== null;
  return event.key.startsWith('Arrow') && target.closest('[data-owns-arrows]') !== null;
}

/** What the keys steer. */
export interface Playable {
  readonly playing: boolean;
  play(): void;
  pause(): void;
  step(): void;
  stepBack(): void;
  reset(): void;
  /** To the end of the epoch after, or before, where there are epochs. */
  seekEpoch?(by: 1 | -1): void;
}

/** The page's keys: Space, → and ←, R and ?, and [ and ] where there are epochs. */
export function usePageKeys(run: Playable, onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const action = {
        ' ': () => (run.playing ? run.pause() : run.play()),
        ArrowRight: () => run.step(),
        ArrowLeft: () => run.stepBack(),
        r: () => run.reset(),
        R: () => run.reset(),
        '?': onHelp,
        ...(run.seekEpoch && { '[': () => run.seekEpoch?.(-1), ']': () => run.seekEpoch?.(1) }),
      }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [run, onHelp]);
}
