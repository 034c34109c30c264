import type { Pose } from '../scene/pose';
import { mixPoses } from './poseObject3D';

/** A pose on its way to another, slowing down as it arrives. Times are milliseconds of one clock. */
export interface PoseTween {
  /** Where it is at a time, or undefined before the first pose. */
  at(now: number): Pose | undefined;
  moving(now: number): boolean;
  /** Goes from where it is to `pose`; at once with a duration of zero or for the first pose. */
  moveTo(pose: Pose, now: number, duration: number): void;
  clear(): void;
}

export function createPoseTween(): PoseTween {
  let from: Pose | undefined;
  let to: Pose | undefined;
  let start = 0;
  let duration = 0;
  const at = (now: number) => {
    // A frame's time may lie before the call that started the move.
    if (!from || !to || duration === 0 || now >= start + duration) return to;
    const left = 1 - Math.max(0, now - start) / duration;
    return mixPoses(from, to, 1 - left ** 3);
  };
  return {
    at,
    moving: (now) => to !== undefined && duration > 0 && now < start + duration,
    moveTo(pose, now, time) {
      from = at(now) ?? pose;
      to = pose;
      start = now;
      duration = time;
    },
    clear() {
      from = to = undefined;
    },
  };
}
