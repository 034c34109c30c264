import { describe, expect, it } from 'vitest';
import type { LoadedObject } from '../../workers/meshApi';
import { ObjectLoader } from './objectLoader';

const objectNamed = (title: string) => ({ title }) as LoadedObject;

/** Loads that end when the test says so. */
function setUp() {
  const loads: { resolve(loaded: LoadedObject): void; reject(error: Error): void; cancelled: boolean; say(label: string): void }[] = [];
  const loader = new ObjectLoader((_, onProgress) => {
    const { promise, resolve, reject } = deferred();
    const load = { resolve, reject, cancelled: false, say: (label: string) => onProgress(label) };
    loads.push(load);
    return { result: promise, cancel: () => { load.cancelled = true; } };
  });
  return { loader, loads };
}

function deferred() {
  let resolve: (loaded: LoadedObject) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<LoadedObject>((yes, no) => { [resolve, reject] = [yes, no]; });
  return { promise, resolve, reject };
}

const source = { kind: 'url', url: 'https://example.org/a.ply' } as const;

describe('ObjectLoader', () => {
  it('tells what it waits for, then what came', async () => {
    const { loader, loads } = setUp();
    const coming = loader.load(source);
    loads[0].say('Fetching a.ply');
    expect(loader.state.get().loading?.label).toBe('Fetching a.ply');
    loads[0].resolve(objectNamed('a'));
    expect((await coming)?.title).toBe('a');
    expect(loader.state.get()).toEqual({ loaded: objectNamed('a') });
  });

  it('keeps the object before where a load fails or is cancelled', async () => {
    const { loader, loads } = setUp();
    const first = loader.load(source);
    loads[0].resolve(objectNamed('a'));
    await first;
    const second = loader.load(source);
    loads[1].reject(new Error('broken'));
    await expect(second).rejects.toThrow('broken');
    void loader.load(source);
    expect(loader.cancel()).toBe(true);
    expect(loads[2].cancelled).toBe(true);
    expect(loader.state.get()).toEqual({ loaded: objectNamed('a'), loading: undefined });
    expect(loader.cancel()).toBe(false);
  });

  it('lets the last of several loads win', async () => {
    const { loader, loads } = setUp();
    const first = loader.load(source);
    const second = loader.load(source);
    expect(loads[0].cancelled).toBe(true);
    loads[0].resolve(objectNamed('a'));
    loads[1].resolve(objectNamed('b'));
    expect(await first).toBeUndefined();
    expect((await second)?.title).toBe('b');
  });
});
