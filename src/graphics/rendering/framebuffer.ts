import type { MeshTopology } from '../geometry/representation/mesh/topology';
import * as tf from '../tf';

const show = (tensors: readonly tf.Tensor[]): string => tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(', ');

/** Layer `index` of [B, L, …]. Sliced at rank 3: WebGL cannot pad higher ranks, as the gradient of a slice does. */
const layerOf = <T extends tf.Tensor | undefined>(tensor: T, index: number): T => (tensor && tf.tidy(() => {
  const [batch, layers, ...rest] = tensor.shape;
  const flat = tf.reshape(tensor, [batch, layers, -1]);
  return tf.reshape(tf.slice(flat, [0, index, 0], [-1, 1, -1]), [batch, ...rest]);
})) as T;

/**
 * An attribute as an image: [B, H, W, C], or [B, L, H, W, C] in L layers, the nearest first.
 * @example
 * ```ts
 * const attribute = new rendering.framebuffer.RasterizedAttribute(tf.ones([1, 2, 4, 5, 3]));
 * attribute.isMultiLayer; // → true
 * attribute.layer(1).value.shape; // → [1, 4, 5, 3]
 * ```
 */
export class RasterizedAttribute {
  /**
   * @param dDx its derivative along rows, dDy along columns, of the same shape.
   * @throws Error where ranks or shapes do not fit.
   */
  constructor(readonly value: tf.Tensor, readonly dDx?: tf.Tensor, readonly dDy?: tf.Tensor) {
    const all = [value, dDx, dDy].filter((tensor) => tensor !== undefined);
    if (all.some(({ rank }) => rank !== value.rank)) throw new Error(`Expected value and derivatives to be of the same rank, but found ${show(all)}`);
    if (value.rank !== 4 && value.rank !== 5) throw new Error(`Expected input value to be rank 4 or 5, but is ${value.rank}`);
    if (all.some(({ shape }) => shape.join() !== value.shape.join())) throw new Error(`Expected all input shapes to be the same but found: ${show(all)}`);
  }

  get isMultiLayer(): boolean { return this.value.rank === 5; }

  /** One layer, as an attribute without layers. */
  layer(index: number): RasterizedAttribute {
    if (!this.isMultiLayer) {
      if (index > 0) throw new Error(`Invalid layer index ${index} for single-layer RasterizedAttribute.`);
      return this;
    }
    return new RasterizedAttribute(layerOf(this.value, index), layerOf(this.dDx, index), layerOf(this.dDy, index));
  }

  /** Frees the tensors. */
  dispose(): void { [this.value, this.dDx, this.dDy].forEach((tensor) => tensor?.dispose()); }
}

/** The mesh that a framebuffer shows: what the kernels need to carry attributes from its vertices to the pixels and gradients back. */
export type RasterizedMesh = {
  readonly topology: MeshTopology;
  /** Whether the topology was made for this framebuffer, and goes with it. */
  readonly ownsTopology?: boolean;
  /** [B, V, 4]. A constant, unless gradients are to flow through the barycentrics. */
  readonly clipVertices: tf.Tensor3D;
  /** [B, (L,) H, W, 4] as from the kernel `rasterize`. */
  readonly raster: tf.Tensor;
};

/** All but the barycentrics are constants to gradients. [B, H, W, C], or [B, L, H, W, C] in L layers. */
export interface FramebufferParts {
  /** C = 3: weights of the triangle's corners at the pixel's centre, perspective-correct; 0 on the background. */
  readonly barycentrics: RasterizedAttribute;
  /** C = 1, int32; 0 on the background too. */
  readonly triangleId: tf.Tensor;
  /** C = 3, int32; those of triangle 0 on the background. */
  readonly vertexIds: tf.Tensor;
  /** C = 1: 1 where a triangle is seen, else 0. */
  readonly foregroundMask: tf.Tensor;
  /** Other images of the same size. */
  readonly attributes?: Readonly<Record<string, RasterizedAttribute>>;
  readonly mesh: RasterizedMesh;
}

