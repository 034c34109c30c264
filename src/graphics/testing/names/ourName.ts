// How a name of TensorFlow Graphics becomes ours: module for module, snake case to camel case, and the few that stand elsewhere.

const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Functions and modules that have another place or name here, by their full names there, and why. */
export const MOVED: Readonly<Record<string, { readonly to: string; readonly reason: string }>> = {
  'rendering.kernels.rasterization_backend.rasterize': { to: 'rendering.rasterizationBackend.rasterize', reason: 'one function with a choice of backend' },
  'rendering.utils.merge_batch_dims': { to: 'rendering.mergeBatchDims', reason: 'no module is called utils' },
  'rendering.utils.restore_batch_dims': { to: 'rendering.restoreBatchDims', reason: 'no module is called utils' },
  'rendering.utils.transform_homogeneous': { to: 'rendering.transformHomogeneous', reason: 'no module is called utils' },
};

/** A full name there, such as `geometry.transformation.axis_angle.from_euler`, as the path under which it is exported here. */
export function ourName(theirs: string): string {
  return MOVED[theirs]?.to ?? theirs.split('.').map(camelCase).join('.');
}

/** A parameter's name here. */
export const ourParameter = camelCase;
