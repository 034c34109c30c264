import * as graphics from '../../index';
import { lookUp } from '../names/lookUp';

/** The paths of all functions and classes exported under a path. */
export function functionsUnder(path: string): string[] {
  const value = lookUp(path);
  if (typeof value === 'function') return [path];
  // What else stands in a module are enumerations and numbers.
  const isModule = typeof value === 'object' && value !== null && Reflect.get(value, Symbol.toStringTag) === 'Module';
  return isModule ? Object.keys(value).flatMap((name) => functionsUnder(`${path}.${name}`)) : [];
}

/** Those of `diorama/graphics` as a whole, but for TensorFlow.js and its layers, which it hands on. */
export const publicFunctions = (): string[] => Object.keys(graphics).filter((name) => name !== 'tf' && name !== 'layers').flatMap(functionsUnder);
