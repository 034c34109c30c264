import type { ViewPoint } from './fitView';
import type { ThemeName } from './theme';

export interface CloudViewerOptions {
  readonly theme?: ThemeName;
  /** The view stops at once. */
  readonly reducedMotion?: boolean;
  /** What a screen reader calls the view. */
  readonly label?: string;
}

/** The points that are drawn. */
export interface CloudShape {
  /** [N, 3] */
  readonly positions: Float32Array;
  /** [N, 3]: shades the points where they are known. */
  readonly normals?: Float32Array;
}

/** A surface through the points. */
export interface CloudSurface {
  /** [V, 3] */
  readonly positions: Float32Array;
  /** [F, 3] */
  readonly faces: Uint32Array;
  /** [V]: the point whose colour each vertex takes; translucent and without colours where it is missing. */
  readonly owners?: Int32Array;
}

/** A line from one place to another, as strong as it counts. */
export interface CloudLink {
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** −1…1: its size is how strong, its sign which of two colours. */
  readonly strength: number;
}

/** Things drawn beside the points. */
export interface CloudMarks {
  /** Ringed. */
  readonly selected?: readonly [number, number, number];
  readonly links?: readonly CloudLink[];
  /** [K, 3]: where a kernel's points sit, and their colours, linear RGB. */
  readonly kernelPoints?: Float32Array;
  readonly kernelColors?: Float32Array;
  /** [M, 3]: points of a coarser level, and their colours, linear RGB. */
  readonly levelPoints?: Float32Array;
  readonly levelColors?: Float32Array;
  /** [L, 3] linear RGB: a dot at the far end of each link, as large as the link is strong. */
  readonly linkColors?: Float32Array;
}

/** A view of a point cloud. Everything is in the cloud's own frame, y up. */
export interface CloudViewer {
  readonly canvas: HTMLCanvasElement;
  /** Frames the shape anew when it is of another size or place, and nobody has moved the view. */
  setShape(shape: CloudShape): void;
  /** A surface such as the mesh that the points were drawn from, until another shape comes. */
  setSurface(surface: CloudSurface | undefined): void;
  /** @param colors [N, 3] linear RGB. @param sizes [N]: factors of the dots' diameter; 0 hides a point. */
  setColors(colors: Float32Array, sizes?: Float32Array): void;
  setMarks(marks: CloudMarks): void;
  /** While it is on, a drag brushes points instead of turning the view. */
  setBrush(on: boolean): void;
  /** Where the view stands and what it looks to, until somebody moves it; undefined frames the shape. */
  setOrbit(point: ViewPoint | undefined): void;
  resetView(): void;
  setTheme(theme: ThemeName): void;
  setReducedMotion(reduced: boolean): void;
  /** A point was clicked; undefined beside all of them. Each listener is removed by the function that comes back. */
  onPick(listener: (point: number | undefined) => void): () => void;
  /** The next point (1) or the one before (−1) was asked for by key. */
  onStep(listener: (by: 1 | -1) => void): () => void;
  onBrush(listener: (points: readonly number[]) => void): () => void;
  /** The eye moved, by a person or by a frame of its own. */
  onView(listener: (view: ViewPoint) => void): () => void;
  /** Looks from there. Tells no listener of {@link onView}. */
  setView(view: ViewPoint): void;
  /** Somebody has moved the view, and it has come to rest; undefined when it was framed again. */
  onOrbit(listener: (point: ViewPoint | undefined) => void): () => void;
  onContext(listener: (state: 'lost' | 'restored') => void): () => void;
  invalidate(): void;
  toImage(): Promise<Blob>;
  dispose(): void;
}
