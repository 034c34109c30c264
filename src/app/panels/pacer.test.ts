import { describe, expect, it } from 'vitest';
import { createPacer } from './pacer';

/** A clock that moves when told, and by `cost` for each drawing. */
function setUp(cost: number) {
  let now = 0;
  let waiting: { readonly at: number; readonly callback: () => void } | undefined;
  const drawn: number[] = [];
  const pacer = createPacer(() => {
    drawn.push(now);
    now += cost;
  }, {
    now: () => now,
    later(callback, ms) {
      waiting = { at: now + ms, callback };
      return () => { waiting = undefined; };
    },
  });
  const pass = (ms: number) => {
    for (const end = now + ms; now < end;) {
      now++;
      const due = waiting;
      if (!due || now < due.at) continue;
      waiting = undefined;
      due.callback();
    }
  };
  return { pacer, drawn, pass };
}

describe('createPacer', () => {
  it('draws cheap things as often as asked', () => {
    const { pacer, drawn, pass } = setUp(1);
    for (let i = 0; i < 10; i++) {
      pacer.ask();
      pass(16);
    }
    expect(drawn).toHaveLength(10);
  });

  it('draws dear things seldom, but four times a second, and the last wish always', () => {
    const { pacer, drawn, pass } = setUp(100);
    for (let i = 0; i < 100; i++) {
      pacer.ask();
      pass(16);
    }
    pass(400);
    const gaps = drawn.slice(1).map((at, i) => at - drawn[i]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(350);
    expect(Math.max(...gaps)).toBeLessThan(400);
    const last = drawn.length;
    pass(1000);
    expect(drawn, 'nobody asked').toHaveLength(last);
  });

  it('draws no more once it has ended', () => {
    const { pacer, drawn, pass } = setUp(1);
    pacer.ask();
    pacer.end();
    pacer.ask();
    pass(1000);
    expect(drawn).toEqual([]);
  });
});
