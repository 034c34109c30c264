import { useCallback, useEffect, useState } from 'react';
import type { CloudViewer } from '../../../viewer/cloud';
import { Icon } from '../../page/Icon';
import type { Lens } from '../model/choices';
import { useLearn, useLearnPage, useLens, useLook, useTraining } from '../model/context';
import { COLOR_MODES, type ColorMode } from '../url/pageState';
import { looksAtMeshes } from './cloudLink';
import { CloudStatus } from './CloudStatus';
import { CloudView } from './CloudView';
import { MODEL_NAMES } from './LearnFigures';
import { linkViews } from './linkViews';
import '../../panels/Stage.css';
import './CloudStage.css';

const COLOR_NAMES: Record<ColorMode, string> = {
  prediction: 'prediction', truth: 'truth', error: 'right and wrong', confidence: 'confidence', activation: 'a layer’s activation', importance: 'critical points',
};

type Viewers = Readonly<Partial<Record<Lens, CloudViewer>>>;

/** The shape on screen in 3D, in the colours of what the network makes of it. */
export function CloudStage() {
  const model = useLearn();
  const lens = useLens();
  const [viewers, setViewers] = useState<Viewers>({});
  const brush = useLearnPage((page) => page.brush ?? false);
  const orbit = useLearnPage((page) => page.orbit);
  const color = useLearnPage((page) => page.color);
  const index = useLook((look) => look.index);
  const name = useLook((look) => look.example?.name);
  const surface = useLearnPage((page) => page.surface ?? false);
  // Of a network on meshes the surface itself is what is seen.
  const hasMesh = useLook(({ example, inspection }) => example?.mesh !== undefined && inspection !== undefined && !looksAtMeshes(inspection));
  const testCount = useTraining((state) => state.opened?.testCount ?? 0, lens);
  const comparing = useLearnPage((page) => page.compare);
  const firstModel = useLearnPage((page) => page.settings.model);

  const ready = useCallback((of: Lens, viewer: CloudViewer | undefined) => setViewers((before) => ({ ...before, [of]: viewer })), []);
  const { first, second } = viewers;
  useEffect(() => (first && second ? linkViews(first, second) : undefined), [first, second]);
  useEffect(() => [first, second].forEach((viewer) => viewer?.setBrush(brush)), [first, second, brush]);
  useEffect(() => [first, second].forEach((viewer) => viewer?.setOrbit(orbit)), [first, second, orbit]);

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
              <span>Looked into</span>
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
          <button type="button" className="button button--small button--quiet" onClick={() => (first ?? second)?.resetView()}><Icon name="reset" />View</button>
        </div>
      </div>
      <div className={comparing ? 'stage__views stage__views--two' : 'stage__views'}>
        <CloudView lens="first" name={comparing && MODEL_NAMES[firstModel]} onReady={ready}><CloudStatus /></CloudView>
        {comparing && <CloudView lens="second" name={MODEL_NAMES[comparing]} onReady={ready} />}
      </div>
    </section>
  );
}
