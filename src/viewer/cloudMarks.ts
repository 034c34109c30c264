import { Color, Group } from 'three';
import type { CloudLink, CloudMarks } from './cloudTypes';
import { createDots } from './dots';
import { createFatLines } from './fatLines';
import type { ViewerTheme } from './theme';

/** Links weaker than this share of the strongest would only be clutter. */
const WEAKEST = 0.02;

/** Of a dot at the end of a link that does not count, where the strongest has 1. */
const LEAST_DOT = 0.45;

/** The ring round the chosen point, lines to its neighbours with dots at their ends, and the kernel's own points. */
export function createCloudMarks(initial: ViewerTheme) {
  let theme = initial;
  let marks: CloudMarks = {};
  const group = new Group();
  const chosen = createDots({ diameter: 20, ring: 3, hollow: true });
  const kernel = createDots({ diameter: 11, ring: 2 });
  const level = createDots({ diameter: 12, ring: 1.5 });
  const ends = createDots({ diameter: 13, ring: 1 });
  const strong = createFatLines({ width: 3 });
  const weak = createFatLines({ width: 1.4, opacity: 0.75 });
  // Seen through the cloud: what is chosen must not hide behind it.
  for (const part of [chosen.object, kernel.object, ends.object]) part.material.depthTest = false;
  for (const part of [strong, weak]) part.material.depthTest = false;
  [level.object, weak.object, strong.object, ends.object, kernel.object, chosen.object].forEach((part, i) => (part.renderOrder = 5 + i));
  group.add(level.object, strong.object, weak.object, ends.object, chosen.object, kernel.object);

  const lines = (links: readonly CloudLink[]) => {
    const [positive, negative] = [new Color(theme.axes[2]), new Color(theme.axes[0])];
    const segments = new Float32Array(6 * links.length);
    const colors = new Float32Array(6 * links.length);
    links.forEach(({ from, to, strength }, i) => {
      segments.set([...from, ...to], 6 * i);
      const { r, g, b } = strength < 0 ? negative : positive;
      colors.set([r, g, b, r, g, b], 6 * i);
    });
    return [segments, colors] as const;
  };
  const draw = () => {
    const { selected, links = [], kernelPoints = new Float32Array(0), kernelColors, linkColors, levelPoints = new Float32Array(0), levelColors = new Float32Array(0) } = marks;
    const background = new Color(theme.background);
    const accent = new Color(theme.axes[1]).toArray();
    chosen.set(Float32Array.from(selected ?? []), Float32Array.from(selected ? background.toArray() : []));
    chosen.setRingColor(theme.marker);
    kernel.set(kernelPoints, kernelColors ?? Float32Array.from({ length: kernelPoints.length }, (_, i) => accent[i % 3]));
    kernel.setRingColor(theme.marker);
    level.set(levelPoints, levelColors);
    level.setRingColor(theme.marker);
    const dotted = linkColors ? links : [];
    ends.set(
      Float32Array.from(dotted.flatMap(({ to }) => [...to])), linkColors ?? new Float32Array(0),
      Float32Array.from(dotted, ({ strength }) => LEAST_DOT + (1 - LEAST_DOT) * Math.abs(strength)),
    );
    ends.setRingColor(theme.marker);
    const seen = links.filter(({ strength }) => Math.abs(strength) >= WEAKEST);
    strong.set(...lines(seen.filter(({ strength }) => Math.abs(strength) >= 0.5)));
    weak.set(...lines(seen.filter(({ strength }) => Math.abs(strength) < 0.5)));
  };
  draw();

  return {
    group,
    set(next: CloudMarks) {
      marks = next;
      draw();
    },
    setTheme(next: ViewerTheme) {
      theme = next;
      draw();
    },
    setPixelRatio(ratio: number) {
      chosen.setPixelRatio(ratio);
      kernel.setPixelRatio(ratio);
      ends.setPixelRatio(ratio);
      level.setPixelRatio(ratio);
    },
    dispose() {
      for (const part of [chosen, kernel, ends, level, strong, weak]) part.dispose();
    },
  };
}
