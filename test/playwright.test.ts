import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import t from 'tap';
import { interceptPlaceholders, type Routable } from '../src/playwright.ts';
import { startChromium } from './helper/chromium.ts';

// Playwright's own types fit, without a dependency on them.
export const fits = (page: Page, context: BrowserContext): Routable[] => [page, context];

t.setTimeout(90_000);

/** URLs of services, and the size of the picture that each shows. */
const PICTURES = [
  ['https://picsum.photos/id/3/120/80', 120, 80],
  ['https://fastly.picsum.photos/id/3/60/40.webp', 60, 40],
  ['https://placehold.co/90x60@2x.png', 180, 120],
  ['http://via.placeholder.com/50x30/ff0000/fff?text=Hi', 50, 30],
  ['https://ui-avatars.com/api/?name=Ada+Lovelace&size=32', 32, 32],
  ['https://www.gravatar.com/avatar/00000000000000000000000000000000?s=40', 40, 40],
] as const;

const PAGE = `<!doctype html><title>a</title>${PICTURES.map(([url]) => `<img src="${url.replaceAll('&', '&amp;')}">`).join('')}`;

t.test('a page with pictures of dead services, offline', async (t) => {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(PAGE),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close().closeAllConnections());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await startChromium(t);
  const interception = await interceptPlaceholders(context);
  t.teardown(() => interception.close());
  const page = await context.newPage();
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  await page.goto(origin, { waitUntil: 'load' });
  const sizes = await page.evaluate(
    '[...document.images].map((one) => [one.naturalWidth, one.naturalHeight])',
  );
  t.strictSame(
    sizes,
    PICTURES.map(([, width, height]) => [width, height]),
  );
  t.strictSame(failed, []);
  const list = 'fetch("https://picsum.photos/v2/list?limit=2").then((response) => response.json())';
  t.match(
    await page.evaluate(list),
    [{ author: /./ }, { download_url: /^https:\/\/picsum\.photos\/id\// }],
    'data too',
  );
  const bad = 'fetch("https://placehold.co/0x1").then((response) => response.status)';
  t.equal(await page.evaluate(bad), 400);
});

/** What a page that is intercepted shows of a URL. */
async function shown(
  url: string,
  options: Parameters<typeof interceptPlaceholders>[1],
): Promise<Buffer | undefined> {
  let body: Buffer | undefined;
  const page: Routable = {
    async route(matches, handler) {
      if (!matches(new URL(url))) return;
      const request = { url: () => url, method: () => 'GET', headers: () => ({ accept: 'image/*' }) };
      const fulfill = async (response: { body: Buffer }): Promise<void> => {
        body = response.body;
      };
      await handler({ request: () => request, fulfill });
    },
  };
  await using _interception = await interceptPlaceholders(page, options);
  return body;
}

t.test('only the services that are named', async (t) => {
  const hosts = ['picsum.photos'];
  t.ok(await shown('https://fastly.picsum.photos/200', { hosts }), 'by any of their hosts');
  t.equal(await shown('https://placehold.co/200', { hosts }), undefined);
  t.equal(await shown('https://placehold.co/200', { hosts: 'picsum.photos' }), undefined, 'one by itself');
  t.ok(await shown('https://placehold.co/200', { hosts: 'placehold.co' }));
  await t.rejects(shown('https://placehold.co/200', { hosts: 5 as unknown as string }), {
    message: /^hosts must name some of .*, got 5$/,
  });
  t.equal(await shown('https://example.com/image/200', {}), undefined, 'no other host');
  await t.rejects(shown('https://placehold.co/200', { hosts: ['nowhere.example'] }), {
    message: /^hosts must name some of .*placehold\.co.*, got nowhere\.example$/,
  });
  await t.rejects(shown('https://placehold.co/200', { maxPixels: -1 }), { name: 'ConfigError' });
});

t.test('what is no page, and what are no options, are named', async (t) => {
  for (const given of [undefined, null, {}, 'page'] as unknown[] as Routable[])
    await t.rejects(interceptPlaceholders(given), {
      name: 'TypeError',
      message: /^interceptPlaceholders takes a page or .*, got (?:undefined|null|object|string)$/,
    });
  for (const given of [null, 5, ['placehold.co']] as unknown[] as object[])
    await t.rejects(shown('https://placehold.co/200', given), {
      name: 'ConfigError',
      message: /^settings must be an object .*, got (?:null|5|array)$/,
    });
});

t.test('a seed changes photographs, and nothing else', async (t) => {
  const photo = 'https://picsum.photos/id/3/120/80';
  const [plain, one, again, two] = await Promise.all(
    [undefined, 'a', 'a', 'b'].map((seed) => shown(photo, { seed })),
  );
  t.same(one, again);
  t.notSame(one, plain);
  t.notSame(one, two);
  t.match(await sharp(one).metadata(), { width: 120, height: 80 });
  const box = 'https://placehold.co/90x60.png';
  t.same(await shown(box, { seed: 'a' }), await shown(box, {}));
});

t.test(
  'a page that closes meanwhile disturbs nothing, and one that is ended asks the network again',
  async (t) => {
    const context = await startChromium(t, { offline: true });
    const page = await context.newPage();
    const failures: unknown[] = [];
    const onFailure = (reason: unknown): void => void failures.push(reason);
    process.on('unhandledRejection', onFailure);
    t.teardown(() => process.off('unhandledRejection', onFailure));
    const first = await interceptPlaceholders(page);
    const asked = page.waitForRequest('https://picsum.photos/**');
    await page.setContent('<img src="https://picsum.photos/2000/1900">');
    await asked;
    await page.close();
    await first.close();
    t.strictSame(failures, []);

    const other = await context.newPage();
    const interception = await interceptPlaceholders(other);
    const load = (url: string) =>
      other.evaluate(`fetch(${JSON.stringify(url)}).then(({ status }) => status, () => 'failed')`);
    t.equal(await load('https://placehold.co/60x40/png'), 200);
    await interception.close();
    t.equal(await load('https://placehold.co/61x40/png'), 'failed', 'there is none here');
  },
);
