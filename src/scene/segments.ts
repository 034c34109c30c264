import { SceneError } from './errors';

/** The entries of every segment, in the entries' own order. S segments, M entries that belong to one. */
export interface SegmentLists {
  /** [S + 1]: segment s has the entries order[offsets[s] … offsets[s + 1] − 1]. */
  readonly offsets: Int32Array;
  /** [M] */
  readonly order: Int32Array;
}

/**
 * A counting sort of entries by the segment they belong to. O(entries + segments).
 * @param segments [N]: each entry's segment, or −1 for none.
 * @throws SceneError 'index-out-of-range' where an entry names a segment that does not exist.
 */
export function listSegments(segments: Int32Array, segmentCount: number): SegmentLists {
  const offsets = new Int32Array(segmentCount + 1);
  for (let entry = 0; entry < segments.length; entry++) {
    const segment = segments[entry];
    if (segment < -1 || segment >= segmentCount) {
      throw new SceneError(`entry ${entry} names number ${segment}, but there are only ${segmentCount}`, { code: 'index-out-of-range', place: `entry ${entry}` });
    }
    if (segment >= 0) offsets[segment + 1]++;
  }
  for (let segment = 0; segment < segmentCount; segment++) offsets[segment + 1] += offsets[segment];
  const next = offsets.slice();
  const order = new Int32Array(offsets[segmentCount]);
  for (let entry = 0; entry < segments.length; entry++) {
    if (segments[entry] >= 0) order[next[segments[entry]]++] = entry;
  }
  return { offsets, order };
}
