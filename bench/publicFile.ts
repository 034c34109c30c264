/** The address of a file of public/, such as `objects/teapot.ply`: the bench's page lies one folder down from where they are served. */
export const publicFile = (path: string): string => new URL(`../${path}`, location.href).href;

/** Its bytes. @throws Error where there is none. */
export async function readPublicFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(publicFile(path));
  if (!response.ok) throw new Error(`There is no file public/${path}.`);
  return new Uint8Array(await response.arrayBuffer());
}
