import { useModel, usePage } from '../page/model';
import { LIMITS, LOSSES, RESOLUTIONS, UNKNOWNS } from '../url/fields';
import { CheckField } from './CheckField';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

const LOSS_NAMES = { l2: 'squared (L2)', l1: 'absolute (L1)', huber: 'Huber' } as const;
const UNKNOWN_NAMES = { rotation: 'rotation', 'rotation+translation': 'rotation + place' } as const;

/** How the pose is sought. Every change begins a new run. */
export function SearchControls() {
  const model = useModel();
  const settings = usePage((state) => state.settings);
  const change = model.changeSettings.bind(model);
  return (
    <div className="controls__group">
      <SelectField label="Unknown" value={settings.unknowns} onChange={(unknowns) => change({ unknowns })} options={UNKNOWNS.map((value) => ({ value, label: UNKNOWN_NAMES[value] }))} hint="What is to be found" />
      <CheckField label="Find the light too" checked={settings.unknownLight} onChange={(unknownLight) => change({ unknownLight })} />
      <CheckField label="Ask the encoder for guesses" checked={settings.useEncoder} onChange={(useEncoder) => change({ useEncoder })} />
      <SelectField label="Resolution" value={settings.resolution} onChange={(resolution) => change({ resolution })} options={RESOLUTIONS.map((value) => ({ value, label: `${value} × ${value}` }))} />
      <SelectField label="Loss" value={settings.loss} onChange={(loss) => change({ loss })} options={LOSSES.map((value) => ({ value, label: LOSS_NAMES[value] }))} hint="How a difference of two pixels is counted" />
      <NumberField label="Hypotheses" value={settings.hypotheses} limits={LIMITS.hypotheses} onChange={(value) => change({ hypotheses: Math.round(value) })} hint="Poses rendered at first, spread evenly over all rotations" />
      <NumberField label="Refined" value={settings.refined} limits={LIMITS.refined} onChange={(value) => change({ refined: Math.round(value) })} hint="How many of the best are followed by gradient side by side" />
      <NumberField label="Learning rate" unit="rad" value={settings.learningRate} limits={LIMITS.learningRate} onChange={(learningRate) => change({ learningRate })} />
      <NumberField plain label="Seed of the search" value={settings.seed} limits={LIMITS.seed} onChange={(value) => change({ seed: Math.round(value) })} />
    </div>
  );
}

/** What makes the target harder to explain. */
export function DisturbanceControls() {
  const model = useModel();
  const target = usePage((state) => state.settings.target);
  const change = (part: Partial<typeof target>) => model.changeSettings({ target: { ...target, ...part } });
  const light = (part: Partial<typeof target.light>) => change({ light: { ...target.light, ...part } });
  const unlit = target.light.ambient === 1;
  return (
    <div className="controls__group">
      <NumberField label="Noise" value={target.noise} limits={LIMITS.noise} onChange={(noise) => change({ noise })} hint="Standard deviation of the noise on each pixel" />
      <NumberField label="Background clutter" value={target.clutter} limits={LIMITS.clutter} onChange={(clutter) => change({ clutter })} hint="Share of the background covered with coloured shapes" />
      <NumberField label="Occlusion" value={target.occlusion} limits={LIMITS.occlusion} onChange={(occlusion) => change({ occlusion })} hint="Share of the object behind a grey bar" />
      <NumberField label="Ambient light" value={target.light.ambient} limits={LIMITS.ambient} onChange={(ambient) => light({ ambient })} hint="1: flat colours, without shading" />
      <NumberField label="Light azimuth" unit="°" value={target.light.azimuthDeg} limits={LIMITS.azimuthDeg} onChange={(azimuthDeg) => light({ azimuthDeg })} disabled={unlit} />
      <NumberField label="Light elevation" unit="°" value={target.light.elevationDeg} limits={LIMITS.elevationDeg} onChange={(elevationDeg) => light({ elevationDeg })} disabled={unlit} />
      {unlit && <p className="note">The light’s direction matters once ambient is below 1.</p>}
    </div>
  );
}
