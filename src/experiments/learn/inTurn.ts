/** Runs asynchronous work one after the other: nothing is looked at while it is half changed. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    // The next one runs whether or not this one could be done; who asked for it hears why not.
    last = next.catch(() => undefined);
    return next;
  };
}
