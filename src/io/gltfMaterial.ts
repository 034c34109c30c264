import { gltfItem, readBufferView, readUri, type GltfDocument } from './gltfBuffers';
import type { JsonNode } from './json';
import { encodedImage, type EncodedImage } from './siblings';

/** What is used of a glTF material. */
export interface GltfMaterial {
  /** Base colour factor, linear RGB. */
  readonly factor: readonly number[];
  readonly texture?: { readonly index: number; readonly from: JsonNode; readonly uvSet: number; readonly transform: UvTransform };
}

/** KHR_texture_transform: uv ↦ offset + R(rotation) (scale · uv). */
export interface UvTransform {
  readonly offset: readonly number[];
  readonly rotation: number;
  readonly scale: readonly number[];
}

export const PLAIN_MATERIAL: GltfMaterial = { factor: [1, 1, 1] };

export function readMaterial(document: GltfDocument, primitive: JsonNode): GltfMaterial {
  const { json } = document;
  const reference = json.get(primitive, 'material');
  const index = json.index(reference);
  if (index === undefined) return PLAIN_MATERIAL;
  const material = gltfItem(document, 'materials', index, reference);
  const pbr = json.get(material, 'pbrMetallicRoughness');
  if (pbr.value === undefined) return PLAIN_MATERIAL;
  const factor = json.numbers(json.get(pbr, 'baseColorFactor'), 4)?.slice(0, 3) ?? PLAIN_MATERIAL.factor;
  const from = json.get(pbr, 'baseColorTexture');
  if (from.value === undefined) return { factor };
  const extensions = json.get(from, 'extensions');
  const transform = extensions.value === undefined ? undefined : json.get(extensions, 'KHR_texture_transform');
  const part = (key: string) => (transform?.value === undefined ? { pointer: '', value: undefined } : json.get(transform, key));
  return {
    factor,
    texture: {
      index: json.index(json.get(from, 'index')) ?? 0, from, uvSet: json.index(part('texCoord')) ?? json.index(json.get(from, 'texCoord')) ?? 0,
      transform: {
        offset: json.numbers(part('offset'), 2) ?? [0, 0], rotation: json.number(part('rotation')) ?? 0, scale: json.numbers(part('scale'), 2) ?? [1, 1],
      },
    },
  };
}

/** The image behind a texture, still encoded. */
export function readTexture(document: GltfDocument, { index, from }: NonNullable<GltfMaterial['texture']>): EncodedImage | undefined {
  const { json, report } = document;
  const texture = gltfItem(document, 'textures', index, from);
  const extensions = json.entries(json.get(texture, 'extensions')).find(([name]) => name === 'EXT_texture_webp');
  const source = json.get(extensions?.[1] ?? texture, 'source');
  const image = gltfItem(document, 'images', json.index(source) ?? 0, source);
  const uri = json.text(json.get(image, 'uri'));
  const view = json.get(image, 'bufferView');
  const bytes = uri !== undefined ? readUri(document, uri, image.pointer) : readBufferView(document, json.index(view) ?? 0, view).bytes;
  const named = uri?.startsWith('data:') ? undefined : uri;
  return encodedImage(json.text(json.get(image, 'name')) ?? named ?? `image ${index}`, bytes, report, image.pointer);
}
