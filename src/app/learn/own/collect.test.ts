import { describe, expect, it } from 'vitest';
import { filesOfDrop, filesOfInput } from './collect';

const file = (name: string) => new File(['x'], name);

/** As browsers give folders: entries by the hundred, here by two. */
function folder(name: string, path: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  return {
    isFile: false, isDirectory: true, name, fullPath: path,
    createReader: () => {
      let at = 0;
      return { readEntries: (done: (some: readonly FileSystemEntry[]) => void) => done(children.slice(at, at += 2)) };
    },
  } as unknown as FileSystemEntry;
}
const leaf = (path: string): FileSystemEntry =>
  ({ isFile: true, isDirectory: false, name: path.split('/').at(-1), fullPath: path, file: (done: (one: File) => void) => done(file(path)) }) as unknown as FileSystemEntry;

const transfer = (entries: readonly (FileSystemEntry | null)[], files: readonly File[]): DataTransfer =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files }) as unknown as DataTransfer;

describe('a drop', () => {
  it('of files is those files', async () => {
    const dropped = await filesOfDrop(transfer([leaf('/a.ply')], [file('a.ply')]));
    expect(dropped.folder).toBeUndefined();
    expect(dropped.files.map(({ path }) => path)).toEqual(['a.ply']);
  });

  it('of a folder is all that is in it, however deep, by its path', async () => {
    const root = folder('shapes', '/shapes', [
      folder('chair', '/shapes/chair', [leaf('/shapes/chair/1.ply'), leaf('/shapes/chair/2.ply'), leaf('/shapes/chair/3.ply')]), leaf('/shapes/notes.md'),
    ]);
    const dropped = await filesOfDrop(transfer([root], []));
    expect(dropped.folder).toBe('shapes');
    expect(dropped.files.map(({ path }) => path)).toEqual(['shapes/chair/1.ply', 'shapes/chair/2.ply', 'shapes/chair/3.ply', 'shapes/notes.md']);
  });
});

it('an input\'s files keep the folders above them', () => {
  const inFolder = Object.defineProperty(file('1.ply'), 'webkitRelativePath', { value: 'shapes/chair/1.ply' });
  expect(filesOfInput([inFolder, file('2.ply')]).files.map(({ path }) => path)).toEqual(['shapes/chair/1.ply', '2.ply']);
});

it('says that there were more files than it took', async () => {
  const root = folder('many', '/many', ['a', 'b', 'c', 'd'].map((name) => leaf(`/many/${name}.ply`)));
  const cut = await filesOfDrop(transfer([root], []), 3);
  expect([cut.files.length, cut.isCut]).toEqual([3, true]);
  expect((await filesOfDrop(transfer([root], []), 4)).isCut).toBeUndefined();
  expect(filesOfInput([file('1.ply'), file('2.ply')], 1)).toMatchObject({ files: { length: 1 }, isCut: true });
});
