import type { Notices } from '../model/notices';
import { Icon } from './Icon';
import { useStore } from './useStore';
import './NoticeList.css';

/** Errors, warnings and remarks, each with what to do, until it is dismissed. */
export function NoticeList({ notices }: { notices: Notices }) {
  const shown = useStore(notices.store, (all) => all);
  if (!shown.length) return null;
  return (
    <ul className="notices" aria-label="Messages">
      {shown.map(({ id, kind, title, lines, action }) => (
        <li key={id} className={`notice notice--${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
          <div className="notice__text">
            <p className="notice__title">{title}</p>
            {lines?.slice(0, 6).map((line) => <p key={line}>{line}</p>)}
            {lines && lines.length > 6 && <p>… and {lines.length - 6} more.</p>}
          </div>
          {action && <button type="button" className="button button--small" onClick={action.run}>{action.label}</button>}
          <button type="button" className="button button--small button--quiet" aria-label={`Dismiss: ${title}`} onClick={() => notices.dismiss(id)}><Icon name="close" /></button>
        </li>
      ))}
    </ul>
  );
}
