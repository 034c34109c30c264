import { useState } from 'react';
import type { Notices } from '../model/notices';
import { Icon } from './Icon';
import type { Lab } from './labs';
import { LabLinks } from './LabLinks';
import { theme, toggleTheme } from './theme';
import { useStore } from './useStore';
import './Header.css';

interface Props {
  readonly lab: Lab;
  /** What the page does, in a sentence. */
  readonly what: string;
  readonly notices: Notices;
  /** The link that reproduces what is on screen. */
  readonly link: () => string;
  /** What is only on this device and not in the link, in a sentence; undefined where there is nothing. */
  readonly leftOut: () => string | undefined;
  onHelp(): void;
  announce(text: string): void;
}

/** Name, pages and tools, the same on every page. */
export function HeaderBar({ lab, what, notices, link, leftOut, onHelp, announce }: Props) {
  const dark = useStore(theme, (value) => value === 'dark');
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    const text = link();
    const local = leftOut();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      if (local) notices.show({ topic: 'copy', kind: 'info', title: 'The link is copied, but what is only on this device is not in it', lines: [local] });
      else announce('Link copied.');
    } catch {
      notices.show({ topic: 'copy', kind: 'info', title: 'The browser did not let the page copy; here is the link', lines: [text] });
    }
  };

  return (
    <header className="header">
      <div className="header__names">
        <h1 className="header__title">Diorama</h1>
        <LabLinks current={lab} />
        <p className="header__what">{what}</p>
      </div>
      <div className="header__tools">
        <button type="button" className="button button--quiet" onClick={() => void copy()} onBlur={() => setCopied(false)} title="Copy a link to exactly this state">
          <Icon name="link" /><span className="header__word">{copied ? 'Copied' : 'Copy link'}</span>
        </button>
        <button type="button" className="button button--quiet" onClick={toggleTheme} aria-label={dark ? 'Use the light theme' : 'Use the dark theme'} title={dark ? 'Light theme' : 'Dark theme'}>
          <Icon name={dark ? 'sun' : 'moon'} />
        </button>
        <button type="button" className="button button--quiet" onClick={onHelp} title="Help (?)" aria-label="Help">
          <Icon name="help" /><span className="header__word">Help</span>
        </button>
      </div>
    </header>
  );
}
