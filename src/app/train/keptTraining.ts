import type { EncoderSettings } from '../../experiments/pose/encoder/settings';
import type { EncoderArtifacts } from '../../workers/trainerApi';

/** The step that a checkpoint goes on from; undefined where it was made by other settings, which would begin anew. */
export function stepOfCheckpoint({ userDefinedMetadata }: EncoderArtifacts, settings: EncoderSettings): number | undefined {
  const { steps, settings: madeWith } = { ...userDefinedMetadata } as { steps?: unknown; settings?: unknown };
  return typeof steps === 'number' && JSON.stringify(madeWith) === JSON.stringify(settings) ? steps : undefined;
}
