import { BufferAttribute, BufferGeometry, Color, Group, LineBasicMaterial, LineSegments, Mesh as ThreeMesh, type MeshLambertMaterial } from 'three';
import type { Pose } from '../scene/pose';
import { bestHypotheses, hypothesisOpacities } from './hypothesisStyle';
import { ghostMaterial } from './materials';
import type { ObjectSurface } from './objectLayer';
import { applyPose } from './poseObject3D';
import type { ViewerTheme } from './theme';
import { axisTips, TIP_DIAMETERS } from './trailGeometry';

export interface HypothesisView {
  readonly pose: Pose;
  readonly loss: number;
  readonly source: string;
}

export type HypothesesStyle = 'axes' | 'shells' | 'hidden';

/** More translucent shells than this are a fog. */
const MOST_SHELLS = 6;
const SHELL_OPACITY = 0.22;

/** All hypotheses as faint axes that fade towards their centre, or the best few as translucent shells. */
export function createHypothesesLayer(initial: ViewerTheme) {
  let theme = initial;
  let style: HypothesesStyle = 'axes';
  let surface: ObjectSurface | undefined;
  let hypotheses: readonly HypothesisView[] = [];
  let shellMaterial: MeshLambertMaterial | undefined;
  const group = new Group();
  const shells = new Group();
  const lineMaterial = new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false });
  const lines = new LineSegments(new BufferGeometry(), lineMaterial);
  lines.frustumCulled = false;
  group.add(lines, shells);

  const drawAxes = () => {
    lines.geometry.dispose();
    lines.geometry = new BufferGeometry();
    lines.visible = style === 'axes' && surface !== undefined && hypotheses.length > 0;
    if (!lines.visible || !surface) return;
    const length = TIP_DIAMETERS * surface.diameter;
    const opacities = hypothesisOpacities(hypotheses.map((h) => h.loss));
    const hues = theme.axes.map((hex) => new Color(hex).toArray());
    const positions = hypotheses.flatMap(({ pose }) => axisTips(pose, length).flatMap((tip) => [...pose.translation, ...tip]));
    const colors = opacities.flatMap((opacity) => hues.flatMap((hue) => [...hue, 0, ...hue, opacity]));
    lines.geometry.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3));
    lines.geometry.setAttribute('color', new BufferAttribute(Float32Array.from(colors), 4));
  };
  const drawShells = () => {
    shells.visible = style === 'shells';
    const best = shells.visible && surface ? bestHypotheses(hypotheses, MOST_SHELLS) : [];
    while (shells.children.length > best.length) shells.remove(shells.children[shells.children.length - 1]);
    while (surface && shells.children.length < best.length) shells.add(new ThreeMesh(surface.geometry, shellMaterial));
    best.forEach(({ pose }, i) => applyPose(shells.children[i], pose));
  };
  const draw = () => {
    drawAxes();
    drawShells();
  };

  return {
    group,
    setSurface(next: ObjectSurface | undefined) {
      shells.clear();
      shellMaterial?.dispose();
      surface = next;
      shellMaterial = next && ghostMaterial({ mesh: next.mesh, texture: next.texture, plain: theme.object }, SHELL_OPACITY);
      draw();
    },
    set(next: readonly HypothesisView[]) {
      hypotheses = next;
      draw();
    },
    setStyle(next: HypothesesStyle) {
      style = next;
      draw();
    },
    setTheme(next: ViewerTheme) {
      theme = next;
      drawAxes();
    },
    dispose() {
      lines.geometry.dispose();
      lineMaterial.dispose();
      shellMaterial?.dispose();
    },
  };
}

export type HypothesesLayer = ReturnType<typeof createHypothesesLayer>;
