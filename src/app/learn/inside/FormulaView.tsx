import { Fragment } from 'react';
import type { LearnInspection } from '../../../experiments/learn/protocol';
import type { LearnModelId } from '../../../experiments/learn/settings';
import { activationOf } from '../model/pointColors';
import { formulaOf } from './formulas';
import { countOf, pointAt, positionsBefore, type Neighbor } from './layers';
import { formula, name, number, operator as op, row, sub, tuple } from './math';

/** Terms that are written out; the others are counted. */
const WRITTEN = 3;

interface Props {
  readonly inspection: LearnInspection;
  readonly layer: number;
  readonly model: LearnModelId;
  /** The output, and whom it looked at. */
  readonly output?: number;
  readonly neighbors?: readonly Neighbor[];
  readonly channel?: number;
}

/** The strongest channel of an output. */
function strongest(activation: Float32Array, channels: number, output: number): number {
  let best = 0;
  for (let c = 1; c < channels; c++) if (Math.abs(activation[output * channels + c]) > Math.abs(activation[output * channels + best])) best = c;
  return best;
}

/** What the layer computes, and the same with the chosen point's numbers. */
export function FormulaView({ inspection, layer, model, output, neighbors, channel }: Props) {
  const view = inspection.layers[layer];
  const { formula: general, alt, says, paper } = formulaOf(view, model, countOf(view) === 1);
  return (
    <div className="formula" tabIndex={0} role="group" aria-label="Formula of this layer">
      {formula(general, alt)}
      <p className="note">{says}{paper && ` (${paper})`}</p>
      {output !== undefined && <Numbers inspection={inspection} layer={layer} output={output} neighbors={neighbors} channel={channel} />}
    </div>
  );
}

function Numbers({ inspection, layer, output, neighbors, channel }: Omit<Props, 'model' | 'output'> & { readonly output: number }) {
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
              <li key={column}>
                {formula(row(
                  sub(name('p'), number(column)), op('−'), sub(name('p'), number(output)), op('='), tuple(offset),
                  ...(length === undefined ? [] : [op(','), op('|'), sub(name('x'), number(column)), op('|'), op('='), number(length)]),
                  ...strong.map(({ weight, k }) => <Fragment key={k}>{row(op(','), sub(name('w'), number(k)), op('='), number(weight))}</Fragment>),
                ), `neighbour ${column}, offset ${offset.map((x) => x.toFixed(2)).join(', ')}`)}
              </li>
            );
          })}
          {neighbors.length > WRITTEN && <li className="note">and {neighbors.length - WRITTEN} more neighbours</li>}
        </ul>
      )}
    </>
  );
}
