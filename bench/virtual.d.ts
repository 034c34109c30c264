/** The bench that was asked for; scripts/bench/build.mjs resolves it. */
declare module 'virtual:bench' {
  export const run: import('./types').Bench['run'];
}
