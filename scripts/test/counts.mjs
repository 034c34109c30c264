// How many tests passed, failed and were skipped, from what Vitest and Playwright wrote.

/** One test of its own: types, lint, build. */
export const countExit = (status) => (status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });

/** From Vitest's JSON reporter. A file that failed before its tests ran counts as one failure. */
export function countVitest(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests + report.numTodoTests };
}

/** From Playwright's JSON reporter. An error outside any test counts as one failure. */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * A part's counts with what its exit status says: no tests, or a bad end without a failed test, is a failure, with its reason.
 * @returns {{ passed: number, failed: number, skipped: number, note: string }}
 */
export function judge(counts, status) {
  if (!counts) return { passed: 0, failed: 1, skipped: 0, note: status === 'timeout' ? 'took too long and was stopped' : `ended with ${status} before it could report` };
  if (counts.failed > 0) return { ...counts, note: 'failed' };
  if (status === 'timeout') return { ...counts, failed: 1, note: 'took too long and was stopped' };
  if (counts.passed === 0) return { ...counts, failed: 1, note: 'ran no tests' };
  if (status !== 0) return { ...counts, failed: 1, note: `ended with ${status} although no test failed` };
  return { ...counts, note: '' };
}

export const totalLine = (results) => {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
};
