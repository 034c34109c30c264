import { useModel, usePage, useShownRun } from '../page/model';
import { useStore } from '../page/useStore';
import { shownSnapshot } from '../run/runState';
import { PoseFields } from './PoseFields';

/** Target and estimate in numbers. */
export function PoseControls() {
  const model = useModel();
  const estimate = useShownRun((state) => shownSnapshot(state)?.estimate);
  const translates = usePage((state) => state.settings.unknowns === 'rotation+translation');
  const truth = useShownRun((state) => state.opened?.truth);
  const diameter = useStore(model.object, (state) => state.loaded?.object.diameter ?? 1);
  const begun = useShownRun(({ opened }) => opened !== undefined);
  const reach = translates ? 20 * diameter : undefined;
  if (!begun) return <p className="note controls__group">They are known once the run has begun.</p>;
  return (
    <div className="controls__group">
      <PoseFields legend="Estimate (changes go on from there)" pose={estimate} onChange={(pose) => model.run.edit(pose)} reach={reach} />
      <PoseFields legend="Target (changes begin a new run)" pose={truth} onChange={(pose) => model.setTargetPose(pose)} reach={reach} />
    </div>
  );
}
