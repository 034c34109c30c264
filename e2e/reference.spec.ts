import { expect, test } from './fixtures';

test('the help leads to the reference, which runs under its policy, maps names, and shows examples', async ({ page, complaints }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('link', { name: 'its reference' }).click();
  await expect(page.getByRole('heading', { name: 'Diorama, the library' })).toBeVisible();
  await page.getByRole('link', { name: 'From TensorFlow Graphics' }).first().click();
  await page.getByRole('link', { name: 'safeSignedDiv' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('safeSignedDiv');
  await expect(page.locator('pre code', { hasText: 'math.safeOps.safeSignedDiv(' })).toBeVisible();
  expect(complaints.seen).toEqual([]);
});

test('on a phone the table of names scrolls by itself, not the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('api/documents/From_TensorFlow_Graphics.html');
  await expect(page.getByRole('link', { name: 'safeSignedDiv' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
