import { useState } from 'react';
import { Icon } from './Icon';
import { useRun } from './model';
import './NoticeList.css';

const KEY = 'diorama/knows-slow';

function isKnown(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

/** A line for those whose browser draws by software, until they say that they know. */
export function SlowNotice() {
  const software = useRun((state) => state.opened?.software ?? false);
  const [known, setKnown] = useState(isKnown);
  // A new run begins without an engine, and the line must not come and go with it.
  const [seen, setSeen] = useState(false);
  if (software && !seen) setSeen(true);
  if (!seen || known) return null;

  const close = () => {
    setKnown(true);
    try {
      localStorage.setItem(KEY, 'yes');
    } catch {
      // Without storage it is said again next time.
    }
  };
  return (
    <div className="notices slow" role="note">
      <div className="notice">
        <p className="notice__text"><span className="notice__title">This browser draws by software.</span> It is slow, and works all the same. “Under the hood” says more.</p>
        <button type="button" className="button button--small button--quiet" aria-label="Close: this browser draws by software" onClick={close}><Icon name="close" /></button>
      </div>
    </div>
  );
}
