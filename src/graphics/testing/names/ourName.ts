// How a name of TensorFlow Graphics becomes ours: module for module, snake case to camel case, and the few that stand elsewhere.

const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Functions and modules that have another place or name here, by their full names there, and why. */
export const MOVED: Readonly<Record<string, { readonly to: string; readonly reason: string }>> = {
  'util.safe_ops': { to: 'math.safeOps', reason: 'they are maths' },
  'rendering.kernels.rasterization_backend.rasterize': { to: 'rendering.rasterizationBackend.rasterize', reason: 'it is the backend CPU of this one' },
  'rendering.opengl.rasterization_backend.rasterize': { to: 'rendering.rasterizationBackend.rasterize', reason: 'it is the backend OPENGL of this one' },
  'rendering.utils.merge_batch_dims': { to: 'rendering.mergeBatchDims', reason: 'no module is called utils' },
  'rendering.utils.restore_batch_dims': { to: 'rendering.restoreBatchDims', reason: 'no module is called utils' },
  'rendering.utils.transform_homogeneous': { to: 'rendering.transformHomogeneous', reason: 'no module is called utils' },
};

/** Functions that have no counterpart here, by their full names there, and what serves instead. */
export const ABSENT: Readonly<Record<string, string>> = {
  'rendering.kernels.rasterization_backend.FaceCullingMode': 'the option enableCullFace, true or false, serves',
  'rendering.utils.dim_value': 'tensors here know their shapes',
  'util.asserts.select_eps_for_addition': 'guards are named constants, each beside what it guards',
  'util.asserts.select_eps_for_division': 'guards are named constants, such as math.safeOps.MIN_DENOMINATOR',
  'util.shape.add_batch_dimensions': 'shapes are checked by the functions themselves',
  'util.shape.get_broadcasted_shape': 'TensorFlow.js has it: tf.broadcast_util.assertAndGetBroadcastShape',
  'util.shape.is_broadcast_compatible': 'TensorFlow.js has it: tf.broadcast_util.assertAndGetBroadcastShape throws where shapes are not',
};

/** A full name there, such as `geometry.transformation.axis_angle.from_euler`, as the path under which it is exported here. */
export function ourName(theirs: string): string {
  if (MOVED[theirs]) return MOVED[theirs].to;
  const [module, name] = splitName(theirs);
  return MOVED[module] ? `${MOVED[module].to}.${camelCase(name)}` : theirs.split('.').map(camelCase).join('.');
}

/** The module and the name in it. */
export const splitName = (theirs: string): [string, string] => [theirs.slice(0, theirs.lastIndexOf('.')), theirs.slice(theirs.lastIndexOf('.') + 1)];

/** A parameter's name here. */
export const ourParameter = camelCase;