/**
 * What a rasterizer hands to shading: which triangle each pixel sees, and where on it. Row 0 is at the top.
 * @example
 * ```ts
 * const triangle = tf.tensor2d([[0, 1, 2]], [1, 3], 'int32');
 * const vertices = tf.tensor3d([[[-1, -1, 0], [3, -1, 0], [-1, 3, 0]]]);
 * const framebuffer = rendering.rasterizationBackend.rasterize(vertices, triangle, tf.reshape(tf.eye(4), [1, 4, 4]), { height: 1, width: 2 });
 * [framebuffer.batchSize, framebuffer.height, framebuffer.width]; // → [1, 1, 2]
 * framebuffer.foregroundMask; // → [[[[1], [1]]]]
 * ```
 */
export class Framebuffer implements FramebufferParts {
  readonly barycentrics: RasterizedAttribute;
  readonly triangleId: tf.Tensor;
  readonly vertexIds: tf.Tensor;
  readonly foregroundMask: tf.Tensor;
  readonly attributes: Readonly<Record<string, RasterizedAttribute>>;
  readonly mesh: RasterizedMesh;

  /** @throws Error where ranks or sizes do not fit. */
  constructor(parts: FramebufferParts) {
    ({ barycentrics: this.barycentrics, triangleId: this.triangleId, vertexIds: this.vertexIds, foregroundMask: this.foregroundMask, mesh: this.mesh } = parts);
    this.attributes = parts.attributes ?? {};
    const images = [this.barycentrics.value, this.triangleId, this.vertexIds, this.foregroundMask, ...Object.values(this.attributes).map(({ value }) => value)];
    if (images.some(({ rank }) => rank !== images[0].rank)) throw new Error(`Expected all inputs to have the same rank, but found ${show(images)}`);
    const size = (image: tf.Tensor) => image.shape.slice(0, -1).join();
    if (images.some((image) => size(image) !== size(images[0]))) {
      throw new Error(`Expected all input shapes to be the same (up to channels), but found: ${show(images)}`);
    }
  }

  get batchSize(): number { return this.triangleId.shape[0]!; }
  get isMultiLayer(): boolean { return this.triangleId.rank === 5; }
  get numLayers(): number { return this.isMultiLayer ? this.triangleId.shape[1]! : 1; }
  get height(): number { return this.triangleId.shape[this.triangleId.rank - 3]; }
  get width(): number { return this.triangleId.shape[this.triangleId.rank - 2]; }
  get pixelCount(): number { return this.numLayers * this.height * this.width; }

  /** 1 where no triangle is seen, else 0. A new tensor at every call. */
  get backgroundMask(): tf.Tensor { return tf.sub(1, this.foregroundMask); }

  /** One layer, as a framebuffer without layers. */
  layer(index: number): Framebuffer {
    if (!this.isMultiLayer) {
      if (index > 0) throw new Error(`Invalid layer index ${index} for single-layer Framebuffer.`);
      return this;
    }
    return new Framebuffer({
      barycentrics: this.barycentrics.layer(index),
      triangleId: layerOf(this.triangleId, index),
      vertexIds: layerOf(this.vertexIds, index),
      foregroundMask: layerOf(this.foregroundMask, index),
      attributes: Object.fromEntries(Object.entries(this.attributes).map(([name, attribute]) => [name, attribute.layer(index)])),
      mesh: { ...this.mesh, ownsTopology: false, clipVertices: tf.clone(this.mesh.clipVertices), raster: layerOf(this.mesh.raster, index) },
    });
  }

  /**
   * Frees the tensors, those of the mesh too: but not the topology of a caller, who keeps that. What other framebuffers share with this one
   * (`barycentrics.differentiableBarycentrics` gives one that shares all but the barycentrics) is gone for them as well.
   */
  dispose(): void {
    this.barycentrics.dispose();
    Object.values(this.attributes).forEach((attribute) => attribute.dispose());
    tf.dispose([this.triangleId, this.vertexIds, this.foregroundMask, this.mesh.clipVertices, this.mesh.raster]);
    if (this.mesh.ownsTopology) {
      const { faces, opposites, cornerOffsets, corners } = this.mesh.topology;
      tf.dispose([faces, opposites, cornerOffsets, corners]);
    }
  }
}
