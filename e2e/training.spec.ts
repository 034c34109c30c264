import { readdirSync } from 'node:fs';
import path from 'node:path';
import { button, expectFigure } from './page';
import { expect, test } from './fixtures';
import { BUILT_IN_OBJECTS } from '../src/scene/objects';

const used = (page: import('@playwright/test').Page) => page.locator('[data-metric="encoder-used"]');

test('an encoder is trained on the page, paused, and then guesses for the search', async ({ page }) => {
  await page.goto('#v=1&size=64&object=mug&stop=2');
  await expectFigure(page, 'step', (step) => step === 2, 'arrives at 2');
  await expect(used(page)).toHaveText('none for this object yet');
  await button(page, 'Train it now').click();
  await expectFigure(page, 'encoder-step', (step) => step >= 8, 'reaches 8');
  await expect(page.getByRole('img', { name: /^The encoder's guess of pose 1/ })).toBeVisible();
  await expectFigure(page, 'encoder-median-deg', (degrees) => degrees > 0, 'is measured');
  await button(page, 'Pause training').click();
  await expect(button(page, 'Go on training')).toBeVisible();
  await button(page, 'Use it for the search').click();
  await expect(used(page)).toHaveText('trained on this page');
  await expectFigure(page, 'step', (step) => step > 3, 'moves with the new encoder');
  await expect(page.getByRole('cell', { name: 'encoder', exact: true }).first()).toBeVisible();
  await button(page, 'Back to the one before').click();
  await expect(used(page)).toHaveText('none for this object yet');
});

test('every encoder that ships is asked about its object', async ({ page }) => {
  const shipped = readdirSync(path.resolve(process.env.SITE_FOLDER ?? 'dist', 'encoders'));
  const ids = BUILT_IN_OBJECTS.map(({ id }) => id).filter((id) => shipped.includes(id));
  expect(ids).toContain('cube');
  for (const id of ids) {
    await page.goto(`#v=1&size=64&object=${id}&stop=1`);
    await expect(page.getByLabel('Object', { exact: true })).toHaveValue(id);
    await expect(used(page)).toHaveText(/^shipped, trained on [\d,]+ images$/);
  }
});
