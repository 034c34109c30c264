/** The end of the epoch after a step, or before it: from within an epoch back to its beginning. */
export const epochStep = (shown: number, stepsPerEpoch: number, by: 1 | -1): number =>
  Math.max(0, by > 0 ? (Math.floor(shown / stepsPerEpoch) + 1) * stepsPerEpoch : (Math.ceil(shown / stepsPerEpoch) - 1) * stepsPerEpoch);
