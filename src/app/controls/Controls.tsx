import { ImageControls } from './ImageControls';
import { MachineControls } from './MachineControls';
import { ObjectControls } from './ObjectControls';
import { PoseControls } from './PoseControls';
import { DisturbanceControls, SearchControls } from './RunControls';
import './Controls.css';

const WIDE = matchMedia('(min-width: 1180px)').matches;

/** Everything that can be chosen. */
export function Controls() {
  return (
    <section className="panel controls" aria-label="Controls">
      <details open><summary>Object</summary><ObjectControls /></details>
      <details open={WIDE}><summary>Search</summary><SearchControls /></details>
      <details><summary>Disturbance and light</summary><DisturbanceControls /></details>
      <details><summary>Poses in numbers</summary><PoseControls /></details>
      <details><summary>Your own image</summary><ImageControls /></details>
      <details><summary>Under the hood</summary><MachineControls /></details>
    </section>
  );
}
