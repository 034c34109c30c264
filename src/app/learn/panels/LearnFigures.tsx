import { useLearnPage, useTraining } from '../model/context';
import type { Lens } from '../model/choices';
import { shownEvaluation, type LearnRunState } from '../run/learnState';
import '../../panels/Metrics.css';

interface LearnFigure {
  readonly metric: string;
  readonly name: string;
  readonly title: string;
  readonly unit?: string;
  /** Undefined where it is not known. */
  value(state: LearnRunState): string | undefined;
}

const share = (value: number | undefined): string | undefined => (value === undefined || !Number.isFinite(value) ? undefined : (100 * value).toFixed(1));
const fixed = (value: number | undefined, digits: number): string | undefined => (value === undefined || !Number.isFinite(value) ? undefined : value.toFixed(digits));
const shown = ({ history, shown: step }: LearnRunState) => history[step];

const MAIN: readonly LearnFigure[] = [
  { metric: 'test-accuracy', name: 'Test accuracy', unit: '%', title: 'Share of test shapes, or of their points, that are right; measured every so many steps', value: (state) => share(shownEvaluation(state)?.accuracy) },
  { metric: 'loss', name: 'Batch loss', title: 'Cross-entropy of the step’s batch', value: (state) => fixed(shown(state)?.loss, 3) },
];
const IOU: LearnFigure = { metric: 'mean-iou', name: 'Mean IoU', unit: '%', title: 'Overlap of predicted and true parts over their union, mean over shapes of the mean over their parts', value: (state) => share(shownEvaluation(state)?.meanIou) };
const REST: readonly LearnFigure[] = [
  { metric: 'batch-accuracy', name: 'Batch accuracy', unit: '%', title: 'Of the step’s batch, as it was trained on', value: (state) => share(shown(state)?.accuracy) },
  { metric: 'epoch', name: 'Epochs', title: 'How often every training shape was seen', value: (state) => fixed(shown(state)?.epoch, 2) },
  { metric: 'evaluated-at', name: 'Measured at step', title: 'The step whose test accuracy is shown', value: (state) => shownEvaluation(state)?.step.toString() },
  { metric: 'parameters', name: 'Parameters', title: 'Numbers that are learnt', value: ({ opened }) => opened?.parameterCount.toLocaleString('en') },
  { metric: 'shapes', name: 'Shapes to learn from, to test', title: 'Training and test shapes', value: ({ opened }) => opened && `${opened.trainCount}, ${opened.testCount}` },
  { metric: 'step-ms', name: 'Time of a step', unit: 'ms', title: 'Lately', value: ({ stepMs }) => fixed(stepMs, 0) },
];

function Row({ figure, lens, main, suffix }: { figure: LearnFigure; lens: Lens; main?: boolean; suffix: string }) {
  const value = useTraining((state) => figure.value(state), lens);
  return (
    <div className={main ? 'figure figure--main' : 'figure'}>
      <dt title={figure.title}>{figure.name}</dt>
      <dd>
        <span data-metric={figure.metric + suffix}>{value ?? '–'}</span>
        {figure.unit && value !== undefined && <span className="figure__unit"> {figure.unit}</span>}
      </dd>
    </div>
  );
}

/** Every figure of the step on screen, of one network. */
function Figures({ lens, name }: { lens: Lens; name: string }) {
  const segments = useLearnPage((page) => page.settings.task === 'segment');
  const weights = useTraining((state) => state.opened?.weights, lens);
  const suffix = lens === 'second' ? '-second' : '';
  return (
    <section className="panel" aria-label={`Figures of ${name}`}>
      <div className="panel__head"><h2 className="panel__title">{name}</h2><p className="note" data-metric={`weights${suffix}`}>{weights}</p></div>
      <dl className="figures">
        {MAIN.map((figure) => <Row key={figure.metric} figure={figure} lens={lens} suffix={suffix} main />)}
        {segments && <Row figure={IOU} lens={lens} suffix={suffix} />}
        {REST.map((figure) => <Row key={figure.metric} figure={figure} lens={lens} suffix={suffix} />)}
      </dl>
    </section>
  );
}

export function LearnFigures() {
  const first = useLearnPage((page) => page.settings.model);
  const second = useLearnPage((page) => page.compare);
  return (
    <>
      <Figures lens="first" name={second ? `${MODEL_NAMES[first]} (first)` : MODEL_NAMES[first]} />
      {second && <Figures lens="second" name={`${MODEL_NAMES[second]} (second)`} />}
    </>
  );
}

export const MODEL_NAMES = {
  pointnet: 'PointNet', pointnet2: 'PointNet++', 'pointnet2-msg': 'PointNet++, several scales', dgcnn: 'DGCNN (EdgeConv)', pointconv: 'PointConv',
  montecarlo: 'Monte-Carlo convolution', kpconv: 'KPConv', 'kpconv-deformable': 'KPConv, deformable', feastnet: 'FeaStNet (mesh)', graphconv: 'Graph convolution (mesh)',
  meshedgeconv: 'EdgeConv (mesh)',
} as const;
