import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Camera } from '../scene/camera';
import type { ImageRecord, Mesh } from '../scene/mesh';
import type { Pose, Vector3 } from '../scene/pose';
import { quaternionFromAxisAngle } from '../scene/rotation';
import { linearToSrgb } from '../scene/srgb';
import type { ViewPoint } from './fitView';
import { createPoseViewer, ViewerError, type PoseDrag, type PoseViewer, type TrailHover } from './index';
import { THEMES } from './theme';
import { imageWindow } from './throughCamera';
import { axisTips, TIP_DIAMETERS } from './trailGeometry';

const SIDE = 300;
const camera: Camera = { width: 120, height: 120, fx: 150, fy: 150, cx: 60, cy: 60, near: 0.1, far: 50 };
const COLOR = [0.5, 0.1, 0.02];
const facing: Pose = { rotation: [0, 0, 0, 1], translation: [0, 0, -5] };
const turned = (angle: number): Pose => ({ ...facing, rotation: quaternionFromAxisAngle([0, 0, 1], angle) });

/** A square of side 1 and one colour that faces the camera. */
const square: Mesh = {
  name: 'square',
  positions: Float32Array.from([-0.5, -0.5, 0, 0.5, -0.5, 0, 0.5, 0.5, 0, -0.5, 0.5, 0]),
  faces: Uint32Array.from([0, 1, 2, 0, 2, 3]),
  colors: Float32Array.from([...COLOR, ...COLOR, ...COLOR, ...COLOR]),
};

const plainImage = (rgb: readonly number[]): ImageRecord => ({
  width: 2, height: 2, data: Uint8ClampedArray.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 255 : rgb[i % 4])),
});

const channels = (hex: number) => [hex >> 16, (hex >> 8) & 255, hex & 255];
const BACKGROUND = channels(THEMES.light.background);
/** Patient: frames come late where the processor draws and others use it too. */
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000 });
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((c, k) => c - b[k]));

/** Where a point of the camera's frame is seen in the camera view, CSS pixels. */
const seenAt = ([x, y, z]: Vector3) => {
  const { left, right, bottom, top } = imageWindow(camera, 1, 0.06);
  return { x: (SIDE * (x / -z - left)) / (right - left), y: (SIDE * (top - y / -z)) / (top - bottom) };
};
const tipAt = (pose: Pose, axis: number) => seenAt(axisTips(pose, TIP_DIAMETERS * Math.SQRT2)[axis]);

let host: HTMLDivElement;
let viewer: PoseViewer;

/** RGB at a CSS pixel of the view, and how many pixels look like a colour. */
async function shot() {
  const bitmap = await createImageBitmap(await viewer.toImage());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const scale = bitmap.width / SIDE;
  return {
    data,
    at({ x, y }: { x: number; y: number }) {
      const i = 4 * (Math.floor(y * scale) * bitmap.width + Math.floor(x * scale));
      return [...data.subarray(i, i + 3)];
    },
    count(like: (rgb: number[]) => boolean) {
      let n = 0;
      for (let i = 0; i < data.length; i += 4) if (like([...data.subarray(i, i + 3)])) n++;
      return n;
    },
  };
}

/** How many bytes of two pictures differ by more than rounding. */
const differing = (a: Uint8ClampedArray, b: Uint8ClampedArray) => a.reduce((n, byte, i) => n + Number(Math.abs(byte - b[i]) > 2), 0);

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const CENTER = { x: SIDE / 2, y: SIDE / 2 };

beforeEach(() => {
  host = document.createElement('div');
  host.style.width = host.style.height = `${SIDE}px`;
  document.body.append(host);
  viewer = createPoseViewer(host, { theme: 'light', reducedMotion: true });
  viewer.setObject(square, Math.SQRT2);
  viewer.setCamera(camera);
  viewer.setLayers({ axes: false, frustum: false });
});

afterEach(() => {
  viewer.dispose();
  host.remove();
});

