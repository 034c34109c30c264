import { LIMITS } from '../io/index';
import { SceneError } from '../scene/errors';

/** The bytes behind an address, as they arrive. @param limit of bytes. @throws SceneError 'network' or 'too-large'. */
export async function fetchBytes(
  url: string, name: string, onFraction: (fraction: number | undefined) => void, limit: number = LIMITS.fileBytes,
): Promise<Uint8Array> {
  const advice = 'Check the address; the server must allow other sites to read it (CORS). Or download the file and drop it here.';
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', redirect: 'follow' });
  } catch {
    throw new SceneError('It could not be fetched.', { code: 'network', file: name, advice });
  }
  if (!response.ok || !response.body) throw new SceneError(`The server answered ${response.status} ${response.statusText}.`, { code: 'network', file: name, advice });
  const expected = Number(response.headers.get('content-length')) || undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new SceneError('The connection broke before the whole file was here.', { code: 'network', file: name, advice: 'Try again.' });
    });
    if (done) break;
    chunks.push(value);
    size += value.length;
    onFraction(expected && Math.min(1, size / expected));
    if (size > limit) {
      await reader.cancel();
      throw new SceneError(`It is larger than ${Math.ceil(limit / 2 ** 20)} MB.`, { code: 'too-large', file: name, advice: 'Simplify the mesh first.' });
    }
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
