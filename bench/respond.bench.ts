// How soon the page answers a person while it computes. The whole page runs in this one, with its workers; inputs come from a thread of their
// own, a control, a button and a pointer in turn, and each is timed until its handlers have run and until a frame shows it. The goal is 100 ms.
// With software rendering the processor draws frames, engine and training alike: "handled" is the page's own doing, "drawn" the machine's too.
import '../src/app/styles/tokens.css';
import '../src/app/styles/base.css';
import '../src/app/styles/layout.css';
import { startLearning } from '../src/app/learn/start';
import { startPage } from '../src/app/page/start';
import { timeInputs, type Timing } from './respond/latency';
import { anyInput, anyLearningInput, buttonNamed, figure, press, until } from './respond/pageHands';
import { quantile, shareUnder } from './statistics';
import type { BenchContext, BenchOption, BenchResult } from './types';

export const description = 'how soon the page answers input while nothing runs, while the engine runs, while an encoder trains, while both do, and while a network learns to tell shapes apart';

export const options: readonly BenchOption[] = [
  { name: 'size', value: 'N', description: 'side of the images in the page, pixels (64)' },
  { name: 'every', value: 'MS', description: 'milliseconds between two inputs (120)' },
];

const DEFAULT_TRIALS = 60;
const GOAL_MS = 100;

interface Phase extends Timing {
  readonly phase: string;
}

export async function run(context: BenchContext): Promise<BenchResult<Phase>> {
  const [count, every, size] = [context.trials ?? DEFAULT_TRIALS, context.number('every', 120), context.number('size', 64)];
  const trials: Phase[] = [];
  const measure = async (phase: string, input = anyInput) => {
    trials.push({ phase, ...await timeInputs(input, count, every) });
    context.log(rowOf(trials[trials.length - 1]).join('  '));
  };
  const result = (): BenchResult<Phase> => ({
    settings: { size, every, inputs: count, goalMs: GOAL_MS }, trials,
    summary: Object.fromEntries(trials.map((trial) => [trial.phase, summaryOf(trial)])),
    table: [['while', 'handled p50', 'p95', 'max', 'drawn p50', 'p95', 'max', `drawn under ${GOAL_MS} ms`, 'longest task'], ...trials.map(rowOf)],
  });

  // A run that lasts: noise and clutter keep the images from ever agreeing.
  location.hash = `#v=1&size=${size}&seed=${context.seed}&noise=0.3&clutter=1&object=airplane`;
  const root = document.body.appendChild(document.createElement('div'));
  const base = new URL('../', document.baseURI).href;
  const leave = startPage(root, false, base);
  await until(() => figure('step') >= 3, 'the engine to run');
  let playing = true;
  // A run that ends begins again.
  const playAgain = setInterval(() => {
    if (playing && buttonNamed('Play')) press('Play');
  }, 100);
  await measure('the engine runs');
  playing = false;
  press('Pause');
  await measure('nothing runs');
  press('Train it now');
  await until(() => figure('encoder-step') >= 4, 'the training to begin');
  await measure('an encoder trains');
  playing = true;
  await measure('both');
  clearInterval(playAgain);
  leave();

  // The default classifier, from nothing, so that it does not end meanwhile.
  location.hash = `#lab=classify&v=1&seed=${context.seed}&from=nothing&backend=${context.backend}`;
  const leaveLearning = startLearning(root, 'classify', false, base);
  await until(() => buttonNamed('Play') !== undefined && figure('test-accuracy') >= 0, 'the network to be measured');
  press('Play');
  await until(() => figure('step') >= 2, 'the network to learn');
  await measure('a network learns', anyLearningInput);
  leaveLearning();
  return result();
}

function summaryOf({ answers, longTasks }: Timing) {
  const of = (values: readonly number[]) => ({ p50: quantile(values, 0.5), p95: quantile(values, 0.95), max: Math.max(...values) });
  const drawn = answers.map((answer) => answer.drawn);
  return { handledMs: of(answers.map(({ handled }) => handled)), drawnMs: of(drawn), shareUnderGoal: shareUnder(drawn, GOAL_MS), longTasks: longTasks.length, longestTaskMs: Math.max(0, ...longTasks) };
}

function rowOf(trial: Phase): string[] {
  const { phase } = trial;
  const { handledMs, drawnMs, shareUnderGoal, longestTaskMs } = summaryOf(trial);
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  return [phase, ms(handledMs.p50), ms(handledMs.p95), ms(handledMs.max), ms(drawnMs.p50), ms(drawnMs.p95), ms(drawnMs.max), `${(100 * shareUnderGoal).toFixed(0)} %`, longestTaskMs ? ms(longestTaskMs) : 'under 50 ms'];
}
