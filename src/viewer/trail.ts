import { Group } from 'three';
import type { Pose } from '../scene/pose';
import { createDots } from './dots';
import { createFatLines } from './fatLines';
import type { ViewerTheme } from './theme';
import { TIP_DIAMETERS, trailColors, trailPoints, trailSegments } from './trailGeometry';

/** The paths of the object's three axis tips through the past poses, coloured by step, with marks on single steps. */
export function createTrail(initial: ViewerTheme) {
  let theme = initial;
  let poses: readonly Pose[] = [];
  let diameter = 1;
  let points: Float32Array = new Float32Array(0);
  let colors: Float32Array = new Float32Array(0);
  let marked: readonly number[] = [];
  const lines = createFatLines({ width: 2.5 });
  const dots = createDots({ diameter: 6 });
  const marks = createDots({ diameter: 13, ring: 2.5 });
  // A mark is seen wherever it is, the object between or not.
  marks.object.renderOrder = 10;
  marks.object.material.depthTest = false;
  const group = new Group().add(lines.object, dots.object, marks.object);

  const drawMarks = () => {
    const steps = marked.filter((step) => step >= 0 && step < poses.length);
    const pick = (data: Float32Array) => Float32Array.from(steps.flatMap((step) => [...data.subarray(9 * step, 9 * step + 9)]));
    marks.set(pick(points), pick(colors));
    marks.setRingColor(theme.marker);
  };
  const draw = () => {
    points = trailPoints(poses, TIP_DIAMETERS * diameter);
    colors = trailColors(poses.length, theme.trail);
    lines.set(trailSegments(points), trailSegments(colors));
    dots.set(points, colors);
    drawMarks();
  };
  draw();

  return {
    group,
    /** [3 N, 3]: what {@link pickPoint} looks for. */
    get points() {
      return points;
    },
    get length() {
      return poses.length;
    },
    set(next: readonly Pose[]) {
      poses = next;
      draw();
    },
    setDiameter(next: number) {
      diameter = next;
      draw();
    },
    /** Rings the given steps, as far as they exist. */
    mark(steps: readonly number[]) {
      marked = steps;
      drawMarks();
    },
    setTheme(next: ViewerTheme) {
      theme = next;
      draw();
    },
    setPixelRatio(ratio: number) {
      dots.setPixelRatio(ratio);
      marks.setPixelRatio(ratio);
    },
    dispose() {
      lines.dispose();
      dots.dispose();
      marks.dispose();
    },
  };
}

export type Trail = ReturnType<typeof createTrail>;
