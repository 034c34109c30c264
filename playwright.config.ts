import { defineConfig } from '@playwright/test';
// @ts-expect-error a plain script without types
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';

// Journeys through the built site. e2e/server.ts serves dist/ from a sub-folder, so that an address that is not relative shows.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/server.ts',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    trace: 'off',
    launchOptions: { executablePath: await findChromium(), args: CHROMIUM_FLAGS },
  },
});
