import { quaternionToMatrix, normalizeQuaternion } from '../scene/rotation';
import { gltfItem, type GltfDocument } from './gltfBuffers';
import type { JsonNode } from './json';

/** A mesh as it stands in the scene. */
export interface MeshInstance {
  readonly mesh: JsonNode;
  /** Column-major [16]: mesh frame to scene frame. */
  readonly matrix: readonly number[];
}

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** All meshes of the default scene with their node transforms multiplied out. Without a scene, all root nodes; without nodes, all meshes. */
export function meshInstances(document: GltfDocument): MeshInstance[] {
  const { json, root, report } = document;
  const instances: MeshInstance[] = [];
  const seen = new Set<number>();
  // An explicit stack: a chain of a million nodes must not exhaust the call stack.
  const stack = rootNodes(document).map((entry) => ({ ...entry, matrix: IDENTITY as readonly number[] }));
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    if (seen.has(entry.index)) {
      report.warn('malformed', 'a node with two parents, or that is its own ancestor, was used only once', entry.from.pointer);
      continue;
    }
    seen.add(entry.index);
    report.attempt(() => {
      const node = gltfItem(document, 'nodes', entry.index, entry.from);
      const matrix = multiplyMatrices(entry.matrix, localMatrix(document, node));
      const mesh = json.index(json.get(node, 'mesh'));
      if (mesh !== undefined) instances.push({ mesh: gltfItem(document, 'meshes', mesh, node), matrix });
      if (json.get(node, 'skin').value !== undefined) report.warn('unsupported', 'its skeleton is ignored: it is shown as modelled', node.pointer);
      for (const child of json.items(json.get(node, 'children')).reverse()) {
        const index = json.index(child);
        if (index !== undefined) stack.push({ index, from: child, matrix });
      }
    });
  }
  if (!seen.size) {
    for (const mesh of json.items(json.get(root, 'meshes'))) instances.push({ mesh, matrix: IDENTITY });
  }
  return instances;
}

function rootNodes(document: GltfDocument): { index: number; from: JsonNode }[] {
  const { json, root } = document;
  const indices = (list: JsonNode) => json.items(list).map((from) => ({ index: json.index(from) ?? 0, from }));
  const scenes = json.items(json.get(root, 'scenes'));
  const chosen = json.get(root, 'scene');
  const scene = scenes.length ? gltfItem(document, 'scenes', document.report.attempt(() => json.index(chosen)) ?? 0, chosen) : undefined;
  if (scene) return indices(json.get(scene, 'nodes'));
  const nodes = json.items(json.get(root, 'nodes'));
  const children = new Set(nodes.flatMap((node) => indices(json.get(json.object(node), 'children')).map(({ index }) => index)));
  return nodes.map((from, index) => ({ index, from })).filter(({ index }) => !children.has(index));
}

function localMatrix({ json }: GltfDocument, node: JsonNode): readonly number[] {
  const matrix = json.numbers(json.get(node, 'matrix'), 16);
  if (matrix) return matrix;
  const [tx, ty, tz] = json.numbers(json.get(node, 'translation'), 3) ?? [0, 0, 0];
  const [qx, qy, qz, qw] = json.numbers(json.get(node, 'rotation'), 4) ?? [0, 0, 0, 1];
  const scale = json.numbers(json.get(node, 'scale'), 3) ?? [1, 1, 1];
  const r = quaternionToMatrix(normalizeQuaternion([qx, qy, qz, qw]));
  const column = (k: number) => [r[k] * scale[k], r[3 + k] * scale[k], r[6 + k] * scale[k], 0];
  return [...column(0), ...column(1), ...column(2), tx, ty, tz, 1];
}

/** a · b, column-major. */
function multiplyMatrices(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, i) => {
    const [row, column] = [i % 4, 4 * Math.floor(i / 4)];
    return a[row] * b[column] + a[4 + row] * b[column + 1] + a[8 + row] * b[column + 2] + a[12 + row] * b[column + 3];
  });
}
