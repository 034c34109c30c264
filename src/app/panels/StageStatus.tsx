import { useModel, useRun } from '../page/model';
import { useStore } from '../page/useStore';
import { Waiting } from '../page/Waiting';

/** What the page is waiting for, over the view: loading, warm-up, recovery; each can be cancelled. */
export function StageStatus() {
  const model = useModel();
  const loading = useStore(model.object, (state) => state.loading);
  const progress = useRun((state) => state.progress);
  const because = useRun((state) => (state.status === 'recovering' ? state.trouble?.message : undefined));
  const failed = useRun((state) => (state.status === 'failed' ? state.trouble : undefined));
  return (
    <Waiting
      waiting={loading ?? progress} because={loading ? undefined : because} failed={loading ? undefined : failed}
      cancel={() => model.cancel()} retry={() => model.run.retry()} computeOnCpu={() => model.computeOnCpu()}
    />
  );
}
