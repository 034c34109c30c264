// What the journeys through the learning pages share: a training small enough for plain loops.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { button, figure } from './page';
import { expect } from './fixtures';

/** Three families, few points, a narrow PointNet, and the processor alone: a step takes a tenth of a second. */
export const SMALL = 'families=airplane,chair,mug&train=20&test=6&points=128&width=0.125&batch=8&every=10&from=nothing&backend=cpu';

/** Opens a learning page and waits until the network can be looked at. */
export async function openLearning(page: Page, settings: string, lab: 'classify' | 'segment' = 'classify'): Promise<void> {
  await page.goto(`#lab=${lab}&v=1&${settings}`);
  await expect(page.locator('[data-metric="test-accuracy"]')).not.toHaveText('–', { timeout: 90_000 });
}

/** Waits until a paused training has come to rest, the step under way done and in the link, and says which step that is. */
export async function restingStep(page: Page): Promise<number> {
  await expect(button(page, 'Play')).toBeVisible();
  let before = NaN;
  await expect.poll(async () => {
    const step = await figure(page, 'step');
    const rests = step === before && page.url().includes(`stop=${step}`);
    before = step;
    return rests;
  }, { message: 'the training comes to rest', intervals: [600] }).toBe(true);
  return before;
}

/** Plays until something holds, then pauses. */
export async function train(page: Page, until: () => Promise<void>): Promise<void> {
  await button(page, 'Play').click();
  await until();
  await button(page, 'Pause').click();
  await restingStep(page);
}

/** A box of points as a PLY cloud. */
export function boxCloud(count = 300): string {
  const points = Array.from({ length: count }, (_, i) => [Math.sin(12.9 * i), Math.sin(78.2 * i), Math.sin(37.7 * i)].map((x) => x.toFixed(4)).join(' '));
  return `ply\nformat ascii 1.0\nelement vertex ${count}\nproperty float x\nproperty float y\nproperty float z\nend_header\n${points.join('\n')}\n`;
}

/** A tetrahedron stretched upwards. */
export const tetrahedron = (height: number): string => `OFF\n4 4 0\n0 0 0\n1 0 0\n0 0 1\n0.3 ${height} 0.3\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 2 0 3\n`;

/** A flat square. */
export const square = (side: number): string => `OFF\n4 2 0\n0 0 0\n${side} 0 0\n${side} 0 1\n0 0 1\n3 0 2 1\n3 0 3 2\n`;

/** Writes files into a new folder of that name. @returns where it is. */
export function writeFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = path.join(mkdtempSync(path.join(tmpdir(), 'journey-')), name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}

/** Drops a folder onto the page: what a browser hands over is the one entry that leads to all of it. */
export async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  await session.detach();
}
