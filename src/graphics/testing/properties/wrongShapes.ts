import type { Argument, Entry, Refusal } from './entry';
import { drawSizes, ownShape } from './trial';

/** One argument of a wrong shape, and the names of which the error must have one. */
export interface WrongShape extends Refusal { readonly title: string }

/** Every way in which an entry's arguments can be wrong: an axis too few, another size, sizes or batches that do not go together; and those that are written. */
export function wrongShapes(entry: Entry, seed: number): WrongShape[] {
  const sizes = drawSizes(entry, seed);
  const { args } = entry;
  const right = Object.fromEntries(Object.entries(args).map(([name, { axes }]) => [name, ownShape(axes, sizes)]));
  const strict = Object.entries(args).filter(([, { lenient }]) => lenient === undefined);
  const sharing = (letter: string) => Object.keys(args).filter((name) => args[name].axes.includes(letter));
  const ofOne = strict.flatMap(([name, argument]) => shapesOf(name, argument, right[name], sharing).map(({ title, shape, named }) => ({
    title: `${name} ${title}`, shapes: { ...right, [name]: shape }, named,
  })));
  const written = Object.entries(entry.refuses ?? {}).map(([title, { shapes, named }]) => ({ title, shapes: { ...right, ...shapes }, named }));
  return [...ofOne, ...wrongBatches(entry, right, strict.map(([name]) => name)), ...written];
}

interface Shape { readonly title: string; readonly shape: readonly number[]; readonly named: readonly string[] }

function shapesOf(name: string, { axes, single }: Argument, right: readonly number[], sharing: (letter: string) => string[]): Shape[] {
  const wrong: Shape[] = [];
  if (axes.length > 0) wrong.push({ title: 'of too low a rank', shape: right.slice(1), named: [name] });
  if (single === true) wrong.push({ title: 'of too high a rank', shape: [1, ...right], named: [name] });
  axes.forEach((axis, at) => {
    const others = typeof axis === 'number' ? [name] : sharing(axis);
    const square = typeof axis === 'string' && axes.indexOf(axis) !== axes.lastIndexOf(axis);
    if (typeof axis === 'number' || others.length > 1 || square) {
      wrong.push({ title: `with ${right[at] + 1} in axis ${at - axes.length}`, shape: right.map((size, i) => (i === at ? size + 1 : size)), named: others });
    }
  });
  return wrong;
}

function wrongBatches({ args, batch }: Entry, right: Readonly<Record<string, readonly number[]>>, strict: readonly string[]): WrongShape[] {
  const batched = strict.filter((name) => !args[name].single);
  if (batch === 'none' || batched.length < 2) return [];
  return batched.map((name) => ({
    title: `${name} with a batch unlike the others'`,
    shapes: Object.fromEntries(Object.entries(right).map(([other, shape]) => [other, args[other].single ? shape : [other === name ? 2 : 3, ...shape]])),
    named: [name],
  }));
}
