import { DataControls } from './DataControls';
import { AugmentControls, NetworkControls, TrainingControls } from './TrainingControls';
import { LearnMachine } from './LearnMachine';
import { OwnFiles } from '../own/OwnFiles';
import '../../controls/Controls.css';
import './LearnControls.css';

const WIDE = matchMedia('(min-width: 1180px)').matches;

/** Everything that can be chosen. */
export function LearnControls() {
  return (
    <section className="panel controls" aria-label="Controls">
      <details open><summary>Network</summary><NetworkControls /></details>
      <details open={WIDE}><summary>Shapes</summary><DataControls /></details>
      <details><summary>Training</summary><TrainingControls /></details>
      <details><summary>Augmentation</summary><AugmentControls /></details>
      <details open={WIDE}><summary>Your own files</summary><OwnFiles /></details>
      <details><summary>Under the hood</summary><LearnMachine /></details>
    </section>
  );
}
