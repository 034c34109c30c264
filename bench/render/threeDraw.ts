import * as THREE from 'three';
import type { Camera } from '../../src/scene/camera';
import type { Mesh } from '../../src/scene/mesh';
import type { Pose } from '../../src/scene/pose';

/** three.js drawing one mesh in several poses, one draw after the other, into a target of its own WebGL2 context. */
export interface ThreeDraw {
  /** Draws every pose and reads each image back, as RGBA bytes. */
  drawAndRead(): void;
  /** Draws every pose; then reads one pixel, which waits until all is drawn. */
  drawAndWait(): void;
  dispose(): void;
}

/** The projection of a pinhole camera in OpenGL's frame. */
function projectionOf({ fx, fy, cx, cy, width, height, near, far }: Camera): THREE.Matrix4 {
  return new THREE.Matrix4().makePerspective((-cx * near) / fx, ((width - cx) * near) / fx, (cy * near) / fy, ((cy - height) * near) / fy, near, far);
}

/** Lambert's light on vertex colours, as the differentiable renderer draws it here. */
export function createThreeDraw(renderer: THREE.WebGLRenderer, mesh: Mesh, camera: Camera, poses: readonly Pose[]): ThreeDraw {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.BufferAttribute(mesh.positions, 3));
  if (mesh.normals) geometry.setAttribute('normal', new THREE.BufferAttribute(mesh.normals, 3));
  geometry.setIndex(new THREE.BufferAttribute(mesh.faces, 1));
  const material = new THREE.MeshLambertMaterial({ color: 0xb0b0b0, side: THREE.DoubleSide });
  const object = new THREE.Mesh(geometry, material);
  object.frustumCulled = false;
  const light = new THREE.DirectionalLight(0xffffff, 2);
  light.position.set(0.3, 0.4, 1);
  const scene = new THREE.Scene().add(object, light, new THREE.AmbientLight(0xffffff, 0.3));
  const eye = new THREE.PerspectiveCamera();
  eye.projectionMatrix.copy(projectionOf(camera));
  eye.projectionMatrixInverse.copy(eye.projectionMatrix).invert();
  const target = new THREE.WebGLRenderTarget(camera.width, camera.height);
  const pixels = new Uint8Array(4 * camera.width * camera.height);

  const draw = ({ rotation, translation }: Pose): void => {
    object.quaternion.set(...rotation);
    object.position.set(...translation);
    renderer.render(scene, eye);
  };
  const read = (width: number, height: number): void => renderer.readRenderTargetPixels(target, 0, 0, width, height, pixels);
  return {
    drawAndRead: () => {
      renderer.setRenderTarget(target);
      for (const pose of poses) {
        draw(pose);
        read(camera.width, camera.height);
      }
    },
    drawAndWait: () => {
      renderer.setRenderTarget(target);
      for (const pose of poses) draw(pose);
      read(1, 1);
    },
    dispose: () => {
      geometry.dispose();
      material.dispose();
      target.dispose();
    },
  };
}
