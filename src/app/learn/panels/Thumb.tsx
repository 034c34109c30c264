import { useEffect, useRef, useState } from 'react';
import type { LearnExample } from '../../../experiments/learn/protocol';
import { classColor } from '../../../viewer/cloudColors';
import { theme, type Theme } from '../../page/theme';
import { useStore } from '../../page/useStore';
import { useLearn } from '../model/context';

const SIDE = 76;
/** More dots than this would only cover each other. */
const MOST_DOTS = 700;
/** Turned as in the 3D view: from the front, a little from the right and from above. */
const [TURN, LIFT] = [0.62, 0.42];

/** Draws a cloud small, far points first, in its class's colour or in those of its parts. @param part the one that stands out. */
function drawCloud(canvas: HTMLCanvasElement, { cloud, label }: LearnExample, shade: Theme, parts: boolean, part: number | undefined): void {
  const context = canvas.getContext('2d');
  const count = cloud.positions.length / 3;
  if (!context || !count) return;
  const stride = Math.max(1, Math.floor(count / MOST_DOTS));
  const [sinT, cosT, sinL, cosL] = [Math.sin(TURN), Math.cos(TURN), Math.sin(LIFT), Math.cos(LIFT)];
  const dots = Array.from({ length: Math.floor(count / stride) }, (_, k) => {
    const i = k * stride;
    const [x, y, z] = cloud.positions.subarray(3 * i, 3 * i + 3);
    const deep = x * sinT + z * cosT;
    return { x: x * cosT - z * sinT, y: y * cosL - deep * sinL, depth: y * sinL + deep * cosL, label: cloud.labels?.[i] };
  }).sort((a, b) => a.depth - b.depth);
  const range = (of: (dot: (typeof dots)[number]) => number) => dots.reduce(([low, high], dot) => [Math.min(low, of(dot)), Math.max(high, of(dot))], [Infinity, -Infinity]);
  const [[left, right], [low, high], [far, near]] = [range(({ x }) => x), range(({ y }) => y), range(({ depth }) => depth)];
  const scale = (SIDE - 12) / Math.max(right - left, high - low, 1e-9);
  const ratio = canvas.width / SIDE;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, SIDE, SIDE);
  for (const dot of dots) {
    const [r, g, b] = classColor(parts ? dot.label : label, shade);
    const nearness = near > far ? (dot.depth - far) / (near - far) : 1;
    context.globalAlpha = (part === undefined || dot.label === part ? 1 : 0.15) * (0.35 + 0.65 * nearness);
    context.fillStyle = `rgb(${255 * r} ${255 * g} ${255 * b})`;
    context.fillRect(SIDE / 2 + scale * (dot.x - (left + right) / 2) - 0.9, SIDE / 2 - scale * (dot.y - (low + high) / 2) - 0.9, 1.8, 1.8);
  }
}

/** A small picture of a test example. @param of the training whose example it is: another one has others. */
export function Thumb({ index, part, of }: { index: number; part?: number; of: unknown }) {
  const { shelf, task } = useLearn();
  const parts = task === 'segment';
  const canvas = useRef<HTMLCanvasElement>(null);
  const [example, setExample] = useState<LearnExample>();
  const dark = useStore(theme, (value) => value);
  useEffect(() => {
    let gone = false;
    // A shape that does not come leaves its place empty; the card still says what it is.
    shelf.get(index).then((got) => { if (!gone) setExample(got); }, () => undefined);
    return () => { gone = true; };
  }, [shelf, index, of]);
  useEffect(() => {
    if (canvas.current && example) drawCloud(canvas.current, example, dark, parts, part);
  }, [example, dark, parts, part]);
  return <canvas ref={canvas} className="thumb" width={2 * SIDE} height={2 * SIDE} aria-hidden="true" />;
}
