import { expect, test } from './fixtures';

test('the built page carries its policy first and nothing inline', async ({ page, request, baseURL }) => {
  const html = await (await request.get(baseURL ?? '')).text();
  expect(html.slice(html.indexOf('<head>') + '<head>'.length).trimStart()).toMatch(/^<meta http-equiv="Content-Security-Policy"/);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  expect(html, 'addresses must be relative').not.toMatch(/(?:src|href)="\//);
  await page.goto('');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("worker-src 'self' blob:");
  expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'/);
});

test('the policy refuses inline scripts and handlers, and a journey would see it', async ({ page, complaints }) => {
  complaints.allow(/script-src|Content Security Policy/);
  await page.goto('');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline";';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'document.title = "inline"');
    button.click();
    return document.title === 'inline';
  });
  expect(ran).toBe(false);
  await expect.poll(() => complaints.seen.filter((complaint) => complaint.startsWith('policy: script-src')).length).toBe(2);
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
