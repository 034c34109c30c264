import { CheckField } from '../../controls/CheckField';
import { NumberField } from '../../controls/NumberField';
import { useLearn, useLearnPage, useLens, useLook } from '../model/context';
import { layerInView } from '../panels/cloudLink';
import { sharesWon, workChannel, workOf } from './arithmetic';
import { FormulaView, strongest } from './FormulaView';
import { KernelMatrices } from './KernelMatrices';
import { countOf, levelsOf, nearestPoint, neighborsOf, pointAt, positionsBefore, receptiveField, rowOfPoint } from './layers';
import { NeighborTable } from './NeighborTable';
import { PointChooser } from './PointChooser';
import { PointFeatures } from './PointFeatures';
import { Removal } from './Removal';
import './LookInside.css';

/** The network looked into: a layer, a point, and what the one made of the other. */
export function LookInside() {
  const model = useLearn();
  const lens = useLens();
  const inspection = useLook((look) => look.inspection);
  const layerName = useLearnPage((page) => page.layer);
  const chosen = useLearnPage((page) => page.point);
  const network = useLearnPage((page) => (lens === 'second' && page.compare ? page.compare : page.settings.model));
  const channel = useLearnPage((page) => page.channel);
  const field = useLearnPage((page) => page.field ?? false);
  const level = useLearnPage((page) => page.level);
  const matrix = useLearnPage((page) => page.matrix ?? 0);
  if (!inspection) {
    return (
      <section className="panel" aria-labelledby="inside-title">
        <div className="panel__head"><h2 className="panel__title" id="inside-title">Look inside</h2></div>
        <p className="note panel__body">Waits for a shape to look at.</p>
      </section>
    );
  }
  const { layers, prediction } = inspection;
  const layer = layerInView(inspection, layerName);
  const view = layers[layer];
  const point = chosen !== undefined && 3 * chosen < prediction.cloud.positions.length ? chosen : undefined;
  const output = point === undefined ? undefined : rowOfPoint(inspection, layer, point);
  const neighbors = output === undefined ? undefined : neighborsOf(inspection, layer, output);
  const work = output === undefined ? undefined : workOf(inspection, layer, output);
  const worked = Math.min(channel ?? strongest(view.activation, view.channels, output ?? 0), view.channels - 1);
  const sums = neighbors && work && workChannel(work, worked);
  const reach = output === undefined ? undefined : receptiveField(inspection, layer, output);
  const levels = levelsOf(inspection);
  const before = positionsBefore(inspection, layer);
  const chooseColumn = (column: number) => model.choosePoint(nearestPoint(prediction.cloud.positions, pointAt(before, column)));

  return (
    <section className="panel" aria-labelledby="inside-title">
      <div className="panel__head"><h2 className="panel__title" id="inside-title">Look inside</h2></div>
      <div className="panel__body inside">
        <div className="field field--wide">
          <label className="field__label" htmlFor="inside-layer">Layer</label>
          <select id="inside-layer" className="field__select" value={view.name} onChange={({ currentTarget }) => model.page.update({ layer: currentTarget.value })}>
            {layers.map((one) => <option key={one.name} value={one.name}>{one.name}: {one.kind}, {countOf(one)} × {one.channels}</option>)}
          </select>
        </div>
        <CheckField label="Colour by one channel of its activation" checked={channel !== undefined} onChange={(on) => model.page.update(on ? { channel: 0, color: 'activation' } : { channel: undefined })} />
        {channel !== undefined && <NumberField label="Channel" value={Math.min(channel, view.channels - 1)} limits={{ min: 0, max: view.channels - 1, step: 1 }} onChange={(value) => model.page.update({ channel: Math.round(value) })} />}
        <PointChooser inspection={inspection} point={point} />
        <FormulaView inspection={inspection} layer={layer} model={network} point={point} output={output} work={work} channel={worked} />
        {neighbors && (
          <NeighborTable
            neighbors={neighbors} onChoose={chooseColumn} channel={worked} winner={sums?.winner} won={work && sharesWon(work, view.channels)}
            terms={sums?.over === 'neighbors' ? sums.terms.map(({ value }) => value) : undefined}
          />
        )}
        {output !== undefined && point !== undefined && (
          <PointFeatures
            inspection={inspection} layer={layer} output={output} point={point} channel={worked}
            onChannel={(name, one) => model.page.update({ layer: name, channel: one, color: 'activation' })}
          />
        )}
        <KernelMatrices view={view} chosen={matrix} channel={worked} onChoose={(one) => model.page.update({ matrix: one || undefined })} />
        {reach && (
          <div className="inside__part">
            <h3 className="inside__title">How far it sees</h3>
            <ul className="inside__levels">{reach.levels.map(({ name, count, of }) => <li key={name}><span>{name}</span><span data-metric="receptive-field">{count} of {of}</span></li>)}</ul>
            <CheckField label={`Only these ${reach.points.size} points in the view`} checked={field} onChange={(on) => model.page.update({ field: on || undefined })} />
          </div>
        )}
        {levels.length > 1 && (
          <div className="inside__part">
            <h3 className="inside__title">Levels</h3>
            <div className="controls__row" role="group" aria-label="Levels of the hierarchy">
              {levels.map(({ name, count }) => (
                <button key={name} type="button" className="button button--small" aria-pressed={level === name} onClick={() => model.page.update({ level: level === name ? undefined : name })}>{name}: {count}</button>
              ))}
            </div>
          </div>
        )}
        <Removal inspection={inspection} />
      </div>
    </section>
  );
}
