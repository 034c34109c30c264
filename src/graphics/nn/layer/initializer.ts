import { initializers } from '../../layers';
import * as tf from '../../tf';

export type Initializer = ReturnType<typeof initializers.zeros>;

/** An initialiser, its name, or what a saved model holds of it. */
export type InitializerIdentifier = Initializer | string | { readonly className: string; readonly config: tf.serialization.ConfigDict };

/** @throws Error that names what is no initialiser. */
export function toInitializer(identifier: InitializerIdentifier): Initializer {
  if (typeof identifier === 'object' && 'apply' in identifier) return identifier;
  const { className, config } = typeof identifier === 'string'
    ? { className: identifier.charAt(0).toUpperCase() + identifier.slice(1), config: {} } : identifier;
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!known) throw new Error(`initializer must be one that TensorFlow.js knows, not "${className}"`);
  const [constructor, fromConfig] = known;
  return fromConfig(constructor, config) as Initializer;
}

/** What {@link toInitializer} takes back. */
export const initializerConfig = (initializer: Initializer): tf.serialization.ConfigDict =>
  ({ className: initializer.getClassName(), config: initializer.getConfig() });
