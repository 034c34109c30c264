import { BufferGeometry, Group, Mesh } from 'three';
import type { CloudSurface } from './cloudTypes';
import { depthOnlyMaterial, ghostMaterial } from './materials';
import { toBufferGeometry } from './meshGeometry';
import type { ViewerTheme } from './theme';

const OPACITY = 0.3;

/** The translucent surface behind a cloud's points; those that have colours are drawn elsewhere. */
export function createCloudSurface(initial: ViewerTheme) {
  const plain = { name: '', positions: new Float32Array(0), faces: new Uint32Array(0) };
  const material = ghostMaterial({ mesh: plain, texture: undefined, plain: initial.ghost }, OPACITY);
  const depthOnly = depthOnlyMaterial();
  const [depth, shell] = [new Mesh(new BufferGeometry(), depthOnly), new Mesh(new BufferGeometry(), material)];
  const group = new Group().add(depth, shell);
  [depth, shell].forEach((part, i) => {
    part.frustumCulled = false;
    part.renderOrder = 1 + i;
  });
  group.visible = false;
  const clear = () => shell.geometry.dispose();
  return {
    group,
    set(surface: CloudSurface | undefined) {
      clear();
      group.visible = surface !== undefined && !surface.owners;
      depth.geometry = shell.geometry = surface && !surface.owners ? toBufferGeometry({ name: '', ...surface }) : new BufferGeometry();
    },
    setTheme: (theme: ViewerTheme) => void material.color.setHex(theme.ghost),
    dispose() {
      clear();
      material.dispose();
      depthOnly.dispose();
    },
  };
}
