// Which files a bench may read and write: those that the command line named, and the shared test inputs.
import { realpathSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const inside = (file, folder) => {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
};

/** A path with its links resolved, also where its end does not exist yet. */
function resolveReal(file) {
  try {
    return realpathSync(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(resolveReal(parent), path.basename(file));
  }
}

/**
 * @param {{ cwd: string, readable: string[], writable: string[] }} allowed files or folders, relative to `cwd`
 */
export function createFileAccess({ cwd, readable, writable }) {
  const real = (list) => list.map((entry) => resolveReal(path.resolve(cwd, entry)));
  const [mayRead, mayWrite] = [real([...readable, ...writable]), real(writable)];
  const permit = (name, roots, verb) => {
    const file = resolveReal(path.resolve(cwd, name));
    if (!roots.some((root) => inside(file, root))) {
      throw new Error(`A bench may not ${verb} "${name}": name it on the command line (reading: also ../shared/data).`);
    }
    return file;
  };
  return {
    read: async (name) => await readFile(permit(name, mayRead, 'read')),
    /** Every file in a folder and the folders in it, relative to it. */
    list: async (name) => {
      const folder = permit(name, mayRead, 'read');
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort();
    },
    /** Whole or not at all: a run that is cut off leaves no half file. */
    write: async (name, bytes) => {
      const file = permit(name, mayWrite, 'write');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.part`, bytes);
      await rename(`${file}.part`, file);
    },
  };
}
