import { allFigures, button, expectFigure, figure } from './page';
import { expect, test } from './fixtures';

test('the same link gives the same figures, to the last digit', async ({ page, context }) => {
  const link = '#v=1&size=64&seed=7&target=3&hypotheses=64&noise=0.05&stop=18';
  const runs: Record<string, string>[] = [];
  for (const tab of [page, await context.newPage()]) {
    await tab.goto(link);
    await expectFigure(tab, 'step', (step) => step === 18, 'arrives at 18');
    await expect(button(tab, 'Play')).toBeVisible();
    runs.push(await allFigures(tab));
    await tab.goto('about:blank');
  }
  expect(Number(runs[0].loss)).toBeGreaterThan(0);
  expect(runs[1]).toEqual(runs[0]);
});

test('the copied link holds what was set', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(baseURL ?? '').origin });
  await page.goto('#v=1&size=64');
  await expectFigure(page, 'step', (step) => step > 1, 'moves');
  await page.getByLabel('Object', { exact: true }).selectOption({ label: 'Utah teapot' }).catch(() => page.getByLabel('Object', { exact: true }).selectOption('teapot'));
  await page.getByLabel('Seed of the search').fill('42');
  await page.keyboard.press('Tab');
  await button(page, 'Copy link').click();
  await expect(button(page, 'Copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toMatch(/^#v=1&/);
  expect(new URLSearchParams(new URL(link).hash.slice(1)).get('object')).toBe('teapot');
  expect(new URLSearchParams(new URL(link).hash.slice(1)).get('seed')).toBe('42');
});

test('a broken link is said and ignored', async ({ page }) => {
  await page.goto('#v=1&size=64&noise=abc&wat=<img src=x onerror=alert(1)>');
  await expect(page.getByRole('list', { name: 'Messages' })).toContainText('noise');
  await expectFigure(page, 'step', (step) => step > 0, 'moves all the same');
  expect(await figure(page, 'loss')).not.toBeNaN();
});
