import { useEffect, useRef, useState } from 'react';
import type { PoseViewer } from '../../viewer';
import { useModel, usePage, useRun } from '../page/model';
import { theme } from '../page/theme';
import { useStore } from '../page/useStore';
import type { StageView } from '../url/view';
import { linkStage, type PickedHypothesis } from './stageLink';
import { StageStatus } from './StageStatus';
import './Stage.css';

/** Follows the system's wish for less motion. */
function followMotion(viewer: PoseViewer): () => void {
  const media = matchMedia('(prefers-reduced-motion: reduce)');
  const apply = () => viewer.setReducedMotion(media.matches);
  media.addEventListener('change', apply);
  apply();
  return () => media.removeEventListener('change', apply);
}

/** The 3D view with its few switches. */
export function Stage({ picked }: { picked: PickedHypothesis }) {
  const model = useModel();
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<PoseViewer>();
  const { mode, hypotheses, trail, handle, moves, orbit } = usePage((state) => state.view);
  const dark = useStore(theme, (value) => value);
  const begun = useRun((state) => state.opened !== undefined);
  const translates = usePage((state) => state.settings.unknowns === 'rotation+translation') && begun;
  const truthKnown = useRun((state) => state.opened?.truth !== undefined);

  useEffect(() => {
    const { current } = host;
    if (!current) return;
    let stop: (() => void) | undefined;
    let gone = false;
    import('../../viewer').then(({ createPoseViewer }) => {
      if (gone) return;
      const made = createPoseViewer(current, { theme: theme.get() });
      made.canvas.dataset.ownsArrows = '';
      const unlink = linkStage(made, model, picked);
      const unfollow = followMotion(made);
      made.onOrbit((point) => model.look({ orbit: point }));
      setViewer(made);
      stop = () => {
        unlink();
        unfollow();
        made.dispose();
      };
    }).catch((error: unknown) => model.notices.show({
      topic: 'view', kind: 'error', title: 'The 3D view is not available', lines: [error instanceof Error ? error.message : String(error), 'The recovery itself may still run.'],
    }));
    return () => {
      gone = true;
      stop?.();
    };
  }, [model, picked]);

  useEffect(() => viewer?.setTheme(dark), [viewer, dark]);
  useEffect(() => viewer?.setView(mode), [viewer, mode]);
  useEffect(() => viewer?.setOrbit(orbit), [viewer, orbit]);
  useEffect(() => viewer?.setLayers({ hypotheses, trail }), [viewer, hypotheses, trail]);
  useEffect(() => viewer?.setGizmo({ target: handle, mode: moves && translates ? 'translate' : 'rotate' }), [viewer, handle, moves, translates]);

  const toggle = (wanted: StageView['handle']) => model.look({ handle: handle === wanted ? 'none' : wanted });
  return (
    <section className="panel stage" aria-labelledby="stage-title">
      <div className="panel__head stage__head">
        <h2 className="panel__title" id="stage-title">Pose in space</h2>
        <div className="stage__tools" role="group" aria-label="3D view">
          <button type="button" className="button button--small" aria-pressed={handle === 'truth'} disabled={!truthKnown} onClick={() => toggle('truth')}>Drag target</button>
          <button type="button" className="button button--small" aria-pressed={handle === 'estimate'} onClick={() => toggle('estimate')}>Drag estimate</button>
          {handle !== 'none' && translates && (
            <button type="button" className="button button--small" aria-pressed={moves} onClick={() => model.look({ moves: !moves })}>Move, not turn</button>
          )}
          <button type="button" className="button button--small" aria-pressed={mode === 'camera'} onClick={() => model.look({ mode: mode === 'camera' ? 'free' : 'camera' })}>Through the camera</button>
          <label className="stage__select">
            <span>Hypotheses</span>
            <select value={hypotheses} onChange={(event) => model.look({ hypotheses: event.currentTarget.value as StageView['hypotheses'] })}>
              <option value="axes">as axes</option><option value="shells">as shells</option><option value="hidden">hidden</option>
            </select>
          </label>
          <label className="stage__check"><input type="checkbox" checked={trail} onChange={(event) => model.look({ trail: event.currentTarget.checked })} /> Trail</label>
          <button type="button" className="button button--small button--quiet" onClick={() => viewer?.resetView()}>Reset view</button>
        </div>
      </div>
      <div className="stage__view">
        <div ref={host} className="stage__host" />
        <StageStatus />
        <ul className="stage__legend" aria-label="Legend">
          <li className="stage__key stage__key--estimate">Estimate</li>
          {truthKnown && <li className="stage__key stage__key--truth">True pose</li>}
        </ul>
      </div>
    </section>
  );
}