describe('what the view shows', () => {
  it('draws the estimate in its linear colours encoded to sRGB', async () => {
    viewer.setView('camera');
    viewer.setEstimate(facing);
    await nextFrame();
    const picture = await shot();
    picture.at(CENTER).forEach((c, k) => expect(Math.abs(c - 255 * linearToSrgb(COLOR[k]))).toBeLessThanOrEqual(1.5));
    // Half a side is 0.5 · 150 / 5 = 15 px of the camera: the square's corner is where the camera sees it.
    const { x, y } = seenAt([0.5, 0.5, -5]);
    expect(distance(picture.at({ x: x - 3, y: y + 3 }), BACKGROUND)).toBeGreaterThan(100);
    expect(distance(picture.at({ x: x + 3, y: y + 3 }), BACKGROUND)).toBeLessThan(3);
  });

  it('lays a texture the way its uvs say', async () => {
    const picture = plainImage([0, 0, 0]);
    picture.data.set([250, 120, 10], 0); // the upper left texel
    viewer.setObject({ ...square, uvs: Float32Array.from([0, 0, 1, 0, 1, 1, 0, 1]), texture: picture }, Math.SQRT2);
    viewer.setView('camera');
    viewer.setEstimate(facing);
    const seen = await shot();
    const texel = (x: number, y: number) => seen.at(seenAt([x, y, -5]));
    expect(distance(texel(-0.25, 0.25), [250, 120, 10])).toBeLessThan(40);
    for (const [x, y] of [[0.25, 0.25], [-0.25, -0.25], [0.25, -0.25]]) expect(distance(texel(x, y), [0, 0, 0])).toBeLessThan(60);
  });

  it('shades by ambient light and Lambert\'s cosine', async () => {
    viewer.setView('camera');
    viewer.setLight({ direction: [Math.sqrt(3) / 2, 0, 0.5], ambient: 0.2 });
    viewer.setEstimate(facing);
    await nextFrame();
    const seen = (await shot()).at(CENTER);
    seen.forEach((c, k) => expect(Math.abs(c - 255 * linearToSrgb(COLOR[k] * (0.2 + 0.8 * 0.5)))).toBeLessThanOrEqual(2));
  });

  it('shows the truth as a ghost between background and object, behind an estimate that agrees', async () => {
    viewer.setView('camera');
    viewer.setTruth(facing);
    const ghost = (await shot()).at(CENTER);
    const solid = COLOR.map((c) => 255 * linearToSrgb(c));
    expect(distance(ghost, BACKGROUND)).toBeGreaterThan(20);
    expect(distance(ghost, solid)).toBeGreaterThan(20);
    viewer.setEstimate(facing);
    await nextFrame();
    expect(distance((await shot()).at(CENTER), solid)).toBeLessThan(3);
    viewer.setEstimate(undefined);
    viewer.setLayers({ truth: false });
    await nextFrame();
    expect(distance((await shot()).at(CENTER), BACKGROUND)).toBeLessThan(3);
  });

  it('frames object and image plane in the free view, and again on request', async () => {
    viewer.setLayers({ frustum: true });
    viewer.setTruth(facing);
    viewer.setEstimate(facing);
    viewer.setTargetImage(plainImage([0, 200, 0]));
    await nextFrame();
    const isImage = (rgb: number[]) => distance(rgb, [0, 200, 0]) < 3;
    const isObject = (rgb: number[]) => distance(rgb, COLOR.map((c) => 255 * linearToSrgb(c))) < 3;
    const first = await shot();
    expect(first.count(isImage)).toBeGreaterThan(500);
    expect(first.count(isObject)).toBeGreaterThan(200);
    await userEvent.dragAndDrop(viewer.canvas, viewer.canvas, { sourcePosition: { x: 20, y: 20 }, targetPosition: { x: 120, y: 60 } });
    expect(differing((await shot()).data, first.data)).toBeGreaterThan(100);
    viewer.resetView();
    expect(differing((await shot()).data, first.data)).toBe(0);
  });

  it('lays the target over the estimate in the camera view', async () => {
    viewer.setLayers({ frustum: true });
    viewer.setView('camera');
    viewer.setTargetImage(plainImage([0, 0, 255]));
    const alone = (await shot()).at(CENTER);
    viewer.setEstimate(facing);
    await nextFrame();
    const both = (await shot()).at(CENTER);
    expect(both[0]).toBeGreaterThan(40);
    expect(both[2]).toBeGreaterThan(80);
    expect(distance(alone, both)).toBeGreaterThan(40);
  });

  it('shows hypotheses as axes, as shells or not at all', async () => {
    viewer.setHypotheses([0, 1, 2].map((i) => ({ pose: turned(i), loss: i, source: 'spread' })));
    const inked = async () => (await shot()).count((rgb) => distance(rgb, BACKGROUND) > 8);
    const axes = await inked();
    viewer.setLayers({ hypotheses: 'shells' });
    const shells = await inked();
    viewer.setLayers({ hypotheses: 'hidden' });
    expect(axes).toBeGreaterThan(20);
    expect(shells).toBeGreaterThan(axes);
    expect(await inked()).toBe(0);
  });

  it('changes its colours with the theme', async () => {
    viewer.setTheme('dark');
    expect((await shot()).at({ x: 3, y: 3 })).toEqual(channels(THEMES.dark.background));
  });
});

