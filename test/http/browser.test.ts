import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { SVG_POLICY } from '../../src/formats.ts';
import { listen, testApp } from '../helper/app.ts';
import { startChromium } from '../helper/chromium.ts';

/** Labels that would run, if a label were markup or a policy were missing. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  '</text></svg><script>alert(1)</script>',
  '" onload="alert(1)',
  ']]><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
];

/** A page on another origin, so that what is embedded is embedded across origins. */
async function servePage(t: Test, headers: Record<string, string>, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

t.test('in a real browser', async (t) => {
  const context = await startChromium(t);
  const origin = `http://127.0.0.1:${await listen(await testApp(t))}`;
  const page = await context.newPage();
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });

  t.test('an SVG opened on its own runs no script', async (t) => {
    for (const text of HOSTILE) {
      const query = `text=${encodeURIComponent(text)}`;
      const response = await page.goto(`${origin}/image/600x400.svg?${query}`, { waitUntil: 'load' });
      t.equal(response?.status(), 200, text);
      t.equal(await page.locator('script, [onload], [onerror]').count(), 0, 'nothing of it is markup');
      t.ok((await page.locator('path').count()) > 0, 'it is drawn');
      // An error quotes what it was given.
      const refused = await page.goto(`${origin}/image/600x400?font=${encodeURIComponent(text)}`);
      t.equal(refused?.status(), 400);
    }
    t.same(ran, []);
  });

  t.test('even an SVG that contains a script does not run it', async (t) => {
    const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert("ran")</script></svg>';
    const type = { 'content-type': 'image/svg+xml' };
    await page.goto(await servePage(t, { ...type, 'content-security-policy': SVG_POLICY }, script));
    t.same(ran, []);
    await page.goto(await servePage(t, type, script));
    t.same(ran, ['ran'], 'without the policy it does: the check can see it');
  });

  t.test('an <img> of another origin shows pictures and errors', async (t) => {
    const images = {
      good: '/image/300x200.webp',
      auto: '/image/300x200.auto',
      large: '/image/2001x400',
      color: '/image/300x200/nocolour',
      nothing: '/nothing',
    };
    const tags = Object.entries(images).map(([id, path]) => `<img id="${id}" src="${origin}${path}">`);
    const html = `<!doctype html><meta charset="utf-8">${tags.join('')}`;
    await page.goto(await servePage(t, { 'content-type': 'text/html' }, html), { waitUntil: 'load' });
    const sizes = await page.locator('img').evaluateAll((all) =>
      all.map((image) => {
        const { id, complete, naturalWidth, naturalHeight } = image as unknown as Record<string, unknown>;
        return [id, complete, naturalWidth, naturalHeight];
      }),
    );
    t.same(sizes, [
      ['good', true, 300, 200],
      ['auto', true, 300, 200],
      ['large', true, 600, 400],
      ['color', true, 300, 200],
      ['nothing', true, 600, 400],
    ]);
  });

  t.test('a bad URL opened on its own shows the problem', async (t) => {
    const response = await page.goto(`${origin}/image/2001x400`);
    t.equal(response?.headers()['content-type'], 'application/problem+json');
  });
});
