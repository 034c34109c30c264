import { Matrix4, Scene } from 'three';
import type { Pose } from '../scene/pose';
import { createRenderer } from './createRenderer';
import type { ViewPoint } from './fitView';
import { createFraming } from './framing';
import { createFrustum } from './frustum';
import { createGizmo, type GizmoMode, type GizmoTarget } from './gizmo';
import { createHypothesesLayer } from './hypothesesLayer';
import { createLighting, SOFT_LIGHT, UNLIT, type ViewerLight } from './lighting';
import { createObjectLayer } from './objectLayer';
import { createPoseTween } from './poseTween';
import { createRenderLoop } from './renderLoop';
import { createSignal } from './signal';
import { THEMES } from './theme';
import { createTrail } from './trail';
import { createTrailPointer } from './trailPointer';
import { createViewControls } from './viewControls';
import { prepareCanvas } from './viewerCanvas';
import type { LayerVisibility, PoseDrag, PoseViewer, PoseViewerOptions, TrailHover } from './viewerTypes';

const GLIDE_MILLISECONDS = 120;
const MOST_PIXELS_PER_PIXEL = 2;
const EVERYTHING: LayerVisibility = { truth: true, axes: true, trail: true, frustum: true, hypotheses: 'axes' };

/**
 * @param host a canvas sized by the page, or an element to fill with a new one.
 * @throws ViewerError 'no-webgl2'.
 */
