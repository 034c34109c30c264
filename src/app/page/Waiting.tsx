import type { EngineTrouble, Progress } from '../../workers/poseApi';
import '../panels/Stage.css';

interface Props {
  readonly waiting: Progress | undefined;
  /** Why there is something to wait for. */
  readonly because?: string;
  readonly failed: EngineTrouble | undefined;
  cancel?(): void;
  retry(): void;
  /** Goes on without a graphics card. */
  computeOnCpu(): void;
}

/** What the page is waiting for, over a view, and what went wrong. */
export function Waiting({ waiting, because, failed, cancel, retry, computeOnCpu }: Props) {
  if (failed) {
    return (
      <div className="stage__status stage__status--failed" role="alert">
        <p className="stage__status-title">{TITLES[failed.code]}</p>
        <p>{failed.message}</p>
        <p className="stage__status-actions">
          <button type="button" className="button button--small" onClick={retry}>Try again</button>
          {(failed.code === 'no-webgl2' || failed.code === 'no-float-textures') && (
            <button type="button" className="button button--small" onClick={computeOnCpu}>Run slowly without graphics</button>
          )}
        </p>
      </div>
    );
  }
  if (!waiting) return null;
  return (
    <div className="stage__status">
      {because && <p className="stage__status-title">{because}</p>}
      <p>{waiting.label} …</p>
      <progress aria-label={waiting.label} value={waiting.fraction} />
      {cancel && <button type="button" className="button button--small" onClick={cancel}>Cancel</button>}
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
