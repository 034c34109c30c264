import { Color } from 'three';
import { createFatLines } from './fatLines';

/** An object's three axes from its centre, one hue each. */
export function createAxes({ width, dashed }: { readonly width: number; readonly dashed: boolean }) {
  const lines = createFatLines({ width, dashed, opacity: dashed ? 0.9 : 1 });
  let length = 1;
  let colors: readonly number[] = [0, 0, 0];
  const redraw = () => {
    lines.set(
      Float32Array.from([0, 1, 2].flatMap((axis) => [0, 0, 0, ...[0, 1, 2].map((k) => (k === axis ? length : 0))])),
      Float32Array.from(colors.flatMap((hex) => [...new Color(hex).toArray(), ...new Color(hex).toArray()])),
    );
    lines.material.dashSize = lines.material.gapSize = 0.05 * length;
  };
  return {
    object: lines.object,
    setLength(to: number) {
      length = to;
      redraw();
    },
    setColors(to: readonly number[]) {
      colors = to;
      redraw();
    },
    dispose: () => lines.dispose(),
  };
}
