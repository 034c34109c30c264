import type { PoseObject } from '../experiments/pose/protocol';
import type { SceneErrorCode } from '../scene/errors';

// What the page says to the reader of meshes and hears from it.

export type MeshSource =
  | { readonly kind: 'builtin'; readonly id: string; readonly baseUrl: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files'; readonly files: readonly File[] };

export interface LoadedObject {
  readonly object: PoseObject;
  readonly title: string;
  readonly vertices: number;
  readonly faces: number;
  /** Without colours a flat picture is a mere silhouette. */
  readonly hasColors: boolean;
  /** What of the file was left out or replaced, in words. */
  readonly warnings: readonly string[];
  /** What was done to the mesh, in words. */
  readonly notes: readonly string[];
}

/** Why a file could not be used, as a record that crosses a worker's border. */
export interface FileTrouble {
  readonly code: SceneErrorCode | 'unknown';
  readonly reason: string;
  readonly file?: string;
  readonly place?: string;
  readonly advice?: string;
}

export type MeshAnswer = { readonly ok: true; readonly value: LoadedObject } | { readonly ok: false; readonly trouble: FileTrouble };

export interface MeshApi {
  load(source: MeshSource, onProgress: (label: string, fraction?: number) => void): Promise<MeshAnswer>;
}
