import t from 'tap';
import { problemOf, testApp } from '../helper/app.ts';

const AVIF = 'image/avif';
const WEBP = 'image/webp';
const PNG = 'image/png';
const JPEG = 'image/jpeg';
const GIF = 'image/gif';
const SVG = 'image/svg+xml';

/** What clients send, and what they get; undefined is 406. */
const ACCEPTED: readonly (readonly [accept: string | undefined, mime: string | undefined])[] = [
  // Browsers' own for an <img>: Chrome, Firefox, Safari, old Safari, and one for a page.
  ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', AVIF],
  ['image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', AVIF],
  [
    'image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
    AVIF,
  ],
  ['image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5', PNG],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', AVIF],
  // Clients that take whatever there is.
  [undefined, PNG],
  ['', PNG],
  ['*/*', PNG],
  ['image/*', PNG],
  ['IMAGE/*', PNG],
  // Weights.
  ['image/avif;q=0.5,image/webp;q=0.9', WEBP],
  ['image/avif;q=0.9, image/png', PNG],
  ['image/gif;q=1.000,image/avif;q=0.999', GIF],
  ['image/avif;q=0,*/*', PNG],
  ['image/png;q=0,*/*', JPEG],
  ['image/png;q=0,image/jpeg;q=0,image/*;q=0.1', GIF],
  ['image/*;q=0.2,image/svg+xml;q=0.3', SVG],
  ['image/jpeg;q=0.2, image/*;q=0.1, */*;q=0.9', JPEG],
  ['image/webp ; q=0.4 , image/jpeg ; q=0.5', JPEG],
  ['image/webp;q=abc,image/jpeg;q=0.5', WEBP],
  ['image/svg+xml', SVG],
  ['image/jpeg', JPEG],
  ['image/gif, text/html', GIF],
  ['image/avif;foo=bar;q=0.1,image/gif;q=0.2', GIF],
  ['image/webp,image/avif', AVIF],
  [',,image/gif,,', GIF],
  // Nothing that there is.
  ['text/html', undefined],
  ['image/jxl', undefined],
  ['image/*;q=0', undefined],
  ['*/*;q=0', undefined],
  ['image/png;q=0', undefined],
  ['application/json', undefined],
  ['garbage', undefined],
];

t.test('Accept chooses the format, and everything says so', async (t) => {
  const app = await testApp(t);
  for (const [accept, mime] of ACCEPTED) {
    const url = '/image/60x40.auto';
    const what = accept ?? 'no header';
    const response = await app.inject({ url, headers: accept === undefined ? {} : { accept } });
    if (mime === undefined) {
      t.equal(response.statusCode, 406, what);
      continue;
    }
    t.equal(response.statusCode, 200, what);
    t.equal(response.headers['content-type'], mime, what);
    t.equal(response.headers.vary, 'Accept', what);
    const name = mime.slice('image/'.length).replace('+xml', '');
    t.equal(response.headers['content-disposition'], `inline; filename="60x40.${name}"`);
    const plain = await app.inject(`/image/60x40.${name}`);
    t.same(plain.rawPayload, response.rawPayload, 'the same picture as under its own name');
    t.equal(plain.headers['x-cache'], 'hit-memory', 'and the same cache entry');
    t.equal(plain.headers.vary, undefined);
  }
});

t.test('406 names the available formats', async (t) => {
  const app = await testApp(t);
  const url = '/image/60x40.auto';
  const response = await app.inject({ url, headers: { accept: 'text/html\u00e9' } });
  t.equal(response.statusCode, 406);
  const problem = problemOf(t, response, url);
  t.match(problem, { code: 'not-acceptable', parameter: 'accept' });
  for (const mime of [AVIF, WEBP, PNG, JPEG, GIF, SVG]) t.ok(String(problem['detail']).includes(mime), mime);
  t.equal(
    (await app.inject({ url: '/image/60x40', headers: { accept: 'text/html' } })).statusCode,
    200,
    'only for auto',
  );
});

t.test('every spelling of auto', async (t) => {
  const app = await testApp(t);
  const headers = { accept: WEBP };
  for (const target of [
    '60x40.AUTO',
    '60x40?format=auto',
    '60x40?format=Auto',
    '60x40/ccc.auto',
    '60x40.auto?format=png',
  ]) {
    const response = await app.inject({ url: `/image/${target}`, headers });
    t.equal(response.headers['content-type'], WEBP, target);
    t.equal(response.headers.vary, 'Accept', target);
  }
  const { headers: plain } = await app.inject({ url: '/image/60x40.png?format=auto', headers });
  t.match(plain, { 'content-type': PNG }, 'the path wins');
  t.equal(plain.vary, undefined);
});

t.test('304 varies, too', async (t) => {
  const app = await testApp(t);
  const first = await app.inject({ url: '/image/60x40.auto', headers: { accept: WEBP } });
  const match = { 'if-none-match': String(first.headers.etag) };
  for (const method of ['GET', 'HEAD'] as const) {
    const again = await app.inject({ method, url: '/image/60x40.auto', headers: { accept: WEBP, ...match } });
    t.same([again.statusCode, again.headers.vary], [304, 'Accept'], method);
  }
  const other = await app.inject({ url: '/image/60x40.auto', headers: { accept: PNG, ...match } });
  t.equal(other.statusCode, 200, 'the ETag of one format is not that of another');
});

t.test('the explanation of auto varies as well', async (t) => {
  const app = await testApp(t);
  const url = '/image/60x40.json?format=auto&colour=red';
  const explain = (accept: string, more = {}) => app.inject({ url, headers: { accept, ...more } });
  const first = await explain(WEBP);
  t.equal(first.json().options.format, 'webp');
  t.equal((await explain(AVIF)).json().options.format, 'avif');
  t.match(first.headers, { vary: 'Accept', 'x-ignored': 'colour' });
  const again = await explain(WEBP, { 'if-none-match': String(first.headers.etag) });
  t.same([again.statusCode, again.headers.vary], [304, 'Accept']);
  const { headers: plain } = await app.inject({ url: '/image/60x40.json?format=webp' });
  t.equal(plain.vary, undefined);
});

t.test('at most six cache entries, whatever clients accept', async (t) => {
  const app = await testApp(t);
  let misses = 0;
  for (const [accept] of ACCEPTED) {
    for (const spelled of [accept, accept?.toUpperCase(), accept && ` ${accept} `]) {
      const response = await app.inject({
        url: '/image/61x40.auto',
        headers: spelled === undefined ? {} : { accept: spelled },
      });
      if (response.headers['x-cache'] === 'miss') misses += 1;
    }
  }
  t.equal(misses, 6);
});
