import { LABS, linkTo, type Lab } from './labs';

/** The way from page to page. */
export function LabLinks({ current }: { current: Lab }) {
  return (
    <nav className="labs" aria-label="Labs">
      {LABS.map(({ id, title, says }) => (
        <a key={id} className="labs__link" href={id === current ? location.hash || linkTo(id) : linkTo(id)} title={says} aria-current={id === current ? 'page' : undefined}>{title}</a>
      ))}
    </nav>
  );
}
