import { SHAPE_FAMILIES } from '../../../scene/families';
import { CheckField } from '../../controls/CheckField';
import { NumberField } from '../../controls/NumberField';
import { SelectField } from '../../controls/SelectField';
import { useStore } from '../../page/useStore';
import { useLearn, useLearnPage } from '../model/context';
import { LIMITS } from '../url/fields';

const FAMILY_OPTIONS = SHAPE_FAMILIES.map(({ id, title }) => ({ value: id, label: title }));

/** Which shapes are learnt from: families of our own, made by seed. */
export function DataControls() {
  const model = useLearn();
  const settings = useLearnPage((page) => page.settings);
  const own = useStore(model.dataset, (value) => value);
  const change = model.changeSettings.bind(model);
  const { families } = settings;
  if (own) {
    return (
      <div className="controls__group">
        <p className="note">The shapes are those of your folder, {own.name}.</p>
        <button type="button" className="button" onClick={() => void model.useDataset(undefined)}>Back to the shapes made here</button>
      </div>
    );
  }
  const toggle = (id: string, on: boolean) => {
    const next = SHAPE_FAMILIES.map((family) => family.id).filter((one) => (one === id ? on : families.includes(one)));
    // A network cannot tell one class from none.
    if (next.length >= 2) change({ families: next });
  };
  return (
    <div className="controls__group">
      {settings.task === 'segment'
        ? <SelectField label="Family" value={families[0]} onChange={(id) => change({ families: [id] })} options={FAMILY_OPTIONS} />
        : (
          <fieldset className="families">
            <legend>Families to tell apart, two or more</legend>
            {SHAPE_FAMILIES.map(({ id, title }) => <CheckField key={id} label={title} checked={families.includes(id)} onChange={(on) => toggle(id, on)} />)}
          </fieldset>
        )}
      <NumberField label="To learn from" unit="each" value={settings.trainPerClass} limits={LIMITS.trainPerClass} onChange={(value) => change({ trainPerClass: Math.round(value) })} />
      <NumberField label="To test" unit="each" value={settings.testPerClass} limits={LIMITS.testPerClass} onChange={(value) => change({ testPerClass: Math.round(value) })} />
      <NumberField label="Noise" value={settings.noise} limits={LIMITS.noise} onChange={(noise) => change({ noise })} hint="Standard deviation of each point’s distance from the surface" />
      <NumberField label="Holes" value={settings.holes} limits={LIMITS.holes} onChange={(value) => change({ holes: Math.round(value) })} hint="Round places without points, as where a scanner saw nothing" />
    </div>
  );
}
