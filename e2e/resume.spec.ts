import { expectFigure } from './page';
import { expect, test } from './fixtures';

declare global {
  // The steps that the page showed since it was loaded, in order.
  var stepsShown: number[];
}

test('a reload in mid-run goes on from the checkpoint', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.stepsShown = [];
    new MutationObserver(() => {
      const step = Number(document.querySelector('[data-metric="step"]')?.textContent);
      if (Number.isFinite(step) && stepsShown.at(-1) !== step) stepsShown.push(step);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  // Noise and clutter: the images never quite agree, and the run lasts.
  await page.goto('#v=1&size=64&noise=0.3&clutter=1&object=airplane');
  // Steps in the checkpoint that is kept.
  const kept = () => page.evaluate(async () => {
    // Opened before the page has made it, the database would be made empty.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'keyval-store')) return 0;
    return new Promise<number>((resolve) => {
      const asked = indexedDB.open('keyval-store');
      asked.onsuccess = () => {
        const got = asked.result.transaction('keyval').objectStore('keyval').get('diorama/pose/checkpoint');
        got.onsuccess = () => {
          asked.result.close();
          resolve(got.result?.checkpoint.history.length ?? 0);
        };
      };
    });
  });
  await expect.poll(kept, { timeout: 120_000 }).toBeGreaterThan(4);
  await page.reload();
  await expectFigure(page, 'step', (step) => step > 4, 'goes on');
  const shown = await page.evaluate(() => stepsShown);
  expect(shown.filter((step) => step > 0 && step < 4), 'steps that were computed again').toEqual([]);
  expect(page.url()).not.toContain('stop=');
});
