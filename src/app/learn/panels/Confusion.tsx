import type { LearnEvaluation } from '../../../experiments/learn/protocol';
import { useStore } from '../../page/useStore';
import { useLearn, useLearnPage, useTraining } from '../model/context';
import type { Lens } from '../model/choices';
import { shownEvaluation } from '../run/learnState';
import { MODEL_NAMES } from './LearnFigures';
import { PartBars } from './PartBars';
import { percent } from './Verdict';
import './Confusion.css';

const NO_NAMES: readonly string[] = [];

interface TableProps {
  readonly evaluation: LearnEvaluation;
  readonly names: readonly string[];
  readonly lens: Lens;
  readonly title: string;
}

/** Truth by row, prediction by column; each cell leads to its examples. */
function Table({ evaluation, names, lens, title }: TableProps) {
  const model = useLearn();
  const filter = useStore(model.filter, (value) => value);
  const segments = model.task === 'segment';
  const unit = segments ? 'points' : 'shapes';
  const rowSum = (truth: number) => names.reduce((sum, _, k) => sum + evaluation.confusion[truth * names.length + k], 0);
  const chosen = (truth: number, predicted: number) => filter.kind === 'cell' && filter.truth === truth && filter.predicted === predicted && filter.lens === lens;
  const toggle = (truth: number, predicted: number) => model.filter.set(chosen(truth, predicted) ? { kind: 'all' } : { kind: 'cell', truth, predicted, lens });
  return (
    <div className="confusion__scroll" tabIndex={0} role="region" aria-label={`Confusion matrix of ${title}`}>
      <p className="confusion__caption" id={`confusion-${lens}`}>{title}: what is (rows) and what it is taken for (columns), {segments ? 'percent of a part’s points' : unit}</p>
      <table className="confusion" aria-labelledby={`confusion-${lens}`} style={{ '--classes': names.length } as React.CSSProperties}>
        <thead>
          <tr><td />{names.map((name) => <th key={name} scope="col"><span className="confusion__column">{name}</span></th>)}<th scope="col"><span className="confusion__column">right</span></th></tr>
        </thead>
        <tbody>
          {names.map((name, truth) => {
            const sum = rowSum(truth);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                {names.map((other, predicted) => {
                  const count = evaluation.confusion[truth * names.length + predicted];
                  const share = sum ? count / sum : 0;
                  return (
                    <td key={other}>
                      <button
                        type="button" className={truth === predicted ? 'confusion__cell confusion__cell--right' : 'confusion__cell'} aria-pressed={chosen(truth, predicted)}
                        aria-label={`${name} taken for ${other}: ${count} of ${sum} ${unit}`} style={{ '--share': `${Math.round(10 + 38 * share)}%` } as React.CSSProperties}
                        data-some={count > 0 || undefined} data-metric="confusion" onClick={() => toggle(truth, predicted)}
                      >
                        {segments ? (count ? Math.max(1, Math.round(100 * share)) : '') : count || ''}
                      </button>
                    </td>
                  );
                })}
                <td className="confusion__recall" data-metric="class-accuracy">{sum ? percent(evaluation.perClass[truth]) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function OfNetwork({ lens, title }: { lens: Lens; title: string }) {
  const evaluation = useTraining(shownEvaluation, lens);
  const names = useTraining((state) => state.opened?.classNames ?? NO_NAMES, lens);
  if (!evaluation || !names.length) return <p className="note confusion__none">{title}: not measured yet.</p>;
  return (
    <div className="confusion__network">
      {evaluation.perPartIou && <PartBars evaluation={evaluation} names={names} title={title} lens={lens} />}
      <Table evaluation={evaluation} names={names} lens={lens} title={title} />
    </div>
  );
}

/** What is taken for what, of one network or of two side by side. */
export function Confusion() {
  const first = useLearnPage((page) => page.settings.model);
  const second = useLearnPage((page) => page.compare);
  return (
    <section className="panel" aria-labelledby="confusion-title">
      <div className="panel__head">
        <h2 className="panel__title" id="confusion-title">What is taken for what</h2>
        <p className="note">Each cell leads to its shapes</p>
      </div>
      <div className={second ? 'confusion__pair' : undefined}>
        <OfNetwork lens="first" title={MODEL_NAMES[first]} />
        {second && <OfNetwork lens="second" title={MODEL_NAMES[second]} />}
      </div>
    </section>
  );
}
