import t from 'tap';
import { problemOf, testApp } from '../helper/app.ts';

/** What stands after `/image/`, and the parameter that is at fault, where the sides could be told apart. */
const BAD_SIZES: readonly (readonly [path: string, parameter?: 'width' | 'height'])[] = [
  ['0', 'width'],
  ['0x400', 'width'],
  ['600x0', 'height'],
  ['2001', 'width'],
  ['2001x1', 'width'],
  ['1x2001', 'height'],
  ['-1', 'width'],
  ['1x-1', 'height'],
  ['+1', 'width'],
  ['1.5', 'width'],
  ['1.5x400', 'width'],
  ['400x1.5', 'height'],
  ['1e3', 'width'],
  ['0x10', 'width'],
  ['1,000'],
  ['0b1'],
  ['abc'],
  ['NaN'],
  ['Infinity'],
  ['constructor'],
  ['__proto__'],
  [''],
  ['x'],
  ['1x', 'height'],
  ['x1', 'width'],
  ['1x1x1'],
  ['1xx1'],
  ['1*1'],
  ['1_000', 'width'],
  ['9'.repeat(30), 'width'],
  [`1x${'9'.repeat(400)}`, 'height'],
  ['9'.repeat(8000), 'width'],
  [`${'a'.repeat(8000)}`],
  [`1${'x1'.repeat(4000)}`],
  ['600%20x400'],
  ['%20600x400'],
  ['600x400%20'],
  ['600x400%0A'],
  ['600x400%00'],
  ['%00'],
  ['%EF%BC%96%EF%BC%90'],
  ['%D9%A6%D9%A0%D9%A0x400'],
  ['%F0%9F%98%80'],
  ['%2525'],
  ['600%2Fx400'],
  ['%'],
  ['%zz'],
  ['%4'],
  ['600x400%'],
  ['600%x400'],
  ['%ff'],
  ['%C3%28'],
  ['%ED%A0%80'],
  ['%E0%A4%A'],
  ['0.webp', 'width'],
  ['2001x1.svg', 'width'],
  ['.png'],
];

t.test('a bad size is 400 and says what is allowed', async (t) => {
  const app = await testApp(t);
  for (const [path, parameter] of BAD_SIZES) {
    const url = `/image/${path}`;
    const response = await app.inject(url);
    t.equal(response.statusCode, 400, url.slice(0, 60));
    const problem = problemOf(t, response, url.slice(0, 2000));
    t.match(problem, {
      code: 'invalid-size',
      type: /invalid-size$/,
      parameter: parameter ?? /^(size|width|height)$/,
    });
    t.match(problem['detail'], /\b1 to 2000\b/, 'the bounds');
    t.type(problem['value'], 'string');
    t.ok(response.body.length < 3500, 'long input is not repeated in full');
    t.notMatch(String(problem['detail']) + problem['value'], /\p{Cc}/u, 'no control characters');
  }
});

t.test('the sentence is as in the contract', async (t) => {
  const app = await testApp(t);
  const { detail, value, title } = (await app.inject('/image/2001x400')).json();
  t.same(
    { detail, value, title },
    {
      detail: 'width must be an integer from 1 to 2000, got 2001',
      value: '2001',
      title: 'Invalid size',
    },
  );
});

t.test('no path at all', async (t) => {
  const app = await testApp(t);
  for (const url of ['/image', '/image/', '/image?', '/image/?v=1', '/image//'])
    t.match((await app.inject(url)).json(), { status: 400, code: 'invalid-size' }, url);
});

t.test('formats that do not exist', async (t) => {
  const app = await testApp(t);
  for (const ext of ['nope', 'bmp', 'pngx', 'p', 'constructor', 'a'.repeat(500), '']) {
    const url = `/image/600x400.${ext}`;
    const problem = problemOf(t, await app.inject(url), url);
    t.match(problem, {
      status: 400,
      code: 'unsupported-format',
      parameter: 'format',
      detail: /\bpng\b.*\bavif\b/,
    });
  }
});

t.test('the bounds are the settings', async (t) => {
  const app = await testApp(t, { MAX_DIMENSION: '100', MAX_PIXELS: '5000' });
  t.equal((await app.inject('/image/100x50')).statusCode, 200);
  t.match((await app.inject('/image/101x1')).json(), { status: 400, detail: /from 1 to 100, got 101$/ });
  t.match((await app.inject('/image/100x51')).json(), {
    status: 400,
    code: 'invalid-size',
    detail: /\b5000 pixels/,
  });
  const standard = await testApp(t);
  for (const url of ['/image/1', '/image/1x1', '/image/2000x1', '/image/1x2000', '/image/2000.svg'])
    t.equal((await standard.inject(url)).statusCode, 200, url);
});

/** Spellings of one picture, the canonical one first. */
const SAME = [
  [
    '/image/600x400.png',
    '/image/600x400',
    '/image/0600x00400',
    `/image/${'0'.repeat(500)}600x400`,
    '/image/600X400',
    '/image/600%C3%97400',
    '/image/600x400.png/ccc@1x/',
    '/image/600x400.PNG',
    '/image/600x400.pNg',
    '/image/600x400/',
    '/image/600x400.png/',
    '/image/%36%30%30x400',
    '/image/600%784%300',
    '/image/600%58400',
    '/image/600x400%2Epng',
    '/image/600x400.%70ng',
    '/%69mage/600x400',
    '/%69%6D%61%67%65/%36%30%30x400',
    '/image/600x400?utm_source=a&v=1&_=2',
    '/image/600x400?',
    '/image/600x400/?%zz',
  ],
  ['/image/40x40.jpeg', '/image/40.jpeg', '/image/40.jpg', '/image/40x40.JPG', '/image/040.JPEG/'],
] as const;

t.test('other spellings are one entry', async (t) => {
  for (const [canonical, ...others] of SAME) {
    const app = await testApp(t);
    const first = await app.inject(canonical);
    t.equal(first.headers['x-cache'], 'miss');
    for (const url of others) {
      const { statusCode, headers } = await app.inject(url);
      const seen = [statusCode, headers['x-cache'], headers.etag, headers['content-disposition']];
      t.same(
        seen,
        [200, 'hit-memory', first.headers.etag, first.headers['content-disposition']],
        url.slice(0, 60),
      );
    }
  }
});
