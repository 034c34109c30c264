import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { PREBUNDLED } from './vite.config';
// @ts-expect-error a plain script without types
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';

// *.test.ts runs in Node on the cpu backend; *.webgl.test.ts in Chromium on the webgl backend.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}', 'bench/**/*.test.ts'],
          exclude: ['**/*.webgl.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // TensorFlow.js ships ES modules under names that Node alone cannot resolve.
          server: { deps: { inline: [/@tensorflow/] } },
        },
      },
      {
        optimizeDeps: { include: PREBUNDLED },
        test: {
          name: 'webgl',
          include: ['src/**/*.webgl.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: await findChromium(), args: CHROMIUM_FLAGS } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
