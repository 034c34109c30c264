// What a person does on the page, done by its own controls.

const buttons = () => [...document.querySelectorAll('button')];

export const buttonNamed = (name: string): HTMLButtonElement | undefined => buttons().find(({ textContent }) => textContent?.trim() === name);

export function press(name: string): void {
  const button = buttonNamed(name);
  if (!button || button.disabled) throw new Error(`The page offers no button "${name}" now.`);
  button.click();
}

export const figure = (metric: string): number => Number.parseFloat(document.querySelector(`[data-metric="${metric}"]`)?.textContent ?? '');

/** Waits, a frame at a time. @throws Error where it takes longer than `seconds`. */
export async function until(holds: () => boolean, what: string, seconds = 300): Promise<void> {
  const limit = performance.now() + 1000 * seconds;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A change of a control, a press of a button, a pointer over a picture: in turn, each leaving the run alone. */
export function anyInput(index: number): void {
  const trail = document.querySelector<HTMLInputElement>('.stage__check input');
  const picture = document.querySelector('.image__canvas');
  const kind = index % 3;
  if (kind === 0) trail?.click();
  else if (kind === 1) buttonNamed('Through the camera')?.click();
  else picture?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: picture.getBoundingClientRect().left + 5 + (index % 40), clientY: picture.getBoundingClientRect().top + 9 }));
}

/** On a learning page: a choice of colours, a cell of the confusion matrix, a button of the 3D view, in turn. */
export function anyLearningInput(index: number): void {
  const colors = document.querySelector<HTMLSelectElement>('.stage__tools select');
  const cells = document.querySelectorAll<HTMLButtonElement>('.confusion__cell');
  const kind = index % 3;
  if (kind === 0 && colors) {
    colors.selectedIndex = index % 2;
    colors.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (kind === 1) cells[index % cells.length]?.click();
  else buttonNamed('Brush away')?.click();
}
