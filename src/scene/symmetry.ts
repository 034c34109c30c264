import type { Quaternion, Vector3 } from './pose';

/** The rotations that leave an object looking the same. */
export type Symmetry =
  | { readonly kind: 'none' }
  /** A finite group, the identity included. */
  | { readonly kind: 'discrete'; readonly rotations: readonly Quaternion[] }
  /** Any turn about `axis` (through the object's origin); with `flip` also the half turns across it. */
  | { readonly kind: 'axial'; readonly axis: Vector3; readonly flip: boolean };
