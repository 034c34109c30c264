import { button, expectFigure, figure, figureText } from './page';
import { openLearning, restingStep } from './learnPage';
import { expect, test } from './fixtures';

const TINY = 'train=4&test=2&points=64&width=0.0625&batch=4&from=nothing&backend=cpu&point=5';

const NETWORKS = [
  { model: 'kpconv', formula: /kernel points k/, weights: 'Kernel point 14', says: /Strongest weights/ },
  { model: 'pointconv', formula: /S\(p j\) W\(p j − p i\)/, weights: 'Weight 15', says: /Density/ },
  { model: 'montecarlo', formula: /p\(j\|i\)/, weights: 'Weight 8', says: /Density/ },
  { model: 'feastnet', formula: /q m \(x i, x j\)/, weights: 'Matrix 7', says: /Strongest weights/ },
  { model: 'dgcnn', formula: /h\(x i, x j − x i\)/, weights: 'Of the difference to a neighbour', says: /Channels won/ },
] as const;

test('each convolution looked inside: neighbours, what the kernel made of them, its matrices, its sums; a mesh level by level', async ({ page }) => {
  for (const { model, formula, weights, says } of NETWORKS) {
    await openLearning(page, `family=mug&${TINY}&model=${model}`, 'segment');
    await expect(page.locator('.formula math').first(), model).toHaveAttribute('aria-label', formula);
    const neighbors = page.getByRole('region', { name: 'Neighbours' });
    await expect(neighbors.getByRole('row').nth(1), model).toBeVisible();
    await expect(neighbors.getByRole('columnheader').filter({ hasText: says }), model).toBeVisible();
    await page.getByLabel('Weights of').selectOption({ label: weights });
    await expect(page.getByRole('img', { name: new RegExp(`^${weights}: weights from`) }), model).toBeVisible();
    await expect(page.locator('[data-metric="sum"] math').last(), model).toHaveAttribute('aria-label', /^y \d+, channel \d+, is -?[\d.]+/);
    if (model !== 'feastnet') continue;
    await page.getByRole('group', { name: 'Levels of the hierarchy' }).getByRole('button', { name: /^pool1/ }).click();
    await expect(page.getByRole('list', { name: 'Legend' })).toContainText(/pool1: \d+ points/);
    await expect(page).toHaveURL(/level=pool1/);
  }
});

test('PointNet has no neighbours and says so: the point’s features, the channels that it won; chosen by keyboard alone', async ({ page }) => {
  await openLearning(page, `families=chair,mug&${TINY}`);
  await expect(page.getByText(/No layer of this network has neighbours/)).toBeVisible();
  await expect(page.getByRole('img', { name: /^The \d+ channels of/ })).toBeVisible();
  await expect(page.locator('[data-metric="won"]').last()).toHaveText(/globalMax: it won \d+ of \d+ channels/);

  // The layer, the next point, a cell: all without a mouse.
  const layer = page.getByLabel('Layer', { exact: true });
  await layer.focus();
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/layer=dense2/);
  for (let tabs = 0; tabs < 12 && !(await button(page, 'Next point').evaluate((element) => element === document.activeElement)); tabs++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/point=6/);
  const cell = page.getByRole('button', { name: /^chair taken for chair/ });
  await page.getByRole('region', { name: /^Confusion matrix/ }).focus();
  await page.keyboard.press('Tab');
  await expect(cell).toBeFocused();
  await page.keyboard.press('Space');
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
});

test('the default twelve classes from nothing: chance at first, far above it after some epochs', async ({ page }) => {
  test.setTimeout(420_000);
  await openLearning(page, 'from=nothing');
  expect(await figure(page, 'test-accuracy'), 'one in twelve by chance').toBeLessThan(25);
  await button(page, 'Play').click();
  await expectFigure(page, 'test-accuracy', (percent) => percent > 50, 'is far above chance', 360_000);
  await button(page, 'Pause').click();
  await restingStep(page);
  expect(Number.parseFloat(await figureText(page, 'epoch'))).toBeLessThanOrEqual(30);
});
