import type { BenchContext, BenchResult } from './types';

/** What the command sends to the page. */
export interface BenchRequest {
  readonly name: string;
  readonly backend: 'cpu' | 'webgl';
  readonly seed: number;
  readonly trials?: number;
  readonly resume: boolean;
  /** As parsed from the command line. */
  readonly options: Readonly<Record<string, string | true>>;
  /** Folder of this bench's checkpoints and of the shared inputs, and the address that reads and writes files. */
  readonly checkpoints: string;
  readonly sharedData: string;
  readonly filesUrl: string;
}

/** The page's ends of the lines to the terminal. */
export interface BenchLines {
  log(line: string): void;
  partial(result: BenchResult): Promise<void>;
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`--${name} takes numbers, not "${text}".`);
  return value;
}

async function access(url: string, path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`${url}?path=${encodeURIComponent(path)}`, init);
  if (!response.ok && response.status !== 404) throw new Error(await response.text());
  return response;
}

/** A bench's view of its command line and of the files it may touch. */
export function createContext(request: BenchRequest, lines: BenchLines): BenchContext {
  const { options, filesUrl, checkpoints } = request;
  const given = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const response = await access(filesUrl, path);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  };
  const write = async (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    await access(filesUrl, path, { method: 'PUT', body: bytes });
  };
  function text(name: string): string | undefined;
  function text(name: string, fallback: string): string;
  function text(name: string, fallback?: string): string | undefined {
    return given(name) ?? fallback;
  }
  function number(name: string): number | undefined;
  function number(name: string, fallback: number): number;
  function number(name: string, fallback?: number): number | undefined {
    const value = given(name);
    return value === undefined ? fallback : toNumber(name, value);
  }
  return {
    name: request.name,
    backend: request.backend,
    seed: request.seed,
    trials: request.trials,
    resume: request.resume,
    out: given('out'),
    text,
    number,
    numbers: (name, fallback) => given(name)?.split(',').map((part) => toNumber(name, part)) ?? fallback,
    flag: (name) => options[name] === true,
    log: lines.log,
    partial: lines.partial,
    sharedFile: (name) => `${request.sharedData}/${name}`,
    readFile: async (path) => {
      const bytes = await read(path);
      if (!bytes) throw new Error(`There is no file "${path}".`);
      return bytes;
    },
    listFiles: async (folder) => {
      const response = await fetch(`${filesUrl}?list&path=${encodeURIComponent(folder)}`);
      if (!response.ok && response.status !== 404) throw new Error(await response.text());
      return response.ok ? await response.json() as string[] : undefined;
    },
    writeFile: write,
    loadCheckpoint: (name) => read(`${checkpoints}/${name}`),
    saveCheckpoint: (name, bytes) => write(`${checkpoints}/${name}`, bytes),
  };
}
