import { createElement, Fragment, type ReactNode } from 'react';

// Formulae as MathML, which browsers set and screen readers read.

const element = (tag: string) => (...children: ReactNode[]): ReactNode => createElement(tag, {}, ...children);

export const row = element('mrow');
/** A name. */
export const name = (text: string): ReactNode => createElement('mi', {}, text);
/** A name that stands upright, such as "max". */
export const word = (text: string): ReactNode => createElement('mi', { mathvariant: 'normal' } as object, text);
export const operator = (text: string): ReactNode => createElement('mo', {}, text);
export const sub = element('msub');
export const fraction = element('mfrac');
/** An operator with what stands under it. */
export const under = element('munder');

const MINUS = '−';

/** A number as people write it, three digits that count. */
export function number(value: number): ReactNode {
  if (!Number.isFinite(value)) return createElement('mi', {}, '?');
  const rounded = Number(value.toPrecision(3));
  const text = Math.abs(rounded) !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential(1) : String(rounded);
  return createElement('mn', {}, text.replace('-', MINUS));
}

/** In parentheses, with commas between. */
export const tuple = (values: readonly number[]): ReactNode => row(
  operator('('), ...values.map((value, i) => createElement(Fragment, { key: i }, i > 0 && operator(','), number(Number(value.toFixed(2))))), operator(')'),
);

/** A formula within a line. */
export const inline = (content: ReactNode, alt: string): ReactNode => createElement('math', { 'aria-label': alt } as object, content);

/** A formula on a line of its own. @param alt for those whose browser does not know MathML. */
export const formula = (content: ReactNode, alt: string): ReactNode => createElement('math', { display: 'block', 'aria-label': alt } as object, content);
