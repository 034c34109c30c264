import type { ReactNode } from 'react';
import { workChannel, type Term, type Work } from './arithmetic';
import { formula, inline, name, number, operator as op, row, sub, under, word } from './math';

/** Terms that are written out; the others are added up. */
const WRITTEN = 4;

const said = (value: number) => value.toPrecision(3);

/** "+ 0.3" or "− 0.3". */
const signed = (value: number, first: boolean): ReactNode[] => [...(value < 0 ? [op('−')] : first ? [] : [op('+')]), number(Math.abs(value))];

/** A sum that breaks into lines where it must: the largest terms, each with whose it is below it, and the others together. */
function SumLine({ terms, sum }: { readonly terms: readonly Term[]; readonly sum: number }) {
  const sorted = [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const [large, rest] = [sorted.slice(0, WRITTEN), sorted.slice(WRITTEN)];
  const others = rest.reduce((all, { value }) => all + value, 0);
  const sign = (value: number, i: number) => (value < 0 ? [op('−')] : i > 0 ? [op('+')] : []);
  return (
    <div className="sum__line">
      {inline(row(name('s'), op('=')), 's is')}
      {large.map(({ column, value }, i) => <span key={column}>{inline(row(...sign(value, i), under(number(Math.abs(value)), number(column))), `${i > 0 ? 'plus ' : ''}${said(value)} of ${column}`)}</span>)}
      {rest.length > 0 && inline(row(...sign(others, large.length), under(number(Math.abs(others)), word(`${rest.length} more`))), `plus ${said(others)} of ${rest.length} more`)}
      {inline(row(op('='), number(sum)), `together ${said(sum)}`)}
    </div>
  );
}

/** One channel of the chosen output, number by number: its sum, what normalisation makes of it, and what the activation leaves. */
export function SumView({ work, output, channel }: { readonly work: Work; readonly output: number; readonly channel: number }) {
  const { over, terms, winner, sum, scale, shift, shortcut, z, slope, y } = workChannel(work, channel);
  const s = name('s');
  const isLinear = scale === 1 && shift === 0 && shortcut === undefined;
  const extreme = scale < 0 ? 'min' : 'max';
  const index = row(number(output), op(','), number(channel));
  const activation = slope === 0 ? 'ReLU' : slope === 1 ? undefined : 'LeakyReLU';
  return (
    <div className="sum" data-metric="sum">
      {winner === undefined
        ? <SumLine terms={terms} sum={sum} />
        : formula(row(s, op('='), under(word(extreme), name('j')), sub(name('t'), name('j')), op('='), sub(name('t'), number(winner)), op('='), number(sum)), `s is the ${extreme} of the neighbours' t, that of ${winner}: ${said(sum)}`)}
      {!isLinear && formula(
        row(name('z'), op('='), number(scale), op('·'), s, ...signed(shift, false), ...(shortcut === undefined ? [] : signed(shortcut, false)), op('='), number(z)),
        `z is ${said(scale)} times s plus ${said(shift)}${shortcut === undefined ? '' : ` plus ${said(shortcut)} by the shortcut`}: ${said(z)}`,
      )}
      {formula(
        row(sub(name('y'), index), op('='), ...(activation ? [word(activation), op('('), isLinear ? s : name('z'), op(')')] : [isLinear ? s : name('z')]), op('='), number(y)),
        `y ${output}, channel ${channel}, is ${said(y)}`,
      )}
      <p className="note">
        {winner !== undefined
          ? 't: what the last matrix makes of each neighbour, in the table below; the maximum is taken, then normalised.'
          : over === 'neighbors' ? 'Below each number the neighbour that it comes from.' : 'Below each number the channel that it comes from.'}
        {!isLinear && (shortcut === undefined ? ' z: normalised, with the bias.' : ' z: normalised, with the bias, and the point’s own features added.')}
      </p>
    </div>
  );
}
