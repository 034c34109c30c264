/** An edge as it was when it was queued. */
export interface QueuedEdge { readonly cost: number; readonly low: number; readonly high: number; readonly stamp: number }

export interface EdgeQueue {
  /** @param stamp a number by which the caller knows later whether the cost still holds. */
  push(cost: number, low: number, high: number, stamp: number): void;
  /** The cheapest; among equals that with the lowest `low`, then `high`, then `stamp`. */
  pop(): QueuedEdge | undefined;
}

/** A binary heap of edges on typed arrays that grow. */
export function createEdgeQueue(capacity: number): EdgeQueue {
  let costs = new Float64Array(Math.max(1, capacity));
  let ends = new Int32Array(3 * costs.length);
  let size = 0;

  const before = (i: number, j: number): boolean => {
    if (costs[i] !== costs[j]) return costs[i] < costs[j];
    for (let k = 0; k < 3; k++) if (ends[3 * i + k] !== ends[3 * j + k]) return ends[3 * i + k] < ends[3 * j + k];
    return false;
  };
  const swap = (i: number, j: number): void => {
    const cost = costs[i];
    costs[i] = costs[j];
    costs[j] = cost;
    for (let k = 0; k < 3; k++) {
      const end = ends[3 * i + k];
      ends[3 * i + k] = ends[3 * j + k];
      ends[3 * j + k] = end;
    }
  };
  const grow = (): void => {
    const [oldCosts, oldEnds] = [costs, ends];
    costs = new Float64Array(2 * oldCosts.length);
    costs.set(oldCosts);
    ends = new Int32Array(2 * oldEnds.length);
    ends.set(oldEnds);
  };

  return {
    push(cost, low, high, stamp) {
      if (size === costs.length) grow();
      let at = size++;
      costs[at] = cost;
      ends[3 * at] = low;
      ends[3 * at + 1] = high;
      ends[3 * at + 2] = stamp;
      for (let parent = (at - 1) >> 1; at > 0 && before(at, parent); at = parent, parent = (at - 1) >> 1) swap(at, parent);
    },
    pop() {
      if (size === 0) return undefined;
      const edge = { cost: costs[0], low: ends[0], high: ends[1], stamp: ends[2] };
      swap(0, --size);
      for (let at = 0; ;) {
        let least = at;
        for (let child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) if (before(child, least)) least = child;
        if (least === at) return edge;
        swap(at, least);
        at = least;
      }
    },
  };
}
