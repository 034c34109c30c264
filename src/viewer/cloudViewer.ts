import { Color, Matrix4, Scene } from 'three';
import type { Vector3 } from '../scene/pose';
import { createCloudMarks } from './cloudMarks';
import { createCloudMesh } from './cloudMesh';
import { createCloudPointer } from './cloudPointer';
import { createCloudPoints } from './cloudPoints';
import { createCloudSurface } from './cloudSurface';
import type { CloudViewer, CloudViewerOptions } from './cloudTypes';
import { createRenderer } from './createRenderer';
import { fitView, type ViewPoint } from './fitView';
import { createLighting } from './lighting';
import { createRenderLoop } from './renderLoop';
import { createSignal } from './signal';
import { THEMES } from './theme';
import { createViewControls, FIELD_OF_VIEW } from './viewControls';
import { prepareCanvas } from './viewerCanvas';

const MOST_PIXELS_PER_PIXEL = 2;
/** From the front, a little from the right and from above. */
const FORWARD: Vector3 = [-0.62, -0.42, -0.8];
const MARGIN = 1.06;
const LABEL = '3D view of the points. Arrow keys turn the view, plus and minus zoom, Home resets it; N and P choose the next and the previous point.';

/** The sphere round a cloud's bounding box. */
export function boundingSphere(positions: Float32Array): { readonly center: Vector3; readonly radius: number } {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  positions.forEach((x, i) => {
    low[i % 3] = Math.min(low[i % 3], x);
    high[i % 3] = Math.max(high[i % 3], x);
  });
  if (!positions.length) return { center: [0, 0, 0], radius: 1 };
  const center: Vector3 = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
  let squared = 0;
  for (let i = 0; i < positions.length; i += 3) {
    squared = Math.max(squared, (positions[i] - center[0]) ** 2 + (positions[i + 1] - center[1]) ** 2 + (positions[i + 2] - center[2]) ** 2);
  }
  return { center, radius: Math.sqrt(squared) || 1 };
}

/**
 * @param host a canvas sized by the page, or an element to fill with a new one.
 * @throws ViewerError 'no-webgl2'.
 */
