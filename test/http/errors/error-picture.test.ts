import sharp from 'sharp';
import t from 'tap';
import { GreyboxError } from '../../../src/errors.ts';
import { SVG_POLICY } from '../../../src/formats.ts';
import { errorPicture } from '../../../src/http/errors/error-picture.ts';
import { DEFAULT_LIMITS } from '../../../src/options/sizes.ts';
import { drawNotice } from '../../../src/render/notice.ts';
import { problemOf, testApp } from '../../helper/app.ts';

/** What an `<img>` sends in Chrome, Firefox and Safari. */
const IMG = {
  chrome: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  firefox: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  'older firefox': 'image/avif,image/webp,*/*',
  safari:
    'image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  'older safari': 'image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5',
  'one format': 'image/png',
  'in capitals': 'IMAGE/*, */*;q=0.1',
  'rather than JSON': 'application/json;q=0.5, image/*;q=0.6',
};
const OTHERS = {
  none: undefined,
  empty: '',
  'curl, fetch, and the oldest Safari': '*/*',
  'a video in Safari': 'video/*,*/*;q=0.5',
  'a page in Chrome':
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  'a page in Firefox': 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'a program': 'application/json, image/*',
  'rather anything': 'image/*;q=0.5, */*;q=0.6',
  'no image': 'image/*;q=0',
  rubbish: ',;q=,image',
};

t.test('a client that asks for images gets a picture', async (t) => {
  const app = await testApp(t);
  const url = '/image/2001x400';
  for (const [name, accept] of Object.entries(IMG)) {
    const { headers, statusCode } = await app.inject({ url, headers: { accept } });
    t.match([statusCode, headers['content-type']], [400, 'image/svg+xml'], name);
    t.match(headers, {
      'cache-control': 'no-store',
      vary: 'Accept',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'content-security-policy': SVG_POLICY,
    });
    t.equal(headers.etag, undefined);
  }
});

t.test('the error of auto has the form that Accept prefers', async (t) => {
  const app = await testApp(t);
  for (const [accept, type] of [
    ['image/jxl', 'image/svg+xml'],
    ['text/html', 'application/problem+json'],
  ] as const) {
    const { statusCode, headers } = await app.inject({ url: '/image/60x40.auto', headers: { accept } });
    t.equal(statusCode, 406);
    t.match(headers, { 'content-type': type, vary: 'Accept', 'cache-control': 'no-store' }, accept);
  }
});

t.test('all other clients get the problem', async (t) => {
  const app = await testApp(t);
  const url = '/image/2001x400';
  for (const [name, accept] of Object.entries(OTHERS)) {
    const response = await app.inject({ url, headers: accept === undefined ? {} : { accept } });
    t.match(problemOf(t, response, url), { status: 400 }, name);
    t.equal(response.headers['vary'], 'Accept');
    t.equal(response.headers['content-security-policy'], undefined);
  }
});

t.test(
  'characters that XML forbids are left out, long text is cut, and text that looks like an option stays',
  async (t) => {
    const text = (detail: string): string =>
      errorPicture(new GreyboxError('bad-request', detail), undefined, DEFAULT_LIMITS).text;
    t.equal(text('a\u0000b\n\u001bc\ud800'), '400 Bad request\na b  c\ufffd');
    t.equal(text('{width} is \\n'), '400 Bad request\n{width} is \\n');
    const long = text('😀'.repeat(400));
    t.same([[...long].length, long.endsWith('😀…')], [300, true]);
  },
);

const headers = { accept: IMG.chrome };

/** A request, its status, a part of the detail as XML has it, and the size of the picture. */
const ERRORS = [
  ['/image/2001x400', 400, 'width must be an integer from 1 to 2000, got 2001', 600, 400],
  ['/image/300x200/nocolour', 400, 'got nocolour', 300, 200],
  ['/image/300x200@2x/nocolour.png', 400, 'got nocolour', 600, 400],
  ['/image/og.nope', 400, 'got nope', 1200, 630],
  ['/image/64x32@9x', 400, 'scale must be', 64, 32],
  ['/image/1?bg=no', 400, 'bg must be', 1, 1],
  ['/image/%33%300x200?bg=no', 400, 'bg must be', 300, 200],
  ['/image/%zz', 400, 'size must be {width}x{height}', 600, 400],
  ['/image', 400, 'size must be {width}x{height}', 600, 400],
  ['/nothing', 404, 'nothing is here', 600, 400],
  ['/image/200x100?text=%3Cscript%3E"%26&text=', 400, '&lt;script&gt;&quot;&amp;', 200, 100],
  ['/image/200x100?font=%00%1b%7f', 400, 'font must be', 200, 100],
  [`/image/200x100?font=${encodeURIComponent('日本😀')}`, 400, '日本😀', 200, 100],
] as const;

t.test('it says what is wrong, in the requested size', async (t) => {
  const app = await testApp(t);
  for (const [url, status, detail, width, height] of ERRORS) {
    const response = await app.inject({ url, headers });
    t.match([response.statusCode, response.headers['content-type']], [status, 'image/svg+xml'], url);
    t.ok(response.body.includes(detail), `${url}: ${response.body.slice(0, 400)}`);
    t.notMatch(response.body, /<script|\p{Cc}/u, url);
    const image = sharp(response.rawPayload);
    t.match(await image.metadata(), { format: 'svg', width, height }, url);
    if (width < 200) continue;
    const { channels } = await image.stats();
    t.ok(channels[1] && channels[1].min < 80 && channels[1].mean > 150, 'ink on a light ground');
    const head = await app.inject({ method: 'HEAD', url, headers });
    t.match([head.statusCode, head.body], [status, '']);
    t.equal(head.headers['content-length'], response.headers['content-length']);
  }
  const refused = await app.inject({ method: 'POST', url: '/image/%zz', headers });
  t.match([refused.statusCode, refused.headers['allow']], [405, 'GET, HEAD, OPTIONS']);
  t.match(refused.body, /^<svg [^>]*the method must be one of/);
});

