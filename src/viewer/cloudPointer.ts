import type { Matrix4 } from 'three';
import { pickPoint, pointsWithin } from './screenPick';

/** How near to a point a pointer must come, in CSS pixels; fingers are broader. */
const REACH = { mouse: 12, touch: 24 };
/** Radius of the brush, CSS pixels. */
const BRUSH = 22;
/** A press that moves farther than this turns the view, and picks nothing. */
const STILL = 5;

export interface CloudPointerHost {
  /** [N, 3], world. */
  points(): Float32Array;
  /** Whether a point is drawn. */
  shown(point: number): boolean;
  /** World → clip of the view on screen. */
  viewProjection(): Matrix4;
  onPick(point: number | undefined): void;
  onBrush(points: readonly number[]): void;
  onStep(by: 1 | -1): void;
  /** While points are brushed, the view must hold still. */
  onBrushing(brushing: boolean): void;
}

/** Clicks on points, strokes of a brush over them, and the keys N and P. Listens before the view's own controls do, so create it before them. */
export function createCloudPointer(canvas: HTMLCanvasElement, host: CloudPointerHost) {
  let brush = false;
  let brushing = false;
  let pressed: { readonly x: number; readonly y: number } | undefined;
  const place = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width, height: box.height };
  };
  const stroke = (event: PointerEvent) => {
    const at = place(event);
    const under = pointsWithin(host.points(), host.viewProjection().elements, at, at, BRUSH).filter(host.shown);
    if (under.length) host.onBrush(under);
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    pressed = place(event);
    if (!brush) return;
    brushing = true;
    host.onBrushing(true);
    canvas.setPointerCapture(event.pointerId);
    stroke(event);
  };
  const onMove = (event: PointerEvent) => {
    if (brushing) stroke(event);
  };
  const onUp = (event: PointerEvent) => {
    const at = place(event);
    const still = pressed && Math.hypot(at.x - pressed.x, at.y - pressed.y) <= STILL;
    pressed = undefined;
    if (brushing) return stop();
    if (!still || event.button !== 0) return;
    const reach = event.pointerType === 'touch' ? REACH.touch : REACH.mouse;
    const point = pickPoint(host.points(), host.viewProjection().elements, at, at, reach, host.shown);
    host.onPick(point < 0 ? undefined : point);
  };
  const stop = () => {
    if (!brushing) return;
    brushing = false;
    host.onBrushing(false);
  };
  const onCancel = () => {
    pressed = undefined;
    stop();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = ({ n: 1, N: 1, p: -1, P: -1 } as const)[event.key];
    if (!by) return;
    event.preventDefault();
    host.onStep(by);
  };
  const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel };
  for (const [type, listener] of Object.entries(listeners)) canvas.addEventListener(type as 'pointerdown', listener);
  canvas.addEventListener('keydown', onKey);
  return {
    setBrush(on: boolean) {
      brush = on;
      canvas.style.cursor = on ? 'crosshair' : '';
    },
    dispose() {
      for (const [type, listener] of Object.entries(listeners)) canvas.removeEventListener(type as 'pointerdown', listener);
      canvas.removeEventListener('keydown', onKey);
    },
  };
}