export function createCloudViewer(host: HTMLElement, options: CloudViewerOptions = {}): CloudViewer {
  const canvas = prepareCanvas(host, options.label ?? LABEL);
  const renderer = createRenderer(canvas);
  let theme = THEMES[options.theme ?? 'light'];
  let positions: Float32Array = new Float32Array(0);
  let sizes: Float32Array | undefined;
  let colors: Float32Array | undefined;
  let sphere = boundingSphere(positions);

  const picked = createSignal<number | undefined>();
  const stepped = createSignal<1 | -1>();
  const brushed = createSignal<readonly number[]>();
  const viewed = createSignal<ViewPoint>();
  const orbits = createSignal<ViewPoint | undefined>();
  const contexts = createSignal<'lost' | 'restored'>();

  const points = createCloudPoints();
  const mesh = createCloudMesh();
  const surface = createCloudSurface(theme);
  const marks = createCloudMarks(theme);
  const lighting = createLighting();
  const scene = new Scene().add(lighting.group, mesh.object, points.object, surface.group, marks.group);

  const draw = () => {
    // The light comes with the eye: every side of a surface can be seen.
    const { position } = view.camera;
    lighting.set({ direction: [position.x - sphere.center[0], position.y - sphere.center[1], position.z - sphere.center[2]], ambient: 0.4 });
    renderer.render(scene, view.camera);
  };
  let told = '';
  let toldTouched = false;
  /** To whoever follows the eye, where a person has moved it, or put it back: the place that it takes by itself others take by themselves. */
  const tellView = () => {
    const now = view.viewPoint;
    const text = JSON.stringify(now);
    const tells = text !== told && (view.touched || toldTouched);
    [told, toldTouched] = [text, view.touched];
    if (tells) viewed.emit(now);
  };
  const { invalidate, dispose: stopLoop } = createRenderLoop(() => {
    view.update();
    draw();
    tellView();
    return false;
  });
  const pointer = createCloudPointer(canvas, {
    points: () => positions,
    shown: (point) => sizes === undefined || sizes[point] > 0,
    viewProjection: () => new Matrix4().multiplyMatrices(view.camera.projectionMatrix, view.camera.matrixWorldInverse),
    onPick: picked.emit,
    onStep: stepped.emit,
    onBrush: brushed.emit,
    onBrushing: (brushing) => view.hold(brushing),
  });
  const aspect = () => Math.max(canvas.clientWidth, 1) / Math.max(canvas.clientHeight, 1);
  const follow = () => {
    view.setAspect(aspect());
    view.arrange(fitView([sphere], FORWARD, FIELD_OF_VIEW / MARGIN, aspect()), 2 * sphere.radius);
    invalidate();
  };
  const frame = () => {
    view.release();
    follow();
  };
  const view = createViewControls(canvas, { onChange: () => invalidate(), onReset: frame, onRest: orbits.emit });

  const resize = () => {
    const ratio = Math.min(devicePixelRatio, MOST_PIXELS_PER_PIXEL);
    renderer.setPixelRatio(ratio);
    renderer.setSize(Math.max(canvas.clientWidth, 1), Math.max(canvas.clientHeight, 1), false);
    marks.setPixelRatio(ratio);
    points.setHeight(canvas.height, ratio);
    follow();
    // At once: a resized canvas is blank until it is drawn.
    draw();
  };
  const applyTheme = () => {
    renderer.setClearColor(new Color(theme.background));
    surface.setTheme(theme);
    marks.setTheme(theme);
    invalidate();
  };
  const resizes = new ResizeObserver(resize);
  const onLost = () => contexts.emit('lost');
  const onRestored = () => {
    invalidate();
    contexts.emit('restored');
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onRestored);
  view.setDamping(!options.reducedMotion);
  applyTheme();
  resize();
  resizes.observe(canvas);

  return {
    canvas,
    setShape({ positions: next, normals }) {
      const before = sphere;
      positions = next;
      sizes = colors = undefined;
      sphere = boundingSphere(next);
      points.setShape(next, normals, sphere.radius);
      mesh.set(undefined);
      surface.set(undefined);
      const moved = Math.hypot(...sphere.center.map((x, k) => x - before.center[k]));
      const same = moved < 0.5 * before.radius && sphere.radius < 1.5 * before.radius && sphere.radius > before.radius / 1.5;
      if (same || view.restored) follow();
      else frame();
    },
    setColors(next, nextSizes) {
      sizes = nextSizes;
      colors = next;
      points.setColors(next, nextSizes);
      mesh.setColors(next);
      invalidate();
    },
    setSurface(next) {
      surface.set(next);
      mesh.set(next);
      if (colors) mesh.setColors(colors);
      invalidate();
    },
    setMarks(next) {
      marks.set(next);
      invalidate();
    },
    setBrush: pointer.setBrush,
    setOrbit(point) {
      if (view.choose(point)) follow();
    },
    resetView: frame,
    setTheme(next) {
      theme = THEMES[next];
      applyTheme();
    },
    setReducedMotion: (reduced) => view.setDamping(!reduced),
    onPick: picked.on,
    onStep: stepped.on,
    onBrush: brushed.on,
    onView: viewed.on,
    setView(next) {
      view.moveTo(next);
      told = JSON.stringify(view.viewPoint);
      invalidate();
    },
    onOrbit: orbits.on,
    onContext: contexts.on,
    invalidate,
    toImage() {
      // Drawn and read in one go: the browser clears the drawing buffer between frames.
      draw();
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser gave no image of the 3D view.'))), 'image/png');
      });
    },
    dispose() {
      stopLoop();
      resizes.disconnect();
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      for (const part of [pointer, view, points, mesh, surface, marks, renderer]) part.dispose();
      if (canvas === host) return;
      // Browsers keep only so many contexts; the page's own canvas may be used again.
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}
