import { CheckField } from '../../controls/CheckField';
import { NumberField } from '../../controls/NumberField';
import { SelectField } from '../../controls/SelectField';
import { useLearn, useLearnPage, useTraining } from '../model/context';
import { MODEL_NAMES } from '../panels/LearnFigures';
import { LIMITS } from '../url/fields';
import { MODELS, ROTATIONS } from '../url/pageState';
import type { LearnModelId } from '../../../experiments/learn/settings';

const MODEL_OPTIONS = MODELS.map((value) => ({ value, label: MODEL_NAMES[value] }));
const NONE = 'none';
const COMPARE_OPTIONS: readonly { value: LearnModelId | typeof NONE; label: string }[] = [{ value: NONE, label: 'none' }, ...MODEL_OPTIONS];
const TURNS = { none: 'as they stand', upright: 'about the upright axis', any: 'any way' } as const;

const UPS = [{ value: 'y', label: 'y' }, { value: 'z', label: 'z' }] as const;

const whole = (change: (value: number) => void) => (value: number) => change(Math.round(value));

/** Which network learns, and beside which other. Every change begins a new training. */
export function NetworkControls() {
  const model = useLearn();
  const settings = useLearnPage((page) => page.settings);
  const compare = useLearnPage((page) => page.compare);
  const fromNothing = useLearnPage((page) => page.fromNothing);
  const weights = useTraining((state) => state.opened?.weights);
  const trained = useTraining((state) => state.history.length > 1 || (state.opened !== undefined && state.opened.weights !== 'from scratch'));
  const change = model.changeSettings.bind(model);
  return (
    <div className="controls__group">
      <SelectField label="Network" value={settings.model} onChange={(id) => change({ model: id })} options={MODEL_OPTIONS} />
      <SelectField label="Beside it" value={compare ?? NONE} onChange={(id) => model.compareWith(id === NONE ? undefined : id)} options={COMPARE_OPTIONS} hint="A second network, trained on the same shapes in the same order" />
      <NumberField label="Width" value={settings.width} limits={LIMITS.width} onChange={(width) => change({ width })} hint="1: as many channels as in the paper" />
      <NumberField label="Points" value={settings.points} limits={LIMITS.points} onChange={whole((points) => change({ points }))} hint="Of each shape that the network sees" />
      <CheckField label="Normals beside positions" checked={settings.normals ?? false} onChange={(normals) => change({ normals: normals || undefined })} />
      <NumberField plain label="Seed" value={settings.seed} limits={LIMITS.seed} onChange={whole((seed) => change({ seed }))} hint="Of shapes, first weights, order and augmentation" />
      <div className="controls__row">
        <button type="button" className="button" onClick={() => model.fromNothing(true)} disabled={!trained}>Train from nothing</button>
        {fromNothing && !compare && model.ships && <button type="button" className="button" onClick={() => model.useShipped()}>Back to the shipped network</button>}
      </div>
      {weights && <p className="note">Began {weights === 'from scratch' ? 'with random weights' : `with: ${weights}`}. A setting that is changed begins a new training.</p>}
    </div>
  );
}

/** How it learns. */
export function TrainingControls() {
  const model = useLearn();
  const settings = useLearnPage((page) => page.settings);
  const change = model.changeSettings.bind(model);
  return (
    <div className="controls__group">
      <NumberField label="Learning rate" value={settings.learningRate} limits={LIMITS.learningRate} onChange={(learningRate) => change({ learningRate })} hint="Of Adam" />
      <NumberField label="Batch" unit="shapes" value={settings.batchSize} limits={LIMITS.batchSize} onChange={whole((batchSize) => change({ batchSize }))} />
      <NumberField label="Epochs" value={settings.epochs} limits={LIMITS.epochs} onChange={whole((epochs) => change({ epochs }))} />
      <NumberField label="Measure every" unit="steps" value={settings.evaluateEvery} limits={LIMITS.evaluateEvery} onChange={whole((evaluateEvery) => change({ evaluateEvery }))} hint="On the test shapes" />
      <NumberField label="Label smoothing" value={settings.labelSmoothing} limits={LIMITS.labelSmoothing} onChange={(labelSmoothing) => change({ labelSmoothing })} hint="Share of the certainty that is given to all classes alike" />
      <CheckField label="Rare classes count more" checked={settings.classWeights} onChange={(classWeights) => change({ classWeights })} />
    </div>
  );
}

/** How the shapes are changed from batch to batch. */
export function AugmentControls() {
  const model = useLearn();
  const augmentation = useLearnPage((page) => page.settings.augmentation);
  const change = (part: Partial<typeof augmentation>) => model.changeSettings({ augmentation: { ...augmentation, ...part } });
  return (
    <div className="controls__group">
      <SelectField label="Turned" value={augmentation.rotation} onChange={(rotation) => change({ rotation })} options={ROTATIONS.map((value) => ({ value, label: TURNS[value] }))} />
      <SelectField label="Upright axis" value={augmentation.up ?? 'y'} onChange={(up) => change({ up: up === 'z' ? up : undefined })} options={UPS} hint="Scans and CAD models often stand along z" />
      <CheckField label="Half of them mirrored" checked={augmentation.mirror ?? false} onChange={(mirror) => change({ mirror: mirror || undefined })} />
      <NumberField label="Jitter" value={augmentation.jitter} limits={LIMITS.jitter} onChange={(jitter) => change({ jitter })} hint="Standard deviation of each point’s shift, where the radius is 1" />
      <NumberField label="Scale" value={augmentation.scale} limits={LIMITS.scale} onChange={(scale) => change({ scale })} hint="Each axis is stretched or shrunk by at most this share" />
      <NumberField label="Points dropped" value={augmentation.dropout} limits={LIMITS.dropout} onChange={(dropout) => change({ dropout })} hint="At most this share" />
    </div>
  );
}
