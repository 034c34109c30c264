import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../page/Icon';
import './HelpDialog.css';

/** Help over the page; the browser keeps the focus inside and gives it back. */
export function HelpDialog({ open, onClose, children }: { open: boolean; onClose(): void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (open && !current?.open) current?.showModal();
    if (!open && current?.open) current.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <div className="help__frame">
        <div className="help__head">
          <h2 id="help-title">What happens here</h2>
          <button type="button" className="button button--quiet" onClick={onClose} aria-label="Close help"><Icon name="close" /></button>
        </div>
        <div className="help__text" tabIndex={0} role="region" aria-labelledby="help-title">{children}</div>
      </div>
    </dialog>
  );
}