export function createPoseViewer(host: HTMLElement, options: PoseViewerOptions = {}): PoseViewer {
  const canvas = prepareCanvas(host, options.label);
  const renderer = createRenderer(canvas);
  let theme = THEMES[options.theme ?? 'light'];
  let reducedMotion = options.reducedMotion ?? false;
  let truth: Pose | undefined;
  let losses: readonly number[] = [];
  let highlighted: number | undefined;
  let hovered: number | undefined;
  let light: ViewerLight | undefined;
  let layers = EVERYTHING;
  let gizmoTarget: GizmoTarget = 'none';
  let gizmoMode: GizmoMode = 'rotate';

  const picked = createSignal<number>();
  const hovers = createSignal<TrailHover | undefined>();
  const drags = createSignal<PoseDrag>();
  const orbits = createSignal<ViewPoint | undefined>();
  const contexts = createSignal<'lost' | 'restored'>();

  const scene = new Scene();
  const object = createObjectLayer(theme);
  const hypotheses = createHypothesesLayer(theme);
  const frustum = createFrustum(theme);
  const trail = createTrail(theme);
  const lighting = createLighting();
  const tween = createPoseTween();
  scene.add(lighting.group, object.group, hypotheses.group, frustum.group, trail.group);

  const { invalidate, dispose: stopLoop } = createRenderLoop((now) => {
    view.update();
    draw(now);
    return tween.moving(now);
  });
  const draw = (now: number) => {
    object.setEstimate(tween.at(now));
    renderer.render(scene, framing.active);
  };

  const pointer = createTrailPointer(canvas, {
    points: () => (layers.trail ? trail.points : new Float32Array(0)),
    viewProjection: () => new Matrix4().multiplyMatrices(framing.active.projectionMatrix, framing.active.matrixWorldInverse),
    taken(x, y) {
      gizmo.probe(x, y);
      return gizmo.busy;
    },
    onHover(step, { x, y }) {
      const shown = gizmo.busy ? undefined : step;
      if (shown === undefined && hovered === undefined) return;
      hovered = shown;
      canvas.style.cursor = shown === undefined ? '' : 'pointer';
      hovers.emit(shown === undefined ? undefined : { step: shown, loss: losses[shown], x, y });
      markTrail();
    },
    onDragging: (dragging) => view.hold(dragging),
    onPick: (step) => picked.emit(step),
  });
  const view = createViewControls(canvas, { onChange: () => invalidate(), onReset: () => framing.reset(), onRest: orbits.emit });
  const framing = createFraming(canvas, view, frustum, () => {
    gizmo.setCamera(framing.active);
    invalidate();
  });
  const gizmo = createGizmo(view.camera, canvas, scene, {
    onChange: () => invalidate(),
    onDragging: (dragging) => view.hold(dragging),
    onPose(pose, finished) {
      if (gizmoTarget === 'none') return;
      if (gizmoTarget === 'estimate') tween.moveTo(pose, performance.now(), 0);
      else truth = pose;
      drags.emit({ target: gizmoTarget, pose, finished });
    },
  });

  const markTrail = () => {
    trail.mark([highlighted, hovered].filter((step) => step !== undefined));
    invalidate();
  };
  /** Handles only on a pose that exists. */
  const attachGizmo = () => {
    const poses = { truth, estimate: tween.at(Infinity), none: undefined };
    gizmo.attach(gizmoTarget !== 'none' && poses[gizmoTarget] ? object[gizmoTarget] : undefined, gizmoMode);
  };
  const applyLight = () => {
    const mesh = object.surface?.mesh;
    lighting.set(light ?? (mesh?.colors || mesh?.texture ? UNLIT : SOFT_LIGHT));
  };
  const arrange = () => framing.arrange(object.surface?.diameter ?? 1, truth ?? tween.at(Infinity));
  const applyLayers = () => {
    object.setVisible(layers);
    trail.group.visible = layers.trail;
    frustum.group.visible = layers.frustum;
    hypotheses.setStyle(layers.hypotheses);
    invalidate();
  };
  const applyTheme = () => {
    renderer.setClearColor(theme.background);
    for (const part of [object, hypotheses, frustum, trail, gizmo]) part.setTheme(theme);
    invalidate();
  };
  const resize = () => {
    const ratio = Math.min(devicePixelRatio, MOST_PIXELS_PER_PIXEL);
    renderer.setPixelRatio(ratio);
    renderer.setSize(Math.max(canvas.clientWidth, 1), Math.max(canvas.clientHeight, 1), false);
    trail.setPixelRatio(ratio);
    framing.resize();
    // At once: a resized canvas is blank until it is drawn.
    draw(performance.now());
  };
  const resizes = new ResizeObserver(resize);
  const onLost = () => contexts.emit('lost');
  // three.js has set itself up again by now, and uploads what it draws from the arrays it was given.
  const onRestored = () => {
    invalidate();
    contexts.emit('restored');
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onRestored);

  view.setDamping(!reducedMotion);
  applyTheme();
  applyLight();
  applyLayers();
  resize();
  resizes.observe(canvas);

  return {
    canvas,
    setObject(mesh, diameter) {
      object.setMesh(mesh, diameter);
      hypotheses.setSurface(object.surface);
      trail.setDiameter(diameter);
      applyLight();
      arrange();
    },
    setTruth(pose) {
      if (gizmo.dragging && gizmoTarget === 'truth') return;
      truth = pose;
      object.setTruth(pose);
      attachGizmo();
      arrange();
    },
    setEstimate(pose) {
      if (gizmo.dragging && gizmoTarget === 'estimate') return;
      const first = tween.at(Infinity) === undefined;
      if (pose) tween.moveTo(pose, performance.now(), reducedMotion ? 0 : GLIDE_MILLISECONDS);
      else tween.clear();
      attachGizmo();
      if (first) arrange();
      invalidate();
    },
    setHypotheses(next) {
      hypotheses.set(next);
      invalidate();
    },
    setCamera(next) {
      framing.setCamera(next);
      arrange();
    },
    setTargetImage(image) {
      frustum.setImage(image);
      invalidate();
    },
    setTrail(poses, theirLosses = []) {
      losses = theirLosses;
      trail.set(poses);
      markTrail();
    },
    highlight(step) {
      highlighted = step;
      markTrail();
    },
    setLight(next) {
      light = next;
      applyLight();
      invalidate();
    },
    setLayers(next) {
      layers = { ...layers, ...next };
      applyLayers();
    },
    setGizmo({ target, mode: wanted = 'rotate' }) {
      gizmoTarget = target;
      gizmoMode = wanted;
      attachGizmo();
      invalidate();
    },
    setView: framing.setMode,
    setOrbit: framing.choose,
    resetView: framing.reset,
    setTheme(next) {
      theme = THEMES[next];
      applyTheme();
    },
    setReducedMotion(reduced) {
      reducedMotion = reduced;
      view.setDamping(!reduced);
    },
    onPickTrail: picked.on,
    onHover: hovers.on,
    onPoseDrag: drags.on,
    onOrbit: orbits.on,
    onContext: contexts.on,
    invalidate,
    toImage() {
      // Drawn and read in one go: the browser clears the drawing buffer between frames.
      draw(performance.now());
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser gave no image of the 3D view.'))), 'image/png');
      });
    },
    dispose() {
      stopLoop();
      resizes.disconnect();
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      for (const part of [pointer, view, gizmo, object, hypotheses, frustum, trail, renderer]) part.dispose();
      if (canvas === host) return;
      // Browsers keep only so many contexts; the page's own canvas may be used again.
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}
