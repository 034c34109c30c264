import { describe, expect, it } from 'vitest';
import { countExit, countPlaywright, countVitest, judge, totalLine } from './counts.mjs';

describe('countVitest', () => {
  const file = (status, ...tests) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  it('adds up tests', () => {
    expect(countVitest({ ...report, testResults: [file('passed', 'passed'), file('failed', 'failed')] })).toEqual({ passed: 4, failed: 1, skipped: 3 });
  });
  it('counts a file that broke before its tests ran', () => {
    expect(countVitest({ ...report, testResults: [file('failed', 'failed'), file('failed')] }).failed).toBe(2);
  });
});

it('counts what Playwright reports, a flaky test and an error outside tests as failures', () => {
  expect(countPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

describe('judge', () => {
  const counts = (passed, failed) => ({ passed, failed, skipped: 0 });
  it('leaves a good end alone', () => {
    expect(judge(counts(3, 0), 0)).toEqual({ ...counts(3, 0), note: '' });
    expect(judge(countExit(0), 0).passed).toBe(1);
  });
  it.each([
    ['no report', undefined, 1, /before it could report/],
    ['no tests', counts(0, 0), 0, /ran no tests/],
    ['a bad end without a failed test', counts(3, 0), 1, /ended with 1 although/],
    ['a run that took too long', counts(3, 0), 'timeout', /took too long/],
    ['a run that took too long to report', undefined, 'timeout', /took too long/],
  ])('makes one failure of %s', (_, counted, status, note) => {
    const result = judge(counted, status);
    expect(result.failed).toBe(1);
    expect(result.note).toMatch(note);
  });
  it('keeps the number of failed tests', () => {
    expect(judge(counts(3, 2), 1).failed).toBe(2);
    expect(judge(countExit(2), 2).failed).toBe(1);
  });
});

it('ends with the plain total', () => {
  expect(totalLine([{ passed: 1, failed: 0, skipped: 2 }, { passed: 10, failed: 3, skipped: 0 }])).toBe('11 passed, 3 failed, 2 skipped');
  expect(totalLine([])).toBe('0 passed, 0 failed, 0 skipped');
});
