import { useEffect, useRef, useState } from 'react';
import type { CloudViewer } from '../../../viewer/cloud';
import { Icon } from '../../page/Icon';
import { theme } from '../../page/theme';
import { useStore } from '../../page/useStore';
import { useLearn, useLearnPage, useLens, useLook, useTraining } from '../model/context';
import { COLOR_MODES, type ColorMode } from '../url/pageState';
import { linkCloud, looksAtMeshes } from './cloudLink';
import { CloudStatus } from './CloudStatus';
import { MODEL_NAMES } from './LearnFigures';
import { LegendView } from './LegendView';
import { PointLine } from './PointLine';
import { Verdict } from './Verdict';
import '../../panels/Stage.css';
import './CloudStage.css';

const COLOR_NAMES: Record<ColorMode, string> = {
  prediction: 'prediction', truth: 'truth', error: 'right and wrong', confidence: 'confidence', activation: 'a layer’s activation', importance: 'critical points',
};

/** Follows the system's wish for less motion. */
function followMotion(viewer: CloudViewer): () => void {
  const media = matchMedia('(prefers-reduced-motion: reduce)');
  const apply = () => viewer.setReducedMotion(media.matches);
  media.addEventListener('change', apply);
  apply();
  return () => media.removeEventListener('change', apply);
}

/** The shape on screen in 3D, in the colours of what the network makes of it. */
export function CloudStage() {
  const model = useLearn();
  const lens = useLens();
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<CloudViewer>();
  const brush = useLearnPage((page) => page.brush ?? false);
  const orbit = useLearnPage((page) => page.orbit);
  const dark = useStore(theme, (value) => value);
  const color = useLearnPage((page) => page.color);
  const index = useLook((look) => look.index);
  const name = useLook((look) => look.example?.name);
  const surface = useLearnPage((page) => page.surface ?? false);
  // Of a network on meshes the surface itself is what is seen.
  const hasMesh = useLook(({ example, inspection }) => example?.mesh !== undefined && inspection !== undefined && !looksAtMeshes(inspection));
  const testCount = useTraining((state) => state.opened?.testCount ?? 0, lens);
  const comparing = useLearnPage((page) => page.compare);
  const firstModel = useLearnPage((page) => page.settings.model);

  useEffect(() => {
    const { current } = host;
    if (!current) return;
    let stop: (() => void) | undefined;
    let gone = false;
    import('../../../viewer/cloud').then(({ createCloudViewer }) => {
      if (gone) return;
      const made = createCloudViewer(current, { theme: theme.get() });
      made.canvas.dataset.ownsArrows = '';
      const unlink = linkCloud(made, model);
      const unfollow = followMotion(made);
      made.onOrbit((point) => model.page.update({ orbit: point }));
      setViewer(made);
      stop = () => {
        unlink();
        unfollow();
        made.dispose();
      };
    }).catch((error: unknown) => model.notices.show({
      topic: 'view', kind: 'error', title: 'The 3D view is not available', lines: [error instanceof Error ? error.message : String(error), 'Training itself may still run.'],
    }));
    return () => {
      gone = true;
      stop?.();
    };
  }, [model]);

  useEffect(() => viewer?.setTheme(dark), [viewer, dark]);
  useEffect(() => viewer?.setBrush(brush), [viewer, brush]);
  useEffect(() => viewer?.setOrbit(orbit), [viewer, orbit]);

  const go = (by: number) => model.showShape(((index ?? 0) + by + testCount) % testCount);
  return (
    <section className="panel stage" aria-labelledby="cloud-title">
      <div className="panel__head stage__head">
        <h2 className="panel__title cloud__title" id="cloud-title">
          {index === undefined ? name ?? 'Shape' : `Test shape ${index + 1} of ${testCount}`}
        </h2>
        <div className="stage__tools" role="group" aria-label="3D view">
          <button type="button" className="button button--small" disabled={testCount < 1} onClick={() => go(-1)}>Previous shape</button>
          <button type="button" className="button button--small" disabled={testCount < 1} onClick={() => go(1)}>Next shape</button>
          {comparing && (
            <label className="stage__select">
              <span>Seen by</span>
              <select value={lens} onChange={(event) => model.look(event.currentTarget.value === 'second' ? 'second' : 'first')}>
                <option value="first">{MODEL_NAMES[firstModel]} (first)</option><option value="second">{MODEL_NAMES[comparing]} (second)</option>
              </select>
            </label>
          )}
          <label className="stage__select">
            <span>Colour</span>
            <select value={color} onChange={({ currentTarget }) => model.page.update({ color: COLOR_MODES[currentTarget.selectedIndex] })}>
              {COLOR_MODES.map((mode) => <option key={mode} value={mode}>{COLOR_NAMES[mode]}</option>)}
            </select>
          </label>
          {hasMesh && <label className="stage__check"><input type="checkbox" checked={surface} onChange={(event) => model.page.update({ surface: event.currentTarget.checked || undefined })} /> Surface</label>}
          <button type="button" className="button button--small" aria-pressed={brush} onClick={() => model.page.update({ brush: !brush || undefined })} title="Drag over points to take them away">Brush away</button>
          <button type="button" className="button button--small button--quiet" onClick={() => viewer?.resetView()}><Icon name="reset" />View</button>
        </div>
      </div>
      <div className="stage__view">
        <div ref={host} className="stage__host" />
        <CloudStatus />
        <LegendView />
        <Verdict />
        <PointLine />
      </div>
    </section>
  );
}
