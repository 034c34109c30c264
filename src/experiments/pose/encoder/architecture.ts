/** The encoder's shape: everything needed to build it and to read its weights. */
export interface EncoderArchitecture {
  /** Side of the square image it looks at, pixels; a multiple of 16. */
  readonly inputSize: number;
  /** Output channels of the three convolutions. */
  readonly channels: readonly [number, number, number];
  /** Width of the dense layer from which all heads read. */
  readonly features: number;
  /** K: hypotheses a look yields, each around an anchor rotation of its own. */
  readonly hypotheses: number;
}

export const DEFAULT_ARCHITECTURE: EncoderArchitecture = { inputSize: 48, channels: [32, 64, 128], features: 192, hypotheses: 144 };

/** Windows of the three convolutions: 48² → 12² → 6² → 3². */
export const CONVOLUTIONS = [
  { size: 6, stride: 4, padding: 1 },
  { size: 3, stride: 2, padding: 1 },
  { size: 3, stride: 2, padding: 1 },
] as const;

/** Factor from the input's side to that of the last convolution's output. */
const TOTAL_STRIDE = 16;

/** Name and shape of every weight, in order. */
export function weightShapes({ inputSize, channels, features, hypotheses }: EncoderArchitecture): Record<string, number[]> {
  const inputs = [3, channels[0], channels[1]];
  const flat = (inputSize / TOTAL_STRIDE) ** 2 * channels[2];
  return {
    ...Object.fromEntries(CONVOLUTIONS.flatMap(({ size }, i) => [
      [`conv${i + 1}/filter`, [size * size * inputs[i], channels[i]]],
      [`conv${i + 1}/bias`, [channels[i]]],
    ])),
    'dense/matrix': [flat, features],
    'dense/bias': [features],
    'score/matrix': [features, hypotheses],
    'score/bias': [hypotheses],
    'rotation/matrix': [features, 6 * hypotheses],
    'rotation/bias': [6 * hypotheses],
    'placement/matrix': [features, 3],
    'placement/bias': [3],
  };
}

/** @throws RangeError where no such network can be built. */
export function checkArchitecture(architecture: EncoderArchitecture): void {
  const { inputSize, channels, features, hypotheses } = architecture;
  const counts = [inputSize, ...channels, features, hypotheses];
  if (channels.length !== 3 || counts.some((n) => !Number.isInteger(n) || n < 1 || n > 8192) || inputSize % TOTAL_STRIDE !== 0 || inputSize > 256) {
    throw new RangeError(`no encoder has this shape: ${JSON.stringify(architecture)}`);
  }
}
