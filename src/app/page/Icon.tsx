const PATHS = {
  reset: 'M3.5 8a4.5 4.5 0 1 0 1.4-3.3M3.2 2.6v2.8H6',
  play: 'M5 3.2v9.6l7.6-4.8z',
  pause: 'M4.5 3.5h2.4v9H4.5zM9.1 3.5h2.4v9H9.1z',
  step: 'M4 3.6v8.8L10.4 8zM11.6 3.6h1.6v8.8h-1.6z',
  back: 'M12 3.6v8.8L5.6 8zM2.8 3.6h1.6v8.8H2.8z',
  link: 'M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.7.7M9.3 6.7a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.7-.7',
  help: 'M6.2 6.2a1.8 1.8 0 1 1 2.7 1.6c-.6.4-.9.7-.9 1.4M8 11.4v.1M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4z',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  close: 'M4 4l8 8M12 4l-8 8',
  dice: 'M3 3h10v10H3zM5.8 5.8v.1M10.2 5.8v.1M8 8v.1M5.8 10.2v.1M10.2 10.2v.1',
} as const;

const SOLID = new Set<string>(['play', 'pause', 'step', 'back']);

/** A small picture beside a word; never the only thing that says what a control does. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return <svg className={SOLID.has(name) ? 'icon icon--solid' : 'icon'} viewBox="0 0 16 16" aria-hidden="true"><path d={PATHS[name]} /></svg>;
}
