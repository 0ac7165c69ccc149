import t from 'tap';
import { ignoredNames } from '../../src/http/images/ignored.ts';
import { VERSION } from '../../src/package-root.ts';
import { testApp } from '../helper/app.ts';

/** A query, and what X-Ignored says of it. */
const IGNORED = [
  ['colour=red', 'colour'],
  ['colour=red&Text=a&colour=blue&text=b', 'colour, Text'],
  ['utm_source=a&UTM_x=1&v=1&_=2&cb=3&fbclid=x', undefined],
  ['v=1&wdith=3', 'wdith'],
  ['cache-bust=1&no-cache=1&cacheBuster=1&_t=1&_v=1&_dc=1&__=1&rev=1&nonce=1', undefined],
  ['a%20b=1&c(d)=2&%E2%82%AC=3&e%0D%0Af=4', 'a%20b, c%28d%29, %E2%82%AC, e%0D%0Af'],
  ['text=a', undefined],
  ['=1', undefined],
] as const;

t.test('X-Ignored names unknown parameters', async (t) => {
  const app = await testApp(t);
  for (const [query, named] of IGNORED) {
    for (const target of [`/image/60x40?${query}`, `/image/60x40?${query}`, `/image/60x40.json?${query}`]) {
      const { headers } = await app.inject(target);
      t.equal(headers['x-ignored'], named, target);
    }
    const unchanged = await app.inject({ url: `/image/60x40?${query}`, headers: { 'if-none-match': '*' } });
    t.equal(unchanged.headers['x-ignored'], named, 'on 304 too');
  }
  const many = ignoredNames(Array.from({ length: 100 }, (_, i) => `parameter${i}`)) ?? '';
  t.ok(
    many.length <= 200 && many.length > 180 && /, parameter\d+$/.test(many),
    'whole names, 200 bytes at most',
  );
  t.equal(ignoredNames(['x'.repeat(201)]), undefined);
  t.equal(ignoredNames(['x'.repeat(201), 'colour']), 'colour', 'what fits is named all the same');
});

t.test('for a CDN: how long it keeps pictures, and tags', async (t) => {
  const [off, on, spaced] = await Promise.all([
    testApp(t),
    testApp(t, { CDN_MAX_AGE: '600', CACHE_TAG_HEADER: 'Cache-Tag' }),
    testApp(t, { CACHE_TAG_HEADER: 'Surrogate-Key' }),
  ]);
  const [first, second] = ['greybox', `greybox-${VERSION}`];
  for (const ifNoneMatch of ['"other"', '*']) {
    const request = { url: '/image/60x40', headers: { 'if-none-match': ifNoneMatch } };
    const plain = (await off.inject(request)).headers;
    t.notOk('cdn-cache-control' in plain || 'cache-tag' in plain);
    t.match((await on.inject(request)).headers, {
      'cdn-cache-control': 'public, max-age=600',
      'cache-tag': `${first},${second}`,
      'cache-control': plain['cache-control'],
    });
    const { headers } = await spaced.inject(request);
    t.match(headers, { 'surrogate-key': `${first} ${second}` });
    t.notOk('cdn-cache-control' in headers);
  }
  const { headers } = await on.inject('/image/0');
  t.notOk('cdn-cache-control' in headers || 'cache-tag' in headers, 'errors are kept by nobody');
});

t.test('the type of a problem is a page that explains it', async (t) => {
  const app = await testApp(t);
  t.equal((await app.inject('/image/0')).json().type, '/docs#invalid-size');
  t.equal((await app.inject('/nothing')).json().type, '/docs#not-found');
});
