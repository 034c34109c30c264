import type { LearnEvaluation } from '../../../experiments/learn/protocol';
import { classColor, cssColor } from '../../../viewer/cloudColors';
import { theme } from '../../page/theme';
import { useStore } from '../../page/useStore';
import type { Lens } from '../model/choices';
import { useLearn } from '../model/context';
import { percent } from './Verdict';

/** How well each part is found: overlap over union; each bar leads to shapes with that part. */
export function PartBars({ evaluation, names, title, lens }: { evaluation: LearnEvaluation; names: readonly string[]; title: string; lens: Lens }) {
  const model = useLearn();
  const dark = useStore(theme, (value) => value);
  const filter = useStore(model.filter, (value) => value);
  const chosen = (part: number) => filter.kind === 'part' && filter.part === part && filter.lens === lens;
  const toggle = (part: number) => model.filter.set(chosen(part) ? { kind: 'all' } : { kind: 'part', part, lens });
  return (
    <ul className="bars" aria-label={`Overlap over union of each part, ${title}`}>
      {names.map((name, part) => {
        const iou = evaluation.perPartIou?.[part] ?? NaN;
        const known = Number.isFinite(iou);
        return (
          <li key={name}>
            <button type="button" className="bars__bar" aria-pressed={chosen(part)} onClick={() => toggle(part)}>
              <span className="bars__name">{name}</span>
              <span className="bars__track" aria-hidden="true"><span className="bars__fill" style={{ width: `${known ? 100 * iou : 0}%`, background: cssColor(classColor(part, dark)) }} /></span>
              <span className="bars__value" data-metric="part-iou">{known ? percent(iou) : '–'}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
