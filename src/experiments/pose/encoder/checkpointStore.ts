import * as tf from '../../../graphics/tf';

// Training checkpoints in the browser's IndexedDB, by TensorFlow.js's own handler: a reload goes on where the training was.

const address = (objectId: string): string => `indexeddb://diorama-encoder/${objectId}`;

/** @throws where the browser keeps nothing (private windows, full disks) or there is no IndexedDB. */
export async function storeCheckpoint(objectId: string, artifacts: tf.io.ModelArtifacts): Promise<void> {
  const [handler] = tf.io.getSaveHandlers(address(objectId));
  if (!handler?.save) throw new Error('This browser offers no IndexedDB: the training cannot be kept.');
  await handler.save(artifacts);
}

/** The last checkpoint of that object's training, or undefined. */
export async function findCheckpoint(objectId: string): Promise<tf.io.ModelArtifacts | undefined> {
  const known = await tf.io.listModels();
  if (!(address(objectId) in known)) return undefined;
  const [handler] = tf.io.getLoadHandlers(address(objectId));
  return handler?.load?.();
}

export async function forgetCheckpoint(objectId: string): Promise<void> {
  if (await findCheckpoint(objectId)) await tf.io.removeModel(address(objectId));
}
