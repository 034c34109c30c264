import type { ObjectChoice } from '../url/pageState';
import { FileTroubleError } from './meshLink';
import type { Notice } from './notices';

/** What is wrong with a file, as a notice: its name, the place in it, the reason and what to do. @param retry offered for what is fetched. */
export function fileNotice(error: unknown, choice?: ObjectChoice, retry?: (choice: ObjectChoice) => void): Omit<Notice, 'id'> {
  const trouble = error instanceof FileTroubleError ? error.trouble : { reason: error instanceof Error ? error.message : String(error) };
  const { file, place, reason, advice } = { file: undefined, place: undefined, advice: undefined, ...trouble };
  const name = file ?? (choice?.kind === 'file' ? choice.name : choice?.kind === 'url' ? choice.url : undefined);
  return {
    topic: 'file', kind: 'error', title: name ? `${name} could not be used` : 'The object could not be used',
    lines: [place ? `${place}: ${reason}` : reason, ...(advice ? [advice] : [])],
    action: choice && choice.kind !== 'file' && retry ? { label: 'Try again', run: () => retry(choice) } : undefined,
  };
}
