import type { PoseEncoder } from '../experiments/pose/protocol';
import type { OnProgress } from './poseApi';

export interface FoundEncoder {
  readonly encoder: PoseEncoder;
  readonly description: string;
}

/** The encoder for an object. */
export async function findEncoder(_objectId: string, _baseUrl: string, _onProgress: OnProgress): Promise<FoundEncoder | undefined> {
  return undefined;
}
