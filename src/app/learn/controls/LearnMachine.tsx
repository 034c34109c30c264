import { MachineFacts } from '../../controls/MachineFacts';
import { SelectField } from '../../controls/SelectField';
import { useLearn, useLearnPage, useTraining } from '../model/context';

const BACKEND_OPTIONS = [{ value: 'auto', label: 'what is faster here' }, { value: 'webgl', label: 'the graphics card' }, { value: 'cpu', label: 'the processor' }] as const;

/** What computes, and a way to see the page survive the loss of it. */
export function LearnMachine() {
  const model = useLearn();
  const { first } = model;
  const wanted = useLearnPage((page) => page.backend);
  const opened = useTraining((state) => state.opened);
  const place = useTraining((state) => state.place);
  const stepMs = useTraining((state) => state.stepMs);
  const recoveries = useTraining((state) => state.recoveries);
  return (
    <div className="controls__group">
      <SelectField label="Computed by" value={wanted} onChange={(backend) => model.computeOn(backend)} options={BACKEND_OPTIONS} hint="Another one begins the training anew: its figures differ in their last digits" />
      {wanted === 'auto' && opened?.backend === 'cpu' && <p className="note">This browser draws its pages without a graphics card, so the processor computes.</p>}
      <MachineFacts backend={opened?.backend} renderer={opened?.renderer} place={place} lacks={opened?.lacks} stepMs={stepMs} recoveries={recoveries} />
      <div className="controls__row">
        <button type="button" className="button button--small" disabled={opened?.backend !== 'webgl'} onClick={() => first.loseContext()}>Lose the graphics context</button>
      </div>
      <p className="note">Browsers may take a page’s graphics away at any time. The training goes on from its last checkpoint; try it.</p>
    </div>
  );
}
