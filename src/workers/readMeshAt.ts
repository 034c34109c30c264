import { LIMITS, readMesh, type ReadMesh, type ReadWarning } from '../io/index';
import { SceneError } from '../scene/errors';
import { fetchBytes } from './fetchBytes';

type OnProgress = (label: string, fraction?: number) => void;

/** Files that one mesh may name; more are a mistake or an attack. */
const MOST_SIBLINGS = 64;

/** A reader asked for a file that was not fetched yet. */
class Wanted extends Error {
  constructor(readonly reference: string) {
    super(`"${reference}" is wanted`);
  }
}

/** Files beside a mesh, fetched when they are asked for: a reader that meets one too early is stopped, and reads again once it is here. */
class FetchedSiblings extends Map<string, Uint8Array> {
  private readonly known = new Map<string, Uint8Array | undefined>();

  override get(reference: string): Uint8Array | undefined {
    if (!this.known.has(reference)) throw new Wanted(reference);
    return this.known.get(reference);
  }

  take(reference: string, bytes: Uint8Array | undefined): void {
    this.known.set(reference, bytes);
  }

  get count(): number {
    return this.known.size;
  }
}

/**
 * Reads a mesh from an address, and what it names from beside it: an OBJ's MTL and texture, a glTF's buffers and images.
 * What it names on another site is looked for beside the mesh, by its last part. All files together keep to the limit of one.
 * A material or texture that cannot be had is a warning.
 * @throws SceneError 'network' or 'too-large' where the mesh, or a file that it cannot be without, cannot be had; else what readMesh throws.
 */
export async function readMeshAt(url: string, name: string, onProgress: OnProgress): Promise<ReadMesh> {
  const bytes = await fetchBytes(url, name, (fraction) => onProgress(`Fetching ${name}`, fraction));
  let left = LIMITS.fileBytes - bytes.length;
  const siblings = new FetchedSiblings();
  const tried = new Map<string, Uint8Array | SceneError>();
  /** What could not be had, by the name that the mesh gives it. */
  const failures = new Map<string, SceneError>();

  const fetchOne = async (address: string): Promise<Uint8Array | SceneError> => {
    const shown = nameOf(address);
    try {
      const found = await fetchBytes(address, shown, (fraction) => onProgress(`Fetching ${shown}`, fraction), left);
      left -= found.length;
      return found;
    } catch (error) {
      if (error instanceof SceneError) return error;
      throw error;
    }
  };
  const find = async (reference: string): Promise<Uint8Array | undefined> => {
    for (const address of addressesOf(reference, url)) {
      const found = tried.get(address) ?? await fetchOne(address);
      tried.set(address, found);
      if (!(found instanceof SceneError)) return found;
      failures.set(reference, found);
    }
    return undefined;
  };
  const fetchSibling = async (reference: string): Promise<void> => {
    const found = siblings.count < MOST_SIBLINGS ? await find(reference) : undefined;
    if (found) failures.delete(reference);
    siblings.take(reference, found);
  };

  for (;;) {
    onProgress(`Reading ${name}`);
    try {
      const read = await readMesh(name, bytes, siblings);
      return { ...read, warnings: [...read.warnings, ...[...new Set(failures.values())].map(warningOf)] };
    } catch (error) {
      if (error instanceof Wanted) {
        await fetchSibling(error.reference);
        continue;
      }
      const [cause] = failures.values();
      // Of a file that could not be fetched the reader knows only that nobody gave it.
      if (cause && error instanceof SceneError && error.details.code === 'missing-file') throw cause;
      throw error;
    }
  }
}

const warningOf = ({ reason, details }: SceneError): ReadWarning =>
  ({ code: details.code, message: `${details.file ?? 'a file'} could not be fetched: ${reason}`, advice: details.advice, count: 1 });

/** The last part of an address's path. @throws SceneError 'network' for what is no address. */
export function nameOf(url: string): string {
  if (!URL.canParse(url)) throw new SceneError(`“${url}” is no address.`, { code: 'network', advice: 'It must begin with https://.' });
  const last = new URL(url).pathname.split('/').at(-1) || url;
  try {
    return decodeURIComponent(last);
  } catch {
    // A stray percent sign.
    return last;
  }
}

/** Where a file that a mesh names may lie: where its path leads to on the mesh's own site, else beside the mesh. */
export function addressesOf(reference: string, url: string): readonly string[] {
  const path = reference.replaceAll('\\', '/');
  const last = path.split('/').at(-1) ?? '';
  const addresses = [path, last].flatMap((text) => {
    // A name may hold what means something in an address.
    const escaped = text.replace(/%(?![\da-f]{2})/gi, '%25').replaceAll('#', '%23').replaceAll('?', '%3F');
    return text && URL.canParse(escaped, url) ? [new URL(escaped, url)] : [];
  }).filter(({ origin }) => origin === new URL(url).origin);
  return [...new Set(addresses.map(({ href }) => href))];
}
