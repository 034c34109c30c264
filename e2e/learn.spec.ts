import { allFigures, button, expectFigure, figure, figureText } from './page';
import { openLearning, restingStep, SMALL, train } from './learnPage';
import { expect, test } from './fixtures';

test('a classifier rises from chance within a minute; cells lead to their shapes; a step on the slider goes back with the network', async ({ page }) => {
  await openLearning(page, SMALL);
  expect(await figure(page, 'test-accuracy'), 'before it learns, about one in three is right').toBeLessThan(60);
  await train(page, () => expectFigure(page, 'test-accuracy', (percent) => percent >= 80, 'reaches 80', 60_000));
  const [trained, step] = [await figure(page, 'test-accuracy'), await figure(page, 'step')];

  const cell = page.getByRole('button', { name: /^airplane taken for airplane: / });
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  const cards = page.getByRole('button', { name: /^Shape \d+: airplane/ });
  await expect(cards.first()).toBeVisible();
  await cards.last().click();
  await expect(page.getByRole('heading', { name: /^Test shape \d+ of 18/ })).toBeVisible();

  await page.getByLabel('Step on screen').fill('0');
  await expectFigure(page, 'test-accuracy', (percent) => percent < 60, 'is that of the first step');
  await page.getByLabel('Step on screen').fill(String(step));
  await expectFigure(page, 'test-accuracy', (percent) => percent === trained, 'comes again');
});

test('the same link gives the same training, to the last digit', async ({ page, context }) => {
  const link = `#lab=classify&v=1&${SMALL}&seed=7&stop=6`;
  const runs: Record<string, string>[] = [];
  for (const tab of [page, await context.newPage()]) {
    await tab.goto(link);
    await expectFigure(tab, 'step', (step) => step === 6, 'arrives at 6');
    await expect(button(tab, 'Play')).toBeVisible();
    const figures = await allFigures(tab);
    delete figures['step-ms'];
    runs.push(figures);
    await tab.goto('about:blank');
  }
  expect(Number(runs[0].loss)).toBeGreaterThan(0);
  expect(runs[1]).toEqual(runs[0]);
});

test('a reload in mid-training goes on from the checkpoint', async ({ page }) => {
  await openLearning(page, `${SMALL}&epochs=200`);
  await button(page, 'Play').click();
  const kept = () => page.evaluate(async () => {
    // Opened before the page has made it, the database would be made empty.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'keyval-store')) return 0;
    return new Promise<number>((resolve) => {
      const asked = indexedDB.open('keyval-store');
      asked.onsuccess = () => {
        const got = asked.result.transaction('keyval').objectStore('keyval').get('diorama/learn/classify/first');
        got.onsuccess = () => {
          asked.result.close();
          resolve(got.result?.checkpoint.history.length ?? 0);
        };
      };
    });
  });
  await expect.poll(kept, { timeout: 60_000 }).toBeGreaterThan(8);
  await page.addInitScript(() => {
    const seen: number[] = [];
    Object.assign(window, { stepsSeen: seen });
    new MutationObserver(() => {
      const step = Number(document.querySelector('[data-metric="step"]')?.textContent);
      if (Number.isFinite(step) && seen.at(-1) !== step) seen.push(step);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.reload();
  await expectFigure(page, 'step', (step) => step > 10, 'goes on');
  const seen = await page.evaluate(() => (window as unknown as { stepsSeen: number[] }).stepsSeen);
  expect(seen.filter((step) => step > 0 && step < 8), 'steps that were computed again').toEqual([]);
  await expect(button(page, 'Pause')).toBeVisible();
});

test('a training that is left for another page goes on where it was; one that was paused waits', async ({ page }) => {
  const to = (name: string) => page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name }).click();
  await openLearning(page, `${SMALL}&epochs=200`);
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step >= 4, 'reaches 4');
  await button(page, 'Pause').click();
  const paused = await restingStep(page);
  await to('Pose');
  await expect(page.getByRole('heading', { name: 'Pose in space' })).toBeVisible();
  await to('Classify');
  await expectFigure(page, 'step', (step) => step === paused, 'is the one it was paused at');
  await expect(page.locator('.verdict')).toBeVisible();
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step > paused, 'goes on');
  await to('Pose');
  await expect(page.getByRole('heading', { name: 'Pose in space' })).toBeVisible();
  await to('Classify');
  await expectFigure(page, 'step', (step) => step > paused, 'goes on from there');
  await expect(button(page, 'Pause')).toBeVisible();
});

