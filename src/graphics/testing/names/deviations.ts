/** Functions whose parameters differ from TensorFlow Graphics' on purpose, by their full names there, and why. */
export const DIFFERENT_PARAMETERS: Readonly<Record<string, string>> = {};
