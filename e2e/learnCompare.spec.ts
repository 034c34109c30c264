import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { allFigures, button, expectFigure, figure, figureText, openSection } from './page';
import { boxCloud, dropFolder, openLearning, writeFolder } from './learnPage';
import { expect, test } from './fixtures';

/** Two convolutions on few points of one family's parts. */
const PARTS = 'family=chair&train=6&test=4&points=96&width=0.0625&batch=6&from=nothing&backend=cpu&model=pointnet2&compare=dgcnn';

const view = (page: Page, lens: 'first' | 'second') => page.locator(`.stage__view[data-lens="${lens}"]`);

test('two convolutions side by side: a view for each of the same shape, bars of the second lead to shapes as it sees them, and the link to the same', async ({ page, browser }) => {
  await openLearning(page, `${PARTS}&stop=2&point=5`, 'segment');
  await expectFigure(page, 'step', (step) => step === 2, 'arrives at 2');
  await expect(view(page, 'first').locator('.verdict')).toContainText('PointNet++');
  await expect(view(page, 'second').locator('.verdict')).toContainText('DGCNN');
  await expect(page.locator('.stage__host canvas')).toHaveCount(2);
  await expect(page.locator('.formula math').first()).toHaveAttribute('aria-label', /max over neighbours j of h\(x j, p j − p i\)/);

  const bars = page.getByRole('list', { name: /^Overlap over union of each part, DGCNN/ });
  const bar = bars.getByRole('button', { name: /^seat/ });
  await bar.click();
  await expect(bar).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('list', { name: /^Overlap over union of each part, PointNet/ }).getByRole('button', { name: /^seat/ })).toHaveAttribute('aria-pressed', 'false');
  const gallery = page.getByRole('region', { name: 'Test shapes' });
  await expect(gallery.getByRole('status')).toContainText('Seen by the second network');
  await gallery.getByRole('button', { name: /^Shape \d+/ }).last().click();
  await expect(page.getByLabel('Looked into')).toHaveValue('second');

  // A point of the second view is looked into in the second network.
  await page.getByLabel('Looked into').selectOption('first');
  await expect(view(page, 'second').locator('.verdict')).toBeVisible();
  const canvas = view(page, 'second').locator('canvas');
  await canvas.focus();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Looked into')).toHaveValue('second');
  await expect(page.locator('[data-metric="point"]')).toHaveText(/^Point 0 at /);
  await expect(page.locator('.formula math').first()).toHaveAttribute('aria-label', /h\(x i, x j − x i\)/);

  // The same link looks into the same, in a browser that knows nothing of it.
  const said = await figureText(page, 'sum');
  expect(said.length).toBeGreaterThan(10);
  await expect(page).toHaveURL(/seen=second.*point=0.*stop=2/);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(page.url());
  await expectFigure(elsewhere, 'step', (step) => step === 2, 'arrives at 2 again');
  await expect.poll(() => figureText(elsewhere, 'sum')).toBe(said);
  const [here, there] = await Promise.all([page, elsewhere].map(async (one) => Object.entries(await allFigures(one)).filter(([name]) => !name.startsWith('step-ms'))));
  expect(there).toEqual(here);
  await elsewhere.context().close();
});

test('axe finds nothing serious with two networks and a report open, on both pages, light and dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const folder = writeFolder('bag', Object.fromEntries([1, 2, 3, 4].flatMap((i) => [[`boxes/${i}.ply`, boxCloud(40 + i)], [`others/${i}.txt`, Array.from({ length: 40 }, (_, k) => `${k % 7} ${k % 5} ${i * (k % 3)} ${k % 2}`).join('\n')]])));
  for (const lab of ['classify', 'segment'] as const) {
    await openLearning(page, lab === 'segment' ? `${PARTS}&point=3` : 'families=chair,mug&train=4&test=2&points=64&width=0.0625&batch=4&from=nothing&backend=cpu&compare=pointnet2&point=3', lab);
    await openSection(page, 'Your own files');
    await dropFolder(page, folder);
    await expect(page.getByRole('region', { name: /^Report on/ })).toBeVisible();
    await page.locator('summary', { hasText: /files? read$/ }).click();
    await expect(page.locator('.verdict')).toHaveCount(2);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(button(page, `Use the ${colorScheme === 'dark' ? 'light' : 'dark'} theme`)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), `${lab}, ${colorScheme}`).toEqual([]);
    }
  }
});

test('epochs by key and by button: [ and ] go to their ends, with the network', async ({ page }) => {
  await openLearning(page, 'families=chair,mug&train=8&test=2&points=64&width=0.0625&batch=4&every=2&from=nothing&backend=cpu&stop=9');
  await expectFigure(page, 'step', (step) => step === 9, 'arrives at 9');
  // Sixteen shapes in batches of four: an epoch has four steps.
  const to = async (step: number) => expectFigure(page, 'step', (now) => now === step, `is ${step}`);
  await page.keyboard.press('[');
  await to(8);
  await expectFigure(page, 'epoch', (epoch) => epoch === 2, 'is 2');
  await page.keyboard.press('[');
  await to(4);
  await page.keyboard.press(']');
  await to(8);
  await button(page, 'Epoch back').click();
  await to(4);
  expect(await figure(page, 'evaluated-at')).toBe(4);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('the end of the epoch after');
});