describe('the trail under the pointer', () => {
  const poses = [0, 0.4, 0.8, 1.2].map(turned);
  beforeEach(() => {
    viewer.setView('camera');
    viewer.setTrail(poses, [9, 8, 7, 6]);
  });

  it('is drawn at the axis tips', async () => {
    expect(distance((await shot()).at(tipAt(poses[2], 0)), BACKGROUND)).toBeGreaterThan(60);
  });
  it('answers a click with the step', async () => {
    const picked = vi.fn();
    viewer.onPickTrail(picked);
    await userEvent.click(viewer.canvas, { position: tipAt(poses[2], 1) });
    await userEvent.click(viewer.canvas, { position: { x: 8, y: 8 } });
    expect(picked.mock.calls).toEqual([[2]]);
  });
  it('answers a drag with the steps it passes, ending at the last', async () => {
    const picked = vi.fn();
    viewer.onPickTrail(picked);
    await userEvent.dragAndDrop(viewer.canvas, viewer.canvas, { sourcePosition: tipAt(poses[0], 0), targetPosition: tipAt(poses[3], 0) });
    expect(picked.mock.calls[0]).toEqual([0]);
    expect(picked.mock.lastCall).toEqual([3]);
  });
  it('tells step and loss under the pointer, and when it leaves', async () => {
    const hovers: (TrailHover | undefined)[] = [];
    viewer.onHover((hover) => hovers.push(hover));
    await userEvent.hover(viewer.canvas, { position: tipAt(poses[1], 0) });
    await userEvent.hover(viewer.canvas, { position: { x: 8, y: 8 } });
    expect(hovers[0]).toMatchObject({ step: 1, loss: 8 });
    expect(hovers.at(-1)).toBeUndefined();
  });
  it('rings a highlighted step', async () => {
    const plain = await shot();
    viewer.highlight(1);
    const rim = { ...tipAt(poses[1], 0), x: tipAt(poses[1], 0).x + 5 };
    expect(distance((await shot()).at(rim), plain.at(rim))).toBeGreaterThan(40);
    viewer.highlight(undefined);
    expect(differing((await shot()).data, plain.data)).toBe(0);
  });
});

describe('hands and keys', () => {
  it('moves the estimate by its gizmo', async () => {
    const drags: PoseDrag[] = [];
    viewer.setView('camera');
    viewer.setEstimate(facing);
    viewer.setGizmo({ target: 'estimate', mode: 'translate' });
    await nextFrame();
    viewer.onPoseDrag((drag) => drags.push(drag));
    await userEvent.dragAndDrop(viewer.canvas, viewer.canvas, { sourcePosition: CENTER, targetPosition: { x: CENTER.x + 40, y: CENTER.y } });
    expect(drags.at(-1)).toMatchObject({ target: 'estimate', finished: true });
    expect(drags.at(-1)?.pose.translation[0]).toBeGreaterThan(0.2);
    expect(drags.slice(0, -1).every((drag) => !drag.finished)).toBe(true);
  });
  it('turns the view by arrow keys and comes back with Home', async () => {
    viewer.setEstimate(facing);
    await nextFrame();
    const before = (await shot()).data;
    viewer.canvas.focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}+');
    expect(differing((await shot()).data, before)).toBeGreaterThan(100);
    await userEvent.keyboard('{Home}');
    expect(differing((await shot()).data, before)).toBe(0);
  });
});

