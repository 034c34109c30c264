import type { Matrix4 } from 'three';
import { pickPoint } from './screenPick';
import { stepOfPoint } from './trailGeometry';

/** How near to a point of the trail a pointer must come, in CSS pixels; fingers are broader. */
const REACH = { mouse: 9, touch: 20 };

export interface TrailPointerHost {
  /** [3 N, 3], world; empty where the trail is hidden. */
  points(): Float32Array;
  /** World → clip of the view on screen. */
  viewProjection(): Matrix4;
  /** Another control has the pointer at this place (normalised device coordinates). */
  taken(x: number, y: number): boolean;
  onHover(step: number | undefined, at: { readonly x: number; readonly y: number }): void;
  /** While the trail is dragged, the view must hold still. */
  onDragging(dragging: boolean): void;
  onPick(step: number): void;
}

/** Clicks on the trail and drags along it, by step. Listens before the view's own controls do, so create it before them. */
export function createTrailPointer(canvas: HTMLCanvasElement, host: TrailPointerHost) {
  let dragged: number | undefined;
  const place = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width, height: box.height };
  };
  const stepAt = (event: PointerEvent, reach: number): number | undefined => {
    const at = place(event);
    const point = pickPoint(host.points(), host.viewProjection().elements, at, at, reach);
    return point < 0 ? undefined : stepOfPoint(point);
  };
  const reachOf = (event: PointerEvent) => (event.pointerType === 'touch' ? REACH.touch : REACH.mouse);
  const pick = (step: number | undefined) => {
    if (step === undefined || step === dragged) return;
    dragged = step;
    host.onPick(step);
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const { x, y, width, height } = place(event);
    const step = stepAt(event, reachOf(event));
    if (step === undefined || host.taken((2 * x) / width - 1, 1 - (2 * y) / height)) return;
    host.onDragging(true);
    canvas.setPointerCapture(event.pointerId);
    pick(step);
  };
  const onMove = (event: PointerEvent) => {
    // Once caught, the nearest step follows the pointer however far it strays.
    if (dragged !== undefined) pick(stepAt(event, Infinity));
    else if (event.buttons === 0) host.onHover(stepAt(event, reachOf(event)), place(event));
  };
  const onEnd = () => {
    if (dragged === undefined) return;
    dragged = undefined;
    host.onDragging(false);
  };
  const onLeave = (event: PointerEvent) => host.onHover(undefined, place(event));
  const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onEnd, pointercancel: onEnd, pointerleave: onLeave };
  for (const [type, listener] of Object.entries(listeners)) canvas.addEventListener(type as 'pointerdown', listener);
  return {
    dispose() {
      for (const [type, listener] of Object.entries(listeners)) canvas.removeEventListener(type as 'pointerdown', listener);
    },
  };
}
