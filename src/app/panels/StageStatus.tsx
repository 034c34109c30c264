import { useModel, useRun } from '../page/model';
import { useStore } from '../page/useStore';

/** What the page is waiting for, over the view: loading, warm-up, recovery; each can be cancelled. */
export function StageStatus() {
  const model = useModel();
  const loading = useStore(model.object, (state) => state.loading);
  const progress = useRun((state) => state.progress);
  const failed = useRun((state) => (state.status === 'failed' ? state.trouble : undefined));
  const waiting = loading ?? progress;
  if (failed && !loading) {
    return (
      <div className="stage__status stage__status--failed" role="alert">
        <p className="stage__status-title">{TITLES[failed.code]}</p>
        <p>{failed.message}</p>
        <p className="stage__status-actions">
          <button type="button" className="button button--small" onClick={() => model.run.retry()}>Try again</button>
          {(failed.code === 'no-webgl2' || failed.code === 'no-float-textures') && (
            <button type="button" className="button button--small" onClick={() => model.computeOnCpu()}>Run slowly without graphics</button>
          )}
        </p>
      </div>
    );
  }
  if (!waiting) return null;
  return (
    <div className="stage__status">
      <p>{waiting.label} …</p>
      <progress aria-label={waiting.label} value={waiting.fraction} />
      <button type="button" className="button button--small" onClick={() => model.cancel()}>Cancel</button>
    </div>
  );
}

const TITLES = {
  'context-lost': 'The graphics context was lost and did not come back',
  died: 'The engine stopped',
  'no-webgl2': 'No WebGL2',
  'no-float-textures': 'No float textures',
  'out-of-memory': 'Out of memory',
  engine: 'The engine could not go on',
} as const;
