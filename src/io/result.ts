import type { Mesh } from '../scene/mesh';
import type { EncodedImage } from './siblings';

/** What a reader hands back. */
export interface ReadResult {
  readonly mesh: Mesh;
  /** The base colour texture, still encoded. */
  readonly texture?: EncodedImage;
}