describe('a view that somebody chose', () => {
  const scene = async (object: number) => {
    viewer.setObject(square, object * Math.SQRT2);
    viewer.setTruth(facing);
    viewer.setEstimate(facing);
    await nextFrame();
  };

  it('is told once it rests, and not of every frame; framed again, it is told as none', async () => {
    const told: (ViewPoint | undefined)[] = [];
    viewer.onOrbit((point) => told.push(point));
    await scene(1);
    viewer.canvas.focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowUp}+');
    await until(() => expect(told).toHaveLength(1));
    expect(told[0]?.eye.every(Number.isFinite)).toBe(true);
    viewer.resetView();
    expect(told).toEqual([told[0], undefined]);
    viewer.resetView();
    expect(told).toHaveLength(2);
  });

  it('is restored to the pixel, whether the object comes before or after it', async () => {
    let point: ViewPoint | undefined;
    viewer.onOrbit((told) => { point = told; });
    await scene(1);
    const framed = (await shot()).data;
    viewer.canvas.focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowUp}+');
    await until(() => expect(point).toBeDefined());
    const chosen = (await shot()).data;
    expect(differing(chosen, framed)).toBeGreaterThan(100);

    viewer.setOrbit(undefined);
    await nextFrame();
    expect(differing((await shot()).data, framed)).toBe(0);
    const again = point && { ...point };
    viewer.setOrbit(again);
    await nextFrame();
    expect(differing((await shot()).data, chosen)).toBe(0);

    viewer.dispose();
    viewer = createPoseViewer(host, { theme: 'light', reducedMotion: true });
    viewer.setLayers({ axes: false, frustum: false });
    // Long before there is anything to see: the range of the view is that of nothing.
    viewer.setOrbit(point && { eye: point.eye, target: point.target });
    viewer.setCamera(camera);
    await scene(1);
    expect(differing((await shot()).data, chosen)).toBe(0);
  });
});

describe('the graphics context', () => {
  it('is given no frames while nothing changes', async () => {
    await nextFrame();
    await nextFrame();
    const asked = vi.spyOn(window, 'requestAnimationFrame');
    for (let i = 0; i < 5; i++) await nextFrame();
    expect(asked).toHaveBeenCalledTimes(5);
    asked.mockRestore();
  });
  it('glides to a new estimate unless motion is reduced, then rests', async () => {
    viewer.setView('camera');
    viewer.setReducedMotion(false);
    viewer.setEstimate(facing);
    viewer.setEstimate({ ...facing, translation: [1.5, 0, -5] });
    await until(async () => expect(distance((await shot()).at(seenAt([1.5, 0, -5])), BACKGROUND)).toBeGreaterThan(100));
  });
  it('is restored after a loss, with everything that was in it', async () => {
    const states: string[] = [];
    viewer.onContext((state) => states.push(state));
    viewer.setView('camera');
    viewer.setEstimate(facing);
    await nextFrame();
    const before = (await shot()).at(CENTER);
    const loser = viewer.canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    loser?.loseContext();
    await until(() => expect(states).toEqual(['lost']));
    loser?.restoreContext();
    await until(() => expect(states).toEqual(['lost', 'restored']));
    await nextFrame();
    expect((await shot()).at(CENTER)).toEqual(before);
  });
  it('is missed with a typed error', () => {
    const taken = document.createElement('canvas');
    taken.getContext('2d');
    expect(() => createPoseViewer(taken)).toThrow(ViewerError);
    expect(() => createPoseViewer(taken)).toThrow(/WebGL2/);
  });
  it('follows the size of its host', async () => {
    host.style.width = '200px';
    await until(() => expect(viewer.canvas.width).toBe(200 * Math.min(devicePixelRatio, 2)));
    expect(viewer.canvas.height).toBe(SIDE * Math.min(devicePixelRatio, 2));
  });
  it('goes away with its canvas', () => {
    viewer.dispose();
    expect(host.childElementCount).toBe(0);
  });
});
