import { boundingSphere, meshDiameter } from '../scene/measure';
import { findObject } from '../scene/objects';
import type { MeshApi } from './meshApi';

/** Reads objects behind the page's protocol. */
export function createMeshService(): MeshApi {
  return {
    async load(source) {
      const builtIn = source.kind === 'builtin' ? findObject(source.id) : undefined;
      if (builtIn?.source.kind !== 'primitive') return { ok: false, trouble: { code: 'unsupported', reason: 'not readable yet' } };
      const mesh = builtIn.source.build();
      const { center } = boundingSphere(mesh.positions);
      const positions = mesh.positions.map((p, i) => p - center[i % 3]);
      const object = { id: builtIn.id, mesh: { ...mesh, positions }, coarser: [], diameter: meshDiameter(positions), symmetry: builtIn.symmetry };
      return { ok: true, value: { object, title: builtIn.title, vertices: positions.length / 3, faces: mesh.faces.length / 3, warnings: [] } };
    },
  };
}
