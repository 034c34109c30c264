import { useLearn, useLearnPage, useLook } from '../model/context';
import { layerInView } from '../panels/cloudLink';
import { countOf } from './layers';
import './LookInside.css';

/** The network looked into: a layer, a point, and what the one made of the other. */
export function LookInside() {
  const model = useLearn();
  const inspection = useLook((look) => look.inspection);
  const layerName = useLearnPage((page) => page.layer);
  if (!inspection) return null;
  const { layers } = inspection;
  const layer = layerInView(inspection, layerName);
  return (
    <section className="panel" aria-labelledby="inside-title">
      <div className="panel__head"><h2 className="panel__title" id="inside-title">Look inside</h2></div>
      <div className="panel__body">
        <div className="field field--select">
          <label className="field__label" htmlFor="inside-layer">Layer</label>
          <select id="inside-layer" className="field__select" value={layers[layer]?.name} onChange={({ currentTarget }) => model.page.update({ layer: currentTarget.value })}>
            {layers.map((view) => <option key={view.name} value={view.name}>{view.name}: {view.kind}, {countOf(view)} × {view.channels}</option>)}
          </select>
        </div>
      </div>
    </section>
  );
}
