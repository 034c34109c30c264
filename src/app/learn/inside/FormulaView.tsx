import type { LearnInspection } from '../../../experiments/learn/protocol';
import type { LearnModelId } from '../../../experiments/learn/settings';
import type { Work } from './arithmetic';
import { formulaOf } from './formulas';
import { movesKernelPoints } from './kernelPointsAt';
import { countOf, pointAt, positionsBefore, rowOfPoint, sourcesOf } from './layers';
import { formula, name, number, operator as op, row, sub, tuple } from './math';
import { SumView } from './SumView';

interface Props {
  readonly inspection: LearnInspection;
  readonly layer: number;
  readonly model: LearnModelId;
  /** Of the cloud, the one chosen. */
  readonly point?: number;
  /** The output. */
  readonly output?: number;
  /** Its sums. */
  readonly work?: Work;
  /** Whose sums are gone through. */
  readonly channel: number;
}

function placeOf(inspection: LearnInspection, layer: number) {
  const whole = countOf(inspection.layers[layer]) === 1;
  const meets = sourcesOf(inspection, layer).some(({ layer: from, takes }) => takes === 'all' && from >= 0 && countOf(inspection.layers[from]) === 1);
  return { whole, spreads: !whole && meets, deforms: movesKernelPoints(inspection.layers[layer]) };
}

/** The strongest channel of an output. */
export function strongest(activation: Float32Array, channels: number, output: number): number {
  let best = 0;
  for (let c = 1; c < channels; c++) if (Math.abs(activation[output * channels + c]) > Math.abs(activation[output * channels + best])) best = c;
  return best;
}

/** What the layer computes, and the same with the chosen point's numbers. */
export function FormulaView({ inspection, layer, model, point, output, work, channel }: Props) {
  const view = inspection.layers[layer];
  const { formula: general, alt, says, paper } = formulaOf(view, model, placeOf(inspection, layer));
  const center = output === undefined ? undefined : pointAt(view.positions, output);
  return (
    <div className="formula" data-metric="formula" tabIndex={0} role="group" aria-label="Formula of this layer">
      {formula(general, alt)}
      <p className="note">{says}{paper && ` (${paper})`}</p>
      {output !== undefined && point !== undefined && (view.kind === 'global max' && view.winners
        ? <Winner inspection={inspection} layer={layer} winners={view.winners} point={point} channel={channel} />
        : (
          <>
            <p className="note">
              Channel {channel} of {view.channels}
              {center && countOf(view) > 1 && <>, at {formula(row(sub(name('p'), number(output)), op('='), tuple(center)), `place ${center.map((x) => x.toFixed(2)).join(', ')}`)}</>}
            </p>
            {work && <SumView work={work} output={output} channel={channel} />}
          </>
        ))}
    </div>
  );
}

/** A maximum over all points with its numbers: who won a channel, and what the chosen point brought to it. */
function Winner({ inspection, layer, winners, point, channel: c }: Pick<Props, 'inspection' | 'layer' | 'channel'> & { readonly winners: Int32Array; readonly point: number }) {
  const { activation, channels } = inspection.layers[layer];
  const { layer: from } = sourcesOf(inspection, layer)[0];
  const before = inspection.layers[from];
  const own = from >= 0 && countOf(before) * 3 === positionsBefore(inspection, layer).length ? rowOfPoint(inspection, from, point) : point;
  const won = winners.indexOf(own);
  const value = before?.channels === channels ? before.activation[own * channels + c] : undefined;
  const winner = winners[c];
  return (
    <>
      {formula(row(sub(name('y'), number(c)), op('='), ...(winner >= 0 ? [sub(name('x'), row(number(winner), op(','), number(c))), op('=')] : []), number(activation[c])), `y ${c} is ${activation[c].toPrecision(3)}, of point ${winner}`)}
      {value !== undefined && winner !== own && formula(row(sub(name('x'), row(number(own), op(','), number(c))), op('='), number(value)), `the chosen point has ${value.toPrecision(3)}`)}
      <p className="note">{winner === own ? `Channel ${c} of ${channels}, which the chosen point won.` : `Channel ${c} of ${channels}: ${won >= 0 ? 'the chosen point won others' : 'the chosen point won none'}.`}</p>
    </>
  );
}
