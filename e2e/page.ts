// What journeys read from the page and do to it.
import { expect, type Locator, type Page } from '@playwright/test';

/** What a figure of the page says, as a number; NaN while it says nothing. */
export async function figure(page: Page, metric: string): Promise<number> {
  return Number.parseFloat((await figureText(page, metric)).replace('−', '-'));
}

export async function figureText(page: Page, metric: string): Promise<string> {
  return (await page.locator(`[data-metric="${metric}"]`).first().textContent()) ?? '';
}

/** Waits until the figure satisfies `holds`; runs on software GL need patience. */
export async function expectFigure(page: Page, metric: string, holds: (value: number) => boolean, what: string, timeout = 150_000): Promise<void> {
  await expect.poll(async () => holds(await figure(page, metric)), { message: `${metric} ${what}`, timeout, intervals: [250] }).toBe(true);
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The figures of the step on screen that a link must reproduce. */
export const allFigures = (page: Page): Promise<Record<string, string>> => page.locator('.figures [data-metric], .transport [data-metric="step"]').evaluateAll(
  (elements) => Object.fromEntries(elements.map((element) => [(element as HTMLElement).dataset.metric ?? '', element.textContent ?? ''])),
);

export const messages = (page: Page): Locator => page.getByRole('list', { name: 'Messages' });

/** What the object chooser says is on the page. */
export const chosenObject = (page: Page): Locator => page.getByLabel('Object', { exact: true }).locator('option:checked');

/** Opens a section of the controls. */
export async function openSection(page: Page, title: string): Promise<void> {
  const section = page.locator('details').filter({ has: page.locator('summary', { hasText: title }) });
  if (await section.getAttribute('open') === null) await section.locator('summary').click();
}

/** Drops files onto the page together, as a person does from the desktop. */
export async function dropFiles(page: Page, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  const named = Object.entries(files).map(([name, bytes]) => ({ name, data: [...(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)] }));
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, data: bytes } of dropped) data.items.add(new File([new Uint8Array(bytes)], name));
    return data;
  }, named);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
