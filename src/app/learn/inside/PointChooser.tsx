import type { LearnInspection } from '../../../experiments/learn/protocol';
import { NumberField } from '../../controls/NumberField';
import { useLearn, useLens, useLook, useTraining } from '../model/context';
import { predictionOf, truthOf } from '../model/pointColors';
import { percent } from '../panels/Verdict';
import { channelsWon, pointAt } from './layers';

const NO_NAMES: readonly string[] = [];

/** Which point is looked at, and what is known of it. */
export function PointChooser({ inspection, point }: { inspection: LearnInspection; point: number | undefined }) {
  const model = useLearn();
  const lens = useLens();
  const names = useTraining((state) => state.opened?.classNames ?? NO_NAMES, lens);
  const shapeTruth = useLook((look) => look.example?.label);
  const { positions } = inspection.prediction.cloud;
  const limits = { min: 0, max: positions.length / 3 - 1, step: 1 };
  const said = point === undefined || !names.length ? undefined : predictionOf(inspection, names.length, point);
  const truth = point === undefined ? undefined : truthOf(inspection, shapeTruth, point);
  const won = point === undefined ? undefined : channelsWon(inspection)?.[point];
  return (
    <div className="inside__part">
      <div className="controls__row">
        <button type="button" className="button button--small" onClick={() => model.stepPoint(-1)}>Previous point</button>
        <button type="button" className="button button--small" onClick={() => model.stepPoint(1)}>Next point</button>
        <button type="button" className="button button--small" disabled={point === undefined} onClick={() => model.choosePoint(undefined)}>None</button>
      </div>
      {point !== undefined && <NumberField plain label="Point" value={point} limits={limits} onChange={(value) => model.choosePoint(Math.round(value))} />}
      <p className="inside__said" role="status" data-metric="point">
        {point === undefined
          ? 'Click a point in the view, or choose one here.'
          : `Point ${point} at ${pointAt(positions, point).map((x) => x.toFixed(2).replace('-', '−')).join(', ')}${
            said && inspection.prediction.task === 'segment' ? `: ${names[said.index]} ${percent(said.share)}${truth === undefined ? '' : truth === said.index ? ', right' : `, is ${names[truth]}`}` : ''
          }${won === undefined ? '' : `; won ${won} channel${won === 1 ? '' : 's'} of maxima`}`}
      </p>
    </div>
  );
}
