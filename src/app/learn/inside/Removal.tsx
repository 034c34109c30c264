import type { LearnInspection } from '../../../experiments/learn/protocol';
import { NumberField } from '../../controls/NumberField';
import { SelectField } from '../../controls/SelectField';
import { useLearn, useLearnPage, useLens, useLook, useTraining } from '../model/context';
import { likeliest } from '../model/pointColors';
import { percent } from '../panels/Verdict';
import { LIMITS } from '../url/fields';
import type { Order } from '../url/pageState';

const ORDERS: readonly { value: Order; label: string }[] = [{ value: 'most', label: 'that count most' }, { value: 'least', label: 'that count least' }];
const NO_NAMES: readonly string[] = [];

/** Takes points away, by how much they count or by brush, and says what the network makes of the rest. */
export function Removal({ inspection }: { inspection: LearnInspection }) {
  const model = useLearn();
  const lens = useLens();
  const names = useTraining((state) => state.opened?.classNames ?? NO_NAMES, lens);
  const removed = useLook((look) => look.removed);
  const without = useLook((look) => look.without);
  const away = useLearnPage((page) => page.away);
  const { order, percent: share } = away ?? { order: 'most', percent: 0 };
  const { prediction } = inspection;
  const classify = prediction.task === 'classify' && names.length > 0;
  const before = classify ? likeliest(prediction.probabilities, names.length) : undefined;
  const after = classify && without ? likeliest(without.probabilities, names.length) : undefined;
  return (
    <div className="inside__part">
      <h3 className="inside__title">Take points away</h3>
      <SelectField label="Points" value={order} options={ORDERS} onChange={(wanted) => model.away.byCount({ order: wanted, percent: share })} />
      <NumberField label="Taken away" unit="%" value={share} limits={LIMITS.away} onChange={(value) => model.away.byCount({ order, percent: value })} />
      <p className="inside__said" role="status">
        {removed.size
          ? <><span data-metric="removed">{removed.size}</span> of {prediction.cloud.positions.length / 3} points taken away{before && after && <>: <span data-metric="verdict-before">{names[before.index]} {percent(before.share)}</span> → <span data-metric="verdict-without">{names[after.index]} {percent(after.share)}</span></>}.</>
          : 'Or drag over them with “Brush away”.'}
      </p>
      {removed.size > 0 && <button type="button" className="button button--small" onClick={() => model.away.byCount(undefined)}>Put all back</button>}
    </div>
  );
}
