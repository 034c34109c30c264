import { Waiting } from '../../page/Waiting';
import { useLearn, useLearnPage, useLook, useTraining } from '../model/context';

/** What the page waits for, over the view. */
export function CloudStatus() {
  const model = useLearn();
  const comparing = useLearnPage((page) => page.compare !== undefined);
  const first = useTraining((state) => state.progress);
  const second = useTraining((state) => state.progress, 'second');
  const failedFirst = useTraining((state) => (state.status === 'failed' ? state.trouble : undefined));
  const failedSecond = useTraining((state) => (state.status === 'failed' ? state.trouble : undefined), 'second');
  const trouble = useLook((look) => look.trouble);
  const failed = failedFirst ?? (comparing ? failedSecond : undefined);
  const retry = () => (failedFirst ? model.first.retry() : model.second.retry());
  if (!failed && !first && trouble) return <p className="stage__status" role="alert">This shape could not be looked at: {trouble}</p>;
  return <Waiting waiting={first ?? (comparing ? second : undefined)} failed={failed} retry={retry} computeOnCpu={() => model.computeOn('cpu')} />;
}
