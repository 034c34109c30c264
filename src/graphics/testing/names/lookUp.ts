import * as graphics from '../../index';

/** What stands under a path such as `transformation.axisAngle.fromEuler` in a module or class; undefined where nothing does. */
export const memberOf = (owner: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], owner);

/** What `diorama/graphics` exports under a path. */
export const lookUp = (path: string): unknown => memberOf(graphics, path);
