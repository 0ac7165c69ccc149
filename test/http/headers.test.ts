import { hash } from 'node:crypto';
import t, { type Test } from 'tap';
import { SVG_POLICY } from '../../src/formats.ts';
import { testApp } from '../helper/app.ts';

/** Extension in the URL, extension in the file name, media type. */
const FORMATS = [
  ['', 'png', 'image/png'],
  ['.png', 'png', 'image/png'],
  ['.jpg', 'jpeg', 'image/jpeg'],
  ['.jpeg', 'jpeg', 'image/jpeg'],
  ['.webp', 'webp', 'image/webp'],
  ['.avif', 'avif', 'image/avif'],
  ['.gif', 'gif', 'image/gif'],
  ['.svg', 'svg', 'image/svg+xml'],
] as const;

const COMMON = {
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400, stale-if-error=86400',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
};
const STRONG = /^"[\x21\x23-\x7e]+"$/;

for (const [ext, name, mime] of FORMATS) {
  t.test(`every header of 200: /image/60x40${ext}`, async (t) => {
    const app = await testApp(t);
    const response = await app.inject(`/image/60x40${ext}`);
    t.equal(response.statusCode, 200);
    const { headers, rawPayload } = response;
    t.match(headers, COMMON);
    t.equal(headers['content-type'], mime);
    t.equal(Number(headers['content-length']), rawPayload.length);
    t.equal(headers['content-disposition'], `inline; filename="60x40.${name}"`);
    t.match(headers.etag, STRONG);
    t.equal(headers['x-cache'], 'miss');
    t.equal(headers['cache-status'], 'greybox-memory; fwd=uri-miss; stored');
    t.equal(headers['vary'], undefined, 'one URL is one picture');
    t.equal(headers['set-cookie'], undefined);
    const isSvg = name === 'svg';
    t.equal(headers['content-security-policy'], isSvg ? SVG_POLICY : undefined);
    t.equal(headers['cross-origin-embedder-policy'], isSvg ? 'require-corp' : undefined);
    t.equal(headers['x-ignored'], undefined);
  });
}

t.equal(SVG_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox");

/** Headers that may differ from one answer to the next. */
function lasting(headers: Record<string, unknown>): Record<string, unknown> {
  const { date: _date, 'cache-status': status, ...rest } = headers;
  return { ...rest, status: String(status).replace(/ttl=\d+/, 'ttl') };
}

t.test("HEAD has GET's headers and no body", async (t) => {
  const app = await testApp(t);
  await app.inject('/image/60x40.svg');
  for (const url of ['/image/60x40.svg', '/image/60x40.svg/', '/image/0', '/image', '/healthz', '/nothing']) {
    const get = await app.inject(url);
    const head = await app.inject({ method: 'HEAD', url });
    t.equal(head.statusCode, get.statusCode, url);
    t.same(lasting(head.headers), lasting(get.headers), url);
    t.equal(head.rawPayload.length, 0, url);
  }
  const cold = await app.inject({ method: 'HEAD', url: '/image/61x40' });
  t.equal(cold.headers['x-cache'], 'miss');
  t.equal((await app.inject('/image/61x40')).headers['x-cache'], 'hit-memory', 'HEAD fills the cache');
});

t.test('the ETag belongs to the bytes', async (t) => {
  const tag = async (t: Test, url: string): Promise<[unknown, string]> => {
    const { headers, rawPayload } = await (await testApp(t)).inject(url);
    return [headers.etag, hash('sha256', rawPayload)];
  };
  const seen = new Set<unknown>();
  for (const [ext] of FORMATS.slice(1)) {
    const first = await tag(t, `/image/60x40${ext}`);
    t.same(await tag(t, `/image/60x40${ext}`), first, `${ext}: the same in another app`);
    seen.add(first[0]);
  }
  t.equal(seen.size, 6, 'one for each format');
});

t.test('If-None-Match', async (t) => {
  const app = await testApp(t);
  const { etag } = (await app.inject('/image/60x40')).headers;
  const table = [
    [`${etag}`, 304],
    [`W/${etag}`, 304],
    [`"a", ${etag}`, 304],
    [`"a",W/${etag},"b"`, 304],
    [`  ${etag}  ,"b"`, 304],
    ['*', 304],
    [' * ', 304],
    ['"other"', 200],
    ['W/"other", "a"', 200],
    ['', 200],
    [`${etag}`.replaceAll('"', ''), 200],
    [`${etag}`.toLowerCase() === etag ? '"x"' : `${etag}`.toLowerCase(), 200],
    [`${etag}`.slice(0, -2), 200],
    ['"*"', 200],
  ] as const;
  for (const [value, status] of table) {
    for (const method of ['GET', 'HEAD'] as const) {
      const response = await app.inject({ method, url: '/image/60x40', headers: { 'if-none-match': value } });
      t.equal(response.statusCode, status, `${method} ${value}`);
      if (status === 200) continue;
      const { headers, rawPayload } = response;
      t.equal(rawPayload.length, 0);
      t.equal(headers['content-length'], undefined);
      t.equal(headers['content-type'], undefined);
      t.match(headers, { ...COMMON, etag, 'x-cache': 'hit-memory', 'cache-status': /hit; ttl=\d+$/ });
    }
  }
});

t.test('a condition does not hide an error, and also holds for a cold picture', async (t) => {
  const app = await testApp(t);
  const { etag } = (await app.inject('/image/60x40')).headers;
  const other = await testApp(t);
  const headers = { 'if-none-match': `${etag}` };
  t.equal((await other.inject({ url: '/image/60x40', headers })).statusCode, 304);
  t.equal((await other.inject({ url: '/image/0', headers: { 'if-none-match': '*' } })).statusCode, 400);
});
