import * as tf from '../../tf';

/** Whether the backend compiles a program for every shape it meets, and keeps it: what differs in size from batch to batch is then padded to few sizes. */
export const compilesForShapes = (): boolean => tf.getBackend() === 'webgl';
