// What every journey uses instead of Playwright's own `test`: any complaint of the page fails the journey.
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/** Errors on the console, uncaught exceptions and violations of the Content-Security-Policy, as they happened. */
export interface Complaints {
  /** Every complaint so far. */
  readonly seen: readonly string[];
  /** Lets those that match pass: a journey that provokes an error says which. */
  allow(pattern: RegExp): void;
}

async function listen(page: Page, report: (complaint: string) => void): Promise<void> {
  page.on('console', (message) => { if (message.type() === 'error') report(`console: ${message.text()}`); });
  page.on('pageerror', (error) => report(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => report('the page crashed'));
  await page.exposeFunction('reportViolation', (what: string) => report(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation(what: string): void };
      reportViolation(`${event.violatedDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
    });
  });
}

export const test = base.extend<{ complaints: Complaints }>({
  baseURL: async ({}, use) => {
    await use(process.env.SITE_URL);
  },
  complaints: [async ({ page }, use) => {
    const seen: string[] = [];
    const allowed: RegExp[] = [];
    await listen(page, (complaint) => void seen.push(complaint));
    await use({ seen, allow: (pattern) => void allowed.push(pattern) });
    expect(seen.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint))), 'complaints of the page').toEqual([]);
  }, { auto: true }],
});
