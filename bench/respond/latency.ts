/** How one input was answered, milliseconds since it was made. */
export interface Answered {
  /** The page's handlers have run. */
  readonly handled: number;
  /** A frame that shows the answer has been drawn. */
  readonly drawn: number;
}

/** Makes inputs on a thread of its own, which no busy page delays: each message says when, on the clock that both threads share. */
const TICKER = `
let left = 0;
const tick = () => {
  if (left-- <= 0) return;
  postMessage(performance.timeOrigin + performance.now());
  setTimeout(tick, self.every);
};
onmessage = ({ data }) => { left = data.count; self.every = data.every; tick(); };
`;

const now = () => performance.timeOrigin + performance.now();

/** Resolves when the next frame has been drawn: messages come after the frame that was asked for before them. */
const frame = () => new Promise<void>((resolve) => {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
});

/** Inputs answered, and what kept the page's own thread meanwhile. */
export interface Timing {
  readonly answers: readonly Answered[];
  /** Tasks of the page's thread that took longer than 50 ms, milliseconds each, as the browser's Long Tasks API reports them. */
  readonly longTasks: readonly number[];
}

/**
 * Times how the page answers `count` inputs that come every `everyMs`, whatever the page is doing then. A message from another thread queues as
 * an input does, and browsers let inputs pass before messages: a person waits no longer than this.
 * @param input does to the page what the input would; the index tells them apart.
 */
export async function timeInputs(input: (index: number) => void, count: number, everyMs: number): Promise<Timing> {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const worker = new Worker(URL.createObjectURL(new Blob([TICKER], { type: 'text/javascript' })));
  const answers: Promise<Answered>[] = [];
  await new Promise<void>((resolve) => {
    worker.onmessage = ({ data: made }: MessageEvent<number>) => {
      input(answers.length);
      const handled = now() - made;
      answers.push(frame().then(() => ({ handled, drawn: now() - made })));
      if (answers.length === count) resolve();
    };
    worker.postMessage({ count, every: everyMs });
  });
  worker.terminate();
  const timed = await Promise.all(answers);
  observer.disconnect();
  return { answers: timed, longTasks };
}
