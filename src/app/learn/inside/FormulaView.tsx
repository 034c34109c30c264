import type { LearnInspection } from '../../../experiments/learn/protocol';
import type { LearnModelId } from '../../../experiments/learn/settings';
import { activationOf } from '../model/pointColors';
import { formulaOf } from './formulas';
import { countOf, pointAt, positionsBefore, rowOfPoint, type Neighbor } from './layers';
import { formula, inline, name, number, operator as op, row, sub, tuple } from './math';

/** Terms that are written out; the others are counted. */
const WRITTEN = 3;

interface Props {
  readonly inspection: LearnInspection;
  readonly layer: number;
  readonly model: LearnModelId;
  /** Of the cloud, the one chosen. */
  readonly point?: number;
  /** The output, and whom it looked at. */
  readonly output?: number;
  readonly neighbors?: readonly Neighbor[];
  readonly channel?: number;
}

function placeOf(inspection: LearnInspection, layer: number) {
  const whole = countOf(inspection.layers[layer]) === 1;
  return { whole, spreads: !whole && positionsBefore(inspection, layer).length === 3 };
}

/** The strongest channel of an output. */
function strongest(activation: Float32Array, channels: number, output: number): number {
  let best = 0;
  for (let c = 1; c < channels; c++) if (Math.abs(activation[output * channels + c]) > Math.abs(activation[output * channels + best])) best = c;
  return best;
}

/** What the layer computes, and the same with the chosen point's numbers. */
export function FormulaView({ inspection, layer, model, point, output, neighbors, channel }: Props) {
  const view = inspection.layers[layer];
  const { formula: general, alt, says, paper } = formulaOf(view, model, placeOf(inspection, layer));
  return (
    <div className="formula" data-metric="formula" tabIndex={0} role="group" aria-label="Formula of this layer">
      {formula(general, alt)}
      <p className="note">{says}{paper && ` (${paper})`}</p>
      {output !== undefined && point !== undefined && (view.winners
        ? <Winner inspection={inspection} layer={layer} winners={view.winners} point={point} channel={channel} />
        : <Numbers inspection={inspection} layer={layer} output={output} neighbors={neighbors} channel={channel} />)}
    </div>
  );
}

/** A maximum over all points with its numbers: who won a channel, and what the chosen point brought to it. */
function Winner({ inspection, layer, winners, point, channel }: Pick<Props, 'inspection' | 'layer' | 'channel'> & { readonly winners: Int32Array; readonly point: number }) {
  const { activation, channels } = inspection.layers[layer];
  const before = layer > 0 ? inspection.layers[layer - 1] : undefined;
  const own = before ? rowOfPoint(inspection, layer - 1, point) : point;
  const won = winners.indexOf(own);
  const c = channel ?? (won >= 0 ? won : strongest(activation, channels, 0));
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

function Numbers({ inspection, layer, output, neighbors, channel }: Omit<Props, 'model' | 'output' | 'point'> & { readonly output: number }) {
  const view = inspection.layers[layer];
  const { activation, channels, positions } = view;
  const c = channel ?? strongest(activation, channels, output);
  const y = sub(name('y'), row(number(output), op(','), number(c)));
  const value = activation[output * channels + c];
  const before = positionsBefore(inspection, layer);
  const center = pointAt(positions, output);
  const lengths = layer > 0 ? activationOf(inspection.layers[layer - 1], undefined) : undefined;
  const inOf = (column: number) => (lengths && column < lengths.length ? lengths[column] : undefined);
  return (
    <>
      {formula(row(y, op('='), number(value)), `y ${output}, channel ${c}, is ${value.toPrecision(3)}`)}
      <p className="note">
        {channel === undefined ? 'Its strongest channel' : 'The chosen channel'} of {channels}
        {countOf(view) > 1 && <>, at {formula(row(sub(name('p'), number(output)), op('='), tuple(center)), `place ${center.map((x) => x.toFixed(2)).join(', ')}`)}</>}
      </p>
      {neighbors && (
        <ul className="formula__terms">
          {neighbors.slice(0, WRITTEN).map(({ column, weights }) => {
            const offset = pointAt(before, column).map((x, k) => x - center[k]);
            const length = inOf(column);
            const strong = weights.map((weight, k) => ({ weight, k })).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, WRITTEN).filter(({ weight }) => weight !== 0);
            return (
              <li key={column} className="formula__term">
                {inline(row(sub(name('p'), number(column)), op('−'), sub(name('p'), number(output)), op('='), tuple(offset)), `neighbour ${column}, offset ${offset.map((x) => x.toFixed(2)).join(', ')}`)}
                {length !== undefined && inline(row(op('|'), sub(name('x'), number(column)), op('|'), op('='), number(length)), `length of its features ${length.toPrecision(3)}`)}
                {strong.map(({ weight, k }) => <span key={k}>{inline(row(sub(name('w'), number(k)), op('='), number(weight)), `weight ${k}: ${weight.toPrecision(3)}`)}</span>)}
              </li>
            );
          })}
          {neighbors.length > WRITTEN && <li className="note">and {neighbors.length - WRITTEN} more neighbours</li>}
        </ul>
      )}
    </>
  );
}