test('a second network learns beside the first, step by step', async ({ page }) => {
  await openLearning(page, `${SMALL}&compare=pointnet&stop=10`);
  await expectFigure(page, 'step', (step) => step === 10, 'arrives at 10');
  await expect.poll(() => figureText(page, 'evaluated-at-second')).toBe('10');
  // The same network on the same seed: not one figure differs.
  for (const metric of ['test-accuracy', 'parameters', 'evaluated-at']) {
    await expect.poll(() => figureText(page, `${metric}-second`), metric).toBe(await figureText(page, metric));
  }
  await expect(page.getByRole('region', { name: /^Confusion matrix/ })).toHaveCount(2);
  await page.getByLabel('Looked into').selectOption('second');
  await expect(page.locator('.verdict')).toHaveCount(2);
  await expect(page).toHaveURL(/seen=second/);
  await page.reload();
  await expect(page.getByLabel('Looked into')).toHaveValue('second');
  await expect(page.locator('.verdict')).toHaveCount(2);
});

test('a cell of parts leads to the shapes with such points, a bar to those where the part is found worst', async ({ page }) => {
  await openLearning(page, 'family=chair&train=6&test=6&points=128&width=0.0625&batch=6&from=nothing&backend=cpu', 'segment');
  const gallery = page.getByRole('region', { name: 'Test shapes' });
  const cell = page.getByRole('button', { name: /^seat taken for \w+: [1-9]/ }).first();
  const total = Number(/: (\d+) of/.exec(await cell.getAttribute('aria-label') ?? '')?.[1]);
  await cell.click();
  await expect(gallery.getByRole('button', { name: /^Shape \d+: \d+ points/ }).first()).toBeVisible();
  const counts = await gallery.getByRole('button', { name: /^Shape \d+/ }).evaluateAll((cards) => cards.map((card) => Number(/: (\d+) points/.exec(card.getAttribute('aria-label') ?? '')?.[1])));
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts.reduce((sum, count) => sum + count, 0), 'all points of the cell').toBe(total);
  await page.getByRole('list', { name: /^Overlap over union/ }).getByRole('button', { name: /^legs/ }).click();
  await expect(gallery.getByRole('button', { name: /^Shape \d+: [\d.]+ % overlap/ })).toHaveCount(6);
});

test('on the graphics card: a lost context comes back, and the training goes on', async ({ page, complaints }) => {
  complaints.allow(/CONTEXT_LOST|context lost|WebGL/i);
  await openLearning(page, SMALL.replace('backend=cpu', 'backend=webgl'));
  await button(page, 'Play').click();
  await expectFigure(page, 'step', (step) => step >= 3, 'reaches 3');
  const before = await figure(page, 'step');
  await page.locator('summary', { hasText: 'Under the hood' }).click();
  await button(page, 'Lose the graphics context').click();
  await expectFigure(page, 'recoveries', (count) => count === 1, 'is 1');
  await expectFigure(page, 'step', (step) => step > before, 'goes on after the loss');
});

test('from page to page by the links in the header, and back to where one was', async ({ page }) => {
  await page.goto('#v=1&size=64&object=mug&stop=1');
  await expectFigure(page, 'step', (step) => step === 1, 'arrives at 1');
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'Segment' }).click();
  await expect(page).toHaveURL(/#lab=segment&v=1$/);
  await expect(page.getByRole('heading', { name: 'What is taken for what' })).toBeVisible();
  await expect(page).toHaveTitle(/parts/);
  await button(page, 'Help').click();
  await expect(page.getByRole('dialog')).toContainText('Body or handle?');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('link', { name: 'Pose' }).click();
  await expect(page.getByRole('heading', { name: 'Pose in space' })).toBeVisible();
  await expect(page).toHaveURL(/object=mug/);
});
