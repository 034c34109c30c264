import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createCloudViewer, type CloudViewer, type ViewPoint } from './cloud';
import { paintPoints } from './cloudColors';
import { THEMES } from './theme';

const SIDE = 300;
/** The corners of a square that looks at where the view's own place is, and its middle. */
const POINTS = Float32Array.from([0, 0, 0, -1, -1, 0.3, 1, -1, -0.3, 1, 1, -0.3, -1, 1, 0.3]);
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000 });

let host: HTMLDivElement;
let viewer: CloudViewer;

/** How many pixels are not the background's. */
async function drawn(): Promise<number> {
  const bitmap = await createImageBitmap(await viewer.toImage());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const { background } = THEMES.light;
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (Math.abs(data[i] - (background >> 16)) + Math.abs(data[i + 1] - ((background >> 8) & 255)) + Math.abs(data[i + 2] - (background & 255)) > 12) count++;
  }
  return count;
}

const press = (type: string, x: number, y: number) => viewer.canvas.dispatchEvent(new PointerEvent(type, {
  bubbles: true, isPrimary: true, button: 0, buttons: type === 'pointerup' ? 0 : 1, pointerId: 1, pointerType: 'mouse',
  clientX: viewer.canvas.getBoundingClientRect().left + x, clientY: viewer.canvas.getBoundingClientRect().top + y,
}));

beforeEach(() => {
  host = document.createElement('div');
  host.style.width = host.style.height = `${SIDE}px`;
  document.body.append(host);
  viewer = createCloudViewer(host, { theme: 'light', reducedMotion: true });
  viewer.canvas.setPointerCapture = () => undefined;
  viewer.setShape({ positions: POINTS });
});

afterEach(() => {
  viewer.dispose();
  host.remove();
});

describe('a view that somebody chose', () => {
  it('is told once it rests, and restored for whatever shape comes', async () => {
    const told: (ViewPoint | undefined)[] = [];
    viewer.onOrbit((point) => told.push(point));
    viewer.canvas.focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}+++');
    await until(() => expect(told).toHaveLength(1));
    const near = await drawn();
    viewer.dispose();
    viewer = createCloudViewer(host, { theme: 'light', reducedMotion: true });
    viewer.setOrbit(told[0]);
    viewer.setShape({ positions: POINTS });
    expect(await drawn()).toBe(near);
    viewer.resetView();
    expect(await drawn()).not.toBe(near);
  });
});

describe('points', () => {
  it('are drawn, and hidden by size 0', async () => {
    expect(await drawn()).toBeGreaterThan(50);
    viewer.setColors(paintPoints(5, () => [1, 0, 0]), new Float32Array(5));
    expect(await drawn()).toBe(0);
  });

  it('are picked by a click, not by a drag and not where they are hidden', () => {
    const picks: (number | undefined)[] = [];
    viewer.onPick((point) => picks.push(point));
    press('pointerdown', SIDE / 2, SIDE / 2);
    press('pointerup', SIDE / 2, SIDE / 2);
    press('pointerdown', SIDE / 2, SIDE / 2);
    press('pointerup', SIDE / 2 + 40, SIDE / 2);
    press('pointerdown', 3, 3);
    press('pointerup', 3, 3);
    viewer.setColors(paintPoints(5, () => [1, 0, 0]), Float32Array.from([0, 1, 1, 1, 1]));
    press('pointerdown', SIDE / 2, SIDE / 2);
    press('pointerup', SIDE / 2, SIDE / 2);
    expect(picks).toEqual([0, undefined, undefined]);
  });

  it('are brushed while the brush is on', () => {
    const brushed = vi.fn();
    viewer.onBrush(brushed);
    viewer.setBrush(true);
    press('pointerdown', SIDE / 2 - 60, SIDE / 2);
    press('pointermove', SIDE / 2, SIDE / 2);
    press('pointerup', SIDE / 2, SIDE / 2);
    expect(brushed.mock.calls).toEqual([[[0]]]);
  });

  it('are stepped through by key', async () => {
    const steps: number[] = [];
    viewer.onStep((by) => steps.push(by));
    viewer.canvas.focus();
    await userEvent.keyboard('np');
    expect(steps).toEqual([1, -1]);
  });
});

it('draws marks, a surface in the points\' colours and one without, and takes them back', async () => {
  const alone = await drawn();
  viewer.setMarks({ selected: [0, 0, 0], links: [{ from: [0, 0, 0], to: [1, 1, -0.3], strength: 1 }, { from: [0, 0, 0], to: [-1, 1, 0.3], strength: -0.2 }], kernelPoints: Float32Array.from([0.3, 0, 0]) });
  expect(await drawn()).toBeGreaterThan(alone + 100);
  viewer.setMarks({});
  expect(await drawn()).toBe(alone);
  const surface = { positions: POINTS, faces: Uint32Array.from([1, 2, 3, 1, 3, 4]) };
  viewer.setColors(paintPoints(5, () => [0.9, 0.1, 0.1]));
  for (const owners of [undefined, Int32Array.from([0, 1, 2, 3, 4])]) {
    viewer.setSurface({ ...surface, owners });
    expect(await drawn(), owners ? 'coloured' : 'translucent').toBeGreaterThan(5000);
  }
  viewer.setSurface(undefined);
  expect(await drawn()).toBe(alone);
});

it('shows a shape that is much larger whole', async () => {
  viewer.setShape({ positions: POINTS.map((x) => 1000 * x) });
  await until(async () => expect(await drawn()).toBeGreaterThan(50));
});

it('tells whoever follows where a person moves the eye, and nobody when it is moved by them; a reset too', async () => {
  const other = document.createElement('div');
  other.style.width = other.style.height = `${SIDE}px`;
  document.body.append(other);
  const follower = createCloudViewer(other, { reducedMotion: true });
  follower.setShape({ positions: POINTS });
  const [led, echoed] = [[] as ViewPoint[], [] as ViewPoint[]];
  viewer.onView((view) => {
    led.push(view);
    follower.setView(view);
  });
  follower.onView((view) => echoed.push(view));
  viewer.canvas.focus();
  await userEvent.keyboard('{ArrowLeft}');
  await until(() => expect(led).toHaveLength(1));
  viewer.resetView();
  await until(() => expect(led).toHaveLength(2));
  expect(led[0].eye[0]).not.toBeCloseTo(led[1].eye[0], 3);
  follower.canvas.focus();
  await userEvent.keyboard('+');
  await until(() => expect(echoed).toHaveLength(1));
  // From where the first put it, nearer by one press.
  const distance = ({ eye, target }: ViewPoint) => Math.hypot(...eye.map((x, k) => x - target[k]));
  expect(distance(echoed[0])).toBeLessThan(distance(led[1]));
  follower.dispose();
  other.remove();
});

it('draws dots at the ends of links, kernel points in their colours, and the points of a level', async () => {
  const alone = await drawn();
  const marks = { links: [{ from: [0, 0, 0], to: [0.5, 0.5, 0], strength: 0.01 }] } as const;
  viewer.setMarks(marks);
  expect(await drawn(), 'a link too weak for a line').toBe(alone);
  viewer.setMarks({ ...marks, linkColors: Float32Array.from([1, 0, 0]) });
  const dotted = await drawn();
  expect(dotted).toBeGreaterThan(alone);
  viewer.setMarks({ ...marks, linkColors: Float32Array.from([1, 0, 0]), levelPoints: Float32Array.from([-0.5, 0.5, 0]), levelColors: Float32Array.from([0, 1, 0]) });
  expect(await drawn()).toBeGreaterThan(dotted);
});
