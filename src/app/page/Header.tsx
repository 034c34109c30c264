import { useState } from 'react';
import { Icon } from './Icon';
import { useModel } from './model';
import { theme, toggleTheme } from './theme';
import { useStore } from './useStore';
import './Header.css';

export function Header({ onHelp, announce }: { onHelp(): void; announce(text: string): void }) {
  const model = useModel();
  const dark = useStore(theme, (value) => value === 'dark');
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    const link = model.link();
    const local = model.page.get().object.kind === 'file' || model.image.get() !== undefined || model.encoder.get() !== undefined;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      if (local) model.notices.show({ topic: 'copy', kind: 'info', title: 'The link is copied, but what is only on this device is not in it', lines: ['Files of your own and encoders trained here stay here.'] });
      else announce('Link copied.');
    } catch {
      model.notices.show({ topic: 'copy', kind: 'info', title: 'The browser did not let the page copy; here is the link', lines: [link] });
    }
  };

  return (
    <header className="header">
      <div className="header__names">
        <h1 className="header__title">Diorama</h1>
        <p className="header__what">
          Finds how an object stands in an image: an encoder guesses, a differentiable renderer compares, gradients turn the object until both agree.
        </p>
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
