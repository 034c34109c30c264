import { expect, test } from './fixtures';

test('the built page carries its policy first and nothing inline', async ({ request, baseURL }) => {
  const html = await (await request.get(baseURL ?? '')).text();
  const head = html.slice(html.indexOf('<head>') + '<head>'.length).trimStart();
  expect(head).toMatch(/^<meta http-equiv="Content-Security-Policy"/);
  expect(head).toContain("default-src 'self'");
  expect(head).not.toMatch(/'unsafe-inline'|'unsafe-eval'/);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  expect(html).not.toMatch(/(?:src|href)="\//);
});

test('nothing outside the built folder is served', async ({ request, baseURL }) => {
  for (const path of ['../package.json', '..%2fpackage.json', '%2e%2e/package.json', 'no-such-file.js']) {
    expect((await request.get(`${baseURL}${path}`)).status(), path).toBe(404);
  }
});

test('the page loads from a sub-folder without a complaint', async ({ page, complaints }) => {
  await page.goto('');
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(complaints.seen).toEqual([]);
});
