import { defineConfig, type Plugin } from 'vite';
import react from '@vitejs/plugin-react';
// @ts-expect-error a plain script without types
import { CONTENT_SECURITY_POLICY } from './scripts/build/policy.mjs';

/** Writes the policy into the built page, so that every static host serves it. The dev server needs inline scripts and goes without. */
const contentSecurityPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [{
    tag: 'meta', injectTo: 'head-prepend',
    attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
  }],
});

/** Bundled when a dev server starts. Found only later, inside a worker or a test, they would make the page load again. */
export const PREBUNDLED = [
  '@tensorflow/tfjs-core', '@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs-backend-webgl', '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-layers/dist/index', 'comlink', 'meshoptimizer',
];

export default defineConfig({
  base: './',
  // bench/page.html is another build's, and must not be looked into.
  optimizeDeps: { entries: ['index.html'], include: PREBUNDLED },
  plugins: [react(), contentSecurityPolicy()],
  // Licences are gathered in one file, instead of nearly a thousand times in each worker.
  worker: { format: 'es', rolldownOptions: { output: { comments: { legal: false } } } },
  build: { license: { fileName: 'licenses.md' }, target: 'es2022', chunkSizeWarningLimit: 1500, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
