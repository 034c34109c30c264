/** Golden cases in which we differ from TensorFlow Graphics on purpose, by id, and why. */
export const DEVIATIONS: Readonly<Record<string, string>> = {};
