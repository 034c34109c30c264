import { PerspectiveCamera, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { ViewPoint } from './fitView';

/** One press of an arrow key, radians; one press of + or −, as a factor of the distance. */
const KEY_TURN = Math.PI / 24;
const KEY_ZOOM = 1.12;
/** Never quite over the pole, where "up" would flip. */
const POLE_MARGIN = 0.02;

export const FIELD_OF_VIEW = (42 * Math.PI) / 180;

/** What a key does to the view: turns (radians) and a factor of the distance; undefined for keys of no concern. */
export function keyAction(key: string): { readonly turn: number; readonly lift: number; readonly zoom: number } | undefined {
  switch (key) {
    case 'ArrowLeft': return { turn: -KEY_TURN, lift: 0, zoom: 1 };
    case 'ArrowRight': return { turn: KEY_TURN, lift: 0, zoom: 1 };
    case 'ArrowUp': return { turn: 0, lift: KEY_TURN, zoom: 1 };
    case 'ArrowDown': return { turn: 0, lift: -KEY_TURN, zoom: 1 };
    case '+': case '=': return { turn: 0, lift: 0, zoom: 1 / KEY_ZOOM };
    case '-': case '_': return { turn: 0, lift: 0, zoom: KEY_ZOOM };
    default: return undefined;
  }
}

/** The free view: a camera that orbits by pointer, touch and keys. */
export function createViewControls(canvas: HTMLCanvasElement, onChange: () => void, onReset: () => void) {
  const camera = new PerspectiveCamera((FIELD_OF_VIEW * 180) / Math.PI, 1);
  const orbit = new OrbitControls(camera, canvas);
  orbit.dampingFactor = 0.12;
  orbit.zoomToCursor = true;
  let touched = false;
  let free = true;
  let held = false;
  const apply = () => void (orbit.enabled = free && !held);
  orbit.addEventListener('change', onChange);
  orbit.addEventListener('start', () => void (touched = true));

  const move = ({ turn, lift, zoom }: NonNullable<ReturnType<typeof keyAction>>) => {
    const arm = new Spherical().setFromVector3(camera.position.clone().sub(orbit.target));
    arm.theta += turn;
    arm.phi = Math.min(Math.max(arm.phi - lift, POLE_MARGIN), Math.PI - POLE_MARGIN);
    arm.radius = Math.min(Math.max(arm.radius * zoom, orbit.minDistance), orbit.maxDistance);
    camera.position.copy(orbit.target).add(new Vector3().setFromSpherical(arm));
    touched = true;
    orbit.update();
    onChange();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = free ? keyAction(event.key) : undefined;
    if (action) move(action);
    else if (event.key === 'Home') onReset();
    else return;
    event.preventDefault();
  };
  canvas.addEventListener('keydown', onKey);

  return {
    camera,
    /** Whether a person has moved the view since it was last placed. */
    get touched() {
      return touched;
    },
    place({ eye, target }: ViewPoint, size: number) {
      camera.position.set(...eye);
      orbit.target.set(...target);
      const distance = camera.position.distanceTo(orbit.target);
      camera.near = distance / 200;
      camera.far = distance * 20 + size * 20;
      orbit.minDistance = 0.05 * size;
      orbit.maxDistance = 8 * distance;
      camera.updateProjectionMatrix();
      orbit.update();
      touched = false;
    },
    /** Where it looks from and at. */
    get viewPoint(): ViewPoint {
      return { eye: camera.position.toArray(), target: orbit.target.toArray() };
    },
    /** Looks from there, as if a person had moved it. */
    moveTo({ eye, target }: ViewPoint) {
      camera.position.set(...eye);
      orbit.target.set(...target);
      touched = true;
      camera.lookAt(orbit.target);
    },
    setAspect(aspect: number) {
      camera.aspect = aspect;
      camera.updateProjectionMatrix();
    },
    /** Takes part only in the free view. */
    setFree(on: boolean) {
      free = on;
      apply();
    },
    /** Holds still while something else is dragged. */
    hold(on: boolean) {
      held = on;
      apply();
    },
    setDamping: (on: boolean) => void (orbit.enableDamping = on),
    /** One frame of damping; reports by `onChange` when the view still moves. */
    update: () => void (free && orbit.update()),
    dispose() {
      canvas.removeEventListener('keydown', onKey);
      orbit.dispose();
    },
  };
}

export type ViewControls = ReturnType<typeof createViewControls>;
