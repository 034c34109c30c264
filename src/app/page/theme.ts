import { Store } from '../run/store';

export type Theme = 'light' | 'dark';

const KEY = 'diorama/theme';
const media = matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

let chosen = stored();
const system = (): Theme => (media.matches ? 'dark' : 'light');

/** The theme on screen: the person's choice, else the system's. */
export const theme = new Store<Theme>(chosen ?? system());

function apply(): void {
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  theme.set(chosen ?? system());
}

media.addEventListener('change', apply);
apply();

/** Changes between light and dark. The system's own theme, chosen again, is followed again. */
export function toggleTheme(): void {
  const next: Theme = theme.get() === 'dark' ? 'light' : 'dark';
  chosen = next === system() ? undefined : next;
  try {
    if (chosen) localStorage.setItem(KEY, chosen);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
}
