import { afterEach, describe, expect, it, vi } from 'vitest';
import { createContext, type BenchRequest } from './context';

const request: BenchRequest = {
  name: 'pose', backend: 'cpu', seed: 7, resume: false, options: { object: 'cube', n: '12', sizes: '64,128', fast: true, out: 'there' },
  checkpoints: '/checkpoints', sharedData: '/data', filesUrl: 'http://127.0.0.1:1/token/__file',
};
const lines = { log: () => {}, partial: async () => {} };

afterEach(() => vi.unstubAllGlobals());

describe('the command line', () => {
  const context = createContext(request, lines);
  it('gives words, numbers, lists and switches', () => {
    expect(context.text('object')).toBe('cube');
    expect(context.text('mesh')).toBeUndefined();
    expect(context.text('mesh', 'spot')).toBe('spot');
    expect(context.number('n', 3)).toBe(12);
    expect(context.number('m', 3)).toBe(3);
    expect(context.numbers('sizes', [])).toEqual([64, 128]);
    expect(context.numbers('faces', [1])).toEqual([1]);
    expect([context.flag('fast'), context.flag('slow')]).toEqual([true, false]);
    expect([context.out, context.trials, context.seed]).toEqual(['there', undefined, 7]);
  });
  it('refuses a number that is none', () => {
    expect(() => context.number('object', 1)).toThrow('--object takes numbers, not "cube".');
    const empty = createContext({ ...request, options: { sizes: '64,' } }, lines);
    expect(() => empty.numbers('sizes', [])).toThrow('--sizes takes numbers');
  });
});

describe('files', () => {
  const stub = (status: number, body: string) => {
    const asked = vi.fn(async () => new Response(status === 204 ? null : body, { status }));
    vi.stubGlobal('fetch', asked);
    return asked;
  };
  const context = createContext(request, lines);
  it('reads through the command, and passes its refusal on', async () => {
    const asked = stub(200, 'abc');
    expect(await context.readFile(context.sharedFile('meshes/a b.obj'))).toEqual(new Uint8Array([97, 98, 99]));
    expect(asked).toHaveBeenCalledWith(`${request.filesUrl}?path=%2Fdata%2Fmeshes%2Fa%20b.obj`, undefined);
    stub(403, 'A bench may not read it');
    await expect(context.readFile('x')).rejects.toThrow('A bench may not read it');
    stub(404, '');
    await expect(context.readFile('x')).rejects.toThrow('There is no file "x".');
  });
  it('lists folders, and has no list of one that is not there', async () => {
    const asked = stub(200, '["a/1.pcd","b/2.pcd"]');
    expect(await context.listFiles('some data')).toEqual(['a/1.pcd', 'b/2.pcd']);
    expect(asked).toHaveBeenCalledWith(`${request.filesUrl}?list&path=some%20data`);
    stub(404, '');
    expect(await context.listFiles('none')).toBeUndefined();
  });
  it('has no checkpoint until one is saved', async () => {
    stub(404, '');
    expect(await context.loadCheckpoint('encoder')).toBeUndefined();
    const asked = stub(204, '');
    await context.saveCheckpoint('encoder', new Uint8Array([1]));
    expect(asked).toHaveBeenCalledWith(`${request.filesUrl}?path=%2Fcheckpoints%2Fencoder`, expect.objectContaining({ method: 'PUT' }));
  });
});
