import type { PoseDrag, PoseViewer } from '../../viewer';
import type { PageModel } from '../model/pageModel';
import { shownSnapshot } from '../run/runState';
import type { Store } from '../run/store';
import type { LoadedObject } from '../../workers/meshApi';
import type { PoseSnapshot } from '../../experiments/pose/protocol';

/** Which of the hypotheses a person points at in the table. */
export type PickedHypothesis = Store<number | undefined>;

/** Keeps the 3D view at what the run shows, outside React. Returns the way to stop. */
export function linkStage(viewer: PoseViewer, model: PageModel, picked: PickedHypothesis): () => void {
  const { run } = model;
  let object: LoadedObject | undefined;
  let opened: unknown;
  let history: readonly PoseSnapshot[] = [];
  let snapshot: PoseSnapshot | undefined;
  let target: unknown;
  let light: unknown;
  let pick: number | undefined;

  const update = () => {
    const state = run.state.get();
    const { loaded } = model.object.get();
    if (loaded && loaded !== object) {
      object = loaded;
      viewer.setObject(loaded.object.mesh, loaded.object.diameter);
    }
    const { settings } = model.page.get();
    if (settings.target.light !== light) {
      light = settings.target.light;
      viewer.setLight(lightOf(settings.target.light));
    }
    if (state.opened !== opened) {
      opened = state.opened;
      if (state.opened) viewer.setCamera(state.opened.camera);
      viewer.setTruth(state.opened?.truth ?? model.targetPose());
    }
    if (state.images?.target !== target) {
      target = state.images?.target;
      viewer.setTargetImage(state.images?.target);
    }
    if (state.history !== history) {
      history = state.history;
      viewer.setTrail(history.map(({ estimate }) => estimate), history.map(({ metrics }) => metrics.loss));
    }
    const shown = shownSnapshot(state);
    // What was picked belongs to the step it was picked at.
    if (snapshot && shown !== snapshot && picked.get() !== undefined) picked.set(undefined);
    if (shown !== snapshot || picked.get() !== pick) {
      snapshot = shown;
      pick = picked.get();
      const hypotheses = shown?.hypotheses ?? [];
      const chosen = pick === undefined ? undefined : hypotheses[pick];
      viewer.setEstimate(chosen?.pose ?? shown?.estimate);
      viewer.setHypotheses(hypotheses);
      viewer.highlight(shown?.step);
    }
  };

  const onDrag = ({ target: dragged, pose, finished }: PoseDrag) => {
    if (!finished) return;
    if (dragged === 'truth') model.setTargetPose(pose);
    else run.edit(pose);
  };
  const stops = [
    run.state.subscribe(update), model.object.subscribe(update), model.page.subscribe(update), picked.subscribe(update),
    viewer.onPickTrail((step) => run.seek(step)), viewer.onPoseDrag(onDrag),
    viewer.onContext((state) => {
      if (state === 'lost') model.notices.show({ topic: 'view', kind: 'warning', title: 'The 3D view lost its graphics context; it resumes by itself' });
      else model.notices.clear('view');
    }),
  ];
  update();
  return () => stops.forEach((stop) => stop());
}

/** The direction towards the light in the camera's frame, as the engine takes azimuth and elevation. */
function lightOf({ azimuthDeg, elevationDeg, ambient }: { azimuthDeg: number; elevationDeg: number; ambient: number }) {
  if (ambient === 1) return undefined;
  const [azimuth, elevation] = [azimuthDeg, elevationDeg].map((degrees) => (degrees * Math.PI) / 180);
  return {
    direction: [Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation), Math.cos(azimuth) * Math.cos(elevation)] as const,
    ambient,
  };
}
