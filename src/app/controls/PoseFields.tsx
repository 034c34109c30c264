import type { Pose } from '../../scene/pose';
import { anglesFromQuaternion, quaternionFromAngles, type Angles } from './angles';
import { NumberField } from './NumberField';

interface Props {
  readonly legend: string;
  readonly pose: Pose | undefined;
  readonly onChange: (pose: Pose) => void;
  /** Also the place, in object units, at most this far from the camera. */
  readonly reach?: number;
}

const TURN = { min: -180, max: 180, step: 1 };
const NAMES: readonly { key: keyof Angles; label: string; hint: string }[] = [
  { key: 'yaw', label: 'Yaw °', hint: 'About the camera’s upward axis' },
  { key: 'pitch', label: 'Pitch °', hint: 'About the axis to the camera’s right' },
  { key: 'roll', label: 'Roll °', hint: 'About the line of sight' },
];
const round = (value: number, digits: number) => Number(value.toFixed(digits)) || 0;

/** A pose in numbers: what the gizmo does with a pointer, for the keyboard. */
export function PoseFields({ legend, pose, onChange, reach }: Props) {
  if (!pose) return <p className="note">{legend}: not known for your own image.</p>;
  const angles = anglesFromQuaternion(pose.rotation);
  const setAngle = (key: keyof Angles) => (value: number) => onChange({ ...pose, rotation: quaternionFromAngles({ ...angles, [key]: value }) });
  const setPlace = (axis: number) => (value: number) => {
    const [x, y, z] = pose.translation.map((old, i) => (i === axis ? value : old));
    onChange({ ...pose, translation: [x, y, z] });
  };
  return (
    <fieldset className="pose">
      <legend className="pose__legend">{legend}</legend>
      <div className="pose-fields">
        {NAMES.map(({ key, label, hint }) => (
          <NumberField key={key} plain label={label} hint={hint} value={round(angles[key], 1)} limits={TURN} onChange={setAngle(key)} />
        ))}
        {reach !== undefined && ['x', 'y', 'z'].map((label, axis) => (
          <NumberField
            key={label} plain label={label} value={round(pose.translation[axis], 4)} onChange={setPlace(axis)}
            limits={axis === 2 ? { min: -reach, max: -reach / 100, step: reach / 1000 } : { min: -reach, max: reach, step: reach / 1000 }}
          />
        ))}
      </div>
    </fieldset>
  );
}
