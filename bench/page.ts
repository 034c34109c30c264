// Runs in headless Chromium: takes the command's request, chooses the backend, runs the bench.
import { run } from 'virtual:bench';
import * as tf from '../src/graphics/tf';
import { createContext, type BenchRequest } from './context';
import { describeMachine } from './machine';
import type { BenchResult } from './types';

declare global {
  // The names under which scripts/bench/main.mjs and this page know each other.
  var benchLog: (line: string) => Promise<void>;
  var benchPartial: (result: object) => Promise<void>;
  var runBench: (request: BenchRequest) => Promise<object>;
}

globalThis.runBench = async (request) => {
  if (!(await tf.setBackend(request.backend))) throw new Error(`TensorFlow.js has no ${request.backend} backend here.`);
  await tf.ready();
  const complete = (result: BenchResult) => ({
    bench: request.name, seed: request.seed, ...result, settings: { backend: request.backend, ...result.settings }, machine: describeMachine(),
  });
  const context = createContext(request, {
    log: (line) => void globalThis.benchLog(line),
    partial: (result) => globalThis.benchPartial(complete(result)),
  });
  return complete(await run(context));
};