t.test('an error because of overload is a picture too, and keeps its headers', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1', RENDER_QUEUE: '0' });
  const [drawn, ...refused] = await Promise.all(
    ['2000x2000.webp', '300x200.webp', '80x40@2x.webp', '300x200/nocolour'].map((path) =>
      app.inject({ url: `/image/${path}`, headers }),
    ),
  );
  t.equal(drawn?.statusCode, 200);
  for (const [i, [width, height]] of [[300, 200] as const, [160, 80] as const].entries()) {
    const response = refused[i];
    t.match([response?.statusCode, response?.headers['retry-after']], [503, '1']);
    t.match(response?.body, /^<svg [^>]*pictures are waiting to be drawn/);
    t.match(await sharp(response?.rawPayload).metadata(), { format: 'svg', width, height });
  }
  t.match(refused[2]?.body, /^<svg [^>]*got nocolour/, 'others take no place in the queue');
  t.match(await app.inject({ url: '/image/300x200/nocolour', headers }), {
    statusCode: 400,
    headers: { 'content-type': 'image/svg+xml' },
  });
});

t.test("error pictures count for a client's budget, and the picture of a refusal is ready", async (t) => {
  const app = await testApp(t, { RATE_LIMIT: '3' });
  const ask = async (i: number, remoteAddress = '10.0.0.1') => {
    const {
      statusCode,
      headers: sent,
      body,
    } = await app.inject({
      url: `/image/300x200?font=no${i}`,
      headers,
      remoteAddress,
    });
    t.equal(statusCode, 400);
    t.equal(sent['content-type'], 'image/svg+xml');
    t.match(body, /^<svg [^>]*width="300" height="200"/);
    return /got no\d+/.test(body);
  };
  const said: boolean[] = [];
  for (let i = 0; i < 6; i++) said.push(await ask(i));
  t.same(said, [true, true, true, false, false, false]);
  t.ok(await ask(0), 'what was drawn is there for all');
  t.ok(await ask(9, '10.0.0.2'), 'another client');
  t.equal((await app.inject({ url: '/image/9x9', remoteAddress: '10.0.0.1' })).statusCode, 429);
});

t.test('the title stands out from the detail', async (t) => {
  const error = new GreyboxError('invalid-color', '400 Invalid colour');
  const picture = errorPicture(error, { width: 300, height: 200, scale: 1 }, DEFAULT_LIMITS);
  t.equal(picture.text, '400 Invalid colour\n400 Invalid colour', 'the same text in both');
  const svg = drawNotice(picture, '400') as Buffer;
  const { data, info } = await sharp(svg).greyscale().raw().toBuffer({ resolveWithObject: true });
  const inkIn = (row: number): number => {
    const line = data.subarray(row * info.width, (row + 1) * info.width);
    return line.subarray(4, -4).reduce((ink, value) => ink + Math.max(0, 200 - value), 0);
  };
  const rows = Array.from({ length: info.height - 8 }, (_, i) => i + 4).filter((row) => inkIn(row) > 0);
  const second = rows.findIndex((row, i) => i > 0 && row > (rows[i - 1] ?? 0) + 1);
  const sum = (some: readonly number[]): number => some.reduce((total, row) => total + inkIn(row), 0);
  const [title, detail] = [sum(rows.slice(0, second)), sum(rows.slice(second))];
  t.ok(title > detail * 1.15, `${title} and ${detail}`);
});

t.test('they are legible at any size, and never wider than their picture', async (t) => {
  const error = new GreyboxError(
    'invalid-option',
    `font must be one of ${'many-fonts, '.repeat(20)}got x-${'y'.repeat(90)}`,
  );
  for (const size of [
    '1x1',
    '16x16',
    '32x32',
    '64x32',
    '80x80',
    '120x600',
    '300x200@2x',
    '2000x40',
    '2000x2000',
  ]) {
    const [, width, height, scale = 1] = /^(\d+)x(\d+)(?:@(\d)x)?$/.exec(size)?.map(Number) ?? [];
    const asked = { width: width ?? 0, height: height ?? 0, scale: scale || 1 };
    const picture = errorPicture(error, asked, DEFAULT_LIMITS);
    const svg = drawNotice(picture, '400') as Buffer;
    const { data, info } = await sharp(svg).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number => data[(y * info.width + x) * info.channels + 1] as number;
    const border = 2 * picture.scale;
    const columns = Array.from({ length: info.width }, (_, x) => x);
    const rows = Array.from({ length: info.height }, (_, y) => y);
    const dark = (x: number, y: number): boolean => at(x, y) < 110;
    t.equal(
      columns.some((x) => rows.some((y) => dark(x, y))),
      picture.width > 16 && picture.height > 16,
      `${size}: ink`,
    );
    const edges = [...Array(border + 1).keys()].filter((i) => i < info.width && i < info.height);
    const touches = edges.some(
      (i) =>
        rows.some((y) => dark(i, y) || dark(info.width - 1 - i, y)) ||
        columns.some((x) => dark(x, i) || dark(x, info.height - 1 - i)),
    );
    t.notOk(touches, `${size}: nothing on the border`);
  }
});
