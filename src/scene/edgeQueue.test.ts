import { describe, expect, it } from 'vitest';
import { createEdgeQueue, type QueuedEdge } from './edgeQueue';
import { createRandom } from './random';

describe('the edge queue', () => {
  it('gives edges by cost, then by index, in whatever order they came', () => {
    const random = createRandom(4);
    const edges: QueuedEdge[] = Array.from({ length: 500 }, () => ({ cost: random.integer(5), low: random.integer(4), high: 4 + random.integer(4), stamp: random.integer(3) }));
    const queue = createEdgeQueue(0);
    edges.forEach(({ cost, low, high, stamp }) => queue.push(cost, low, high, stamp));
    const sorted = [...edges].sort((a, b) => a.cost - b.cost || a.low - b.low || a.high - b.high || a.stamp - b.stamp);
    expect(edges.map(() => queue.pop())).toEqual(sorted);
    expect(queue.pop()).toBeUndefined();
  });
});
