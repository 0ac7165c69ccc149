import t, { type Test } from 'tap';
import type { MeantPicture } from '../../src/dialects/dialect.ts';
import { DialectTable } from '../../src/dialects/table.ts';
import { FORMATS } from '../../src/formats.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { listen, testApp } from '../helper/app.ts';
import { KeptConnection, watchParser } from '../helper/lane.ts';
import type { WireAnswer } from '../helper/wire.ts';
import { atOwnHost, type Line, readCorpus } from './corpus.ts';
import { MOUNTED } from './read.ts';

/** Most px of a side: pictures are as small as their ratio allows, so that a thousand of them take seconds. */
const MAX_DIMENSION = 64;
const LIMITS = { maxDimension: MAX_DIMENSION, maxPixels: 16_000_000 };

const table = new DialectTable();

// A thousand pictures are drawn, on a busy machine too.
t.setTimeout(300_000);

/** What a line's picture is within the bounds of this test; undefined where it is data, or refused. */
function meantBy({ target }: Line): MeantPicture | undefined {
  const resolved = table.resolve(target, 'page.example');
  try {
    const context = { limits: LIMITS, accept: undefined, base: '' };
    const meant = resolved?.dialect.read(resolved.target, context);
    return meant && meant.kind !== 'data' ? meant : undefined;
  } catch {
    return undefined;
  }
}

const ask = (connection: KeptConnection, method: string, host: string, target: string): Promise<WireAnswer> =>
  connection.ask(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);

/** What is wrong with the answer to a line: its status, its media type, or the size that its name tells. */
function faultIn({ status, headers, body }: WireAnswer, line: Line, isHead = false): string | undefined {
  const meant = meantBy(line);
  if (!meant) return status === 200 || status === 400 ? undefined : `status ${status}`;
  const { width, height, format } = createPlaceholderValue(meant.options, LIMITS);
  const name = headers.get('content-disposition') ?? '';
  if (status !== 200) return `status ${status}: ${body.slice(0, 200)}`;
  if (headers.get('content-type') !== FORMATS[format].mime) return `is ${headers.get('content-type')}`;
  if (!name.includes(`"${width}x${height}`)) return `${name} and not ${width}x${height}`;
  return isHead === body.length > 0 ? `a body of ${body.length} bytes` : undefined;
}

const LINES = readCorpus();

/** Sends URLs below the names of their services, at their hosts, and some once more without bodies. */
async function sendAll(t: Test, FAST_LANE: string, all: readonly Line[]): Promise<readonly string[]> {
  const app = await testApp(t, { FAST_LANE, MAX_DIMENSION: String(MAX_DIMENSION) });
  const port = await listen(app);
  const parsed = watchParser(app);
  const faults: string[] = [];
  const tell = (line: Line, fault: string | undefined): void => {
    if (fault !== undefined) faults.push(`${line.text}: ${fault}`);
  };
  const shares = Array.from({ length: 4 }, (_, i) => all.filter((_line, at) => at % 4 === i));
  await Promise.all(
    shares.map(async (lines) => {
      // A connection that brought a miss is the parser's for good: hits have one of their own.
      const [first, hits] = [new KeptConnection(port), new KeptConnection(port)];
      for (const [at, line] of lines.entries()) {
        const drawn = await ask(first, 'GET', 'page.example', line.target);
        tell(line, faultIn(drawn, line));
        if (!meantBy(line)) continue;
        const { host, target } = atOwnHost(line);
        const found = await ask(hits, 'GET', host, target);
        tell(line, faultIn(found, line));
        if (found.headers.get('x-cache') !== 'hit-memory') tell(line, `was ${found.headers.get('x-cache')}`);
        if (found.headers.get('etag') !== drawn.headers.get('etag')) tell(line, 'is another picture by host');
        if (at % 4 > 0) continue;
        const head = await ask(hits, 'HEAD', host, target);
        tell(line, faultIn(head, line, true));
        if (head.headers.get('content-length') !== String(found.body.length))
          tell(line, 'HEAD has another length');
      }
      first.close();
      hits.close();
    }),
  );
  t.strictSame(faults, []);
  return parsed;
}

t.test('the corpus is answered over HTTP, and the second time from memory', async (t) => {
  const laned = await sendAll(t, 'on', LINES);
  const heads = laned.filter((line) => line.startsWith('HEAD'));
  t.ok(heads.length < 20, `the lane answers what is found again: ${heads.slice(0, 5)}`);
  const some = LINES.filter((_line, at) => at % 6 === 0);
  const plain = await sendAll(t, 'off', some);
  t.ok(plain.length > 2 * some.length, 'without the lane all of it is parsed');
});

/** Two URLs of one picture. */
const ONE_PICTURE = [
  ['/via.placeholder.com/60x40/ff0000/ffffff?text=Hi', '/dummyimage.com/60x40/f00/fff&text=Hi'],
  ['/placehold.it/60x40.gif/ccc/000?text=Hi', '/ipsumimage.appspot.com/60x40.gif,ccc,000?l=Hi'],
  ['/dummyimage.com/60x40/000/fff?text=Hi', '/image/60x40/000/fff?text=Hi'],
] as const;

t.test('one picture in two grammars is one entry, counted and purged as one', async (t) => {
  const app = await testApp(t, { ADMIN_TOKEN: 'secret' });
  for (const [one, other] of ONE_PICTURE) {
    t.equal((await app.inject(one)).headers['x-cache'], 'miss', one);
    t.equal((await app.inject(other)).headers['x-cache'], 'hit-memory', other);
  }
  const key = '60.40.png?bg=ff0000&text=Hi';
  const authorization = 'Bearer secret';
  const purged = await app.inject({
    method: 'DELETE',
    url: `/cache/${encodeURIComponent(key)}`,
    headers: { authorization },
  });
  t.ok(purged.statusCode < 300, `purged: ${purged.statusCode}`);
  for (const [target, cache] of [
    [ONE_PICTURE[0][1], 'miss'],
    [ONE_PICTURE[0][0], 'hit-memory'],
    [ONE_PICTURE[1][0], 'hit-memory'],
  ] as const)
    t.equal((await app.inject(target)).headers['x-cache'], cache, target);
  const metrics = (await app.inject('/metrics')).body;
  for (const [route, count] of [
    ['/via.placeholder.com', 4],
    ['/dummyimage.com', 3],
    ['/ipsumimage.appspot.com', 1],
    ['/image', 1],
  ] as const)
    t.match(metrics, `greybox_requests_total{route="${route}",status="200"} ${count}\n`, route);
});

t.test('every service: conditions, preflights, errors with its own forms', async (t) => {
  const app = await testApp(t, { MAX_DIMENSION: '60' });
  for (const { dialect, mount, bad } of MOUNTED) {
    const url = mount + dialect.examples[0];
    const { statusCode, headers } = await app.inject(url);
    t.match([statusCode, headers['access-control-allow-origin']], [200, '*'], url);
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    t.match([again.statusCode, again.body], [304, ''], `${url} again`);
    const preflight = await app.inject({
      method: 'OPTIONS',
      url,
      headers: { origin: 'http://page.example', 'access-control-request-method': 'GET' },
    });
    t.match(
      [preflight.statusCode, preflight.headers['allow']],
      [204, 'GET, HEAD, OPTIONS'],
      `OPTIONS ${url}`,
    );
    if (bad === undefined) continue;
    const problem = await app.inject(mount + bad);
    const [form = ''] = dialect.forms;
    t.match(problem.json(), { status: 400, instance: mount + bad }, mount + bad);
    t.ok(problem.json().detail.includes(form), `${problem.json().detail} names ${form}`);
    const drawn = await app.inject({ url: mount + bad, headers: { accept: 'image/avif,image/*,*/*;q=0.8' } });
    t.match([drawn.statusCode, drawn.headers['content-type']], [400, /^image\/svg\+xml/], `${bad}, drawn`);
  }
});

/** URLs of coding tools, which are relative, and hosts that they may be relative to. */
const RELATIVE = ['/api/placeholder/60/40', '/placeholder.svg?height=40&width=60&query=Hi'];
const HOSTS = ['page.example', 'picsum.photos', 'ui-avatars.com', 'robohash.org', 'placehold.co:8080'];

t.test('what coding tools write is answered at the root of every host, whatever DIALECT says', async (t) => {
  for (const DIALECT of ['', 'ui-avatars.com', 'picsum.photos']) {
    const app = await testApp(t, DIALECT === '' ? {} : { DIALECT });
    for (const url of RELATIVE)
      for (const host of HOSTS) {
        const { headers } = await app.inject({ url, headers: { host } });
        t.match(
          headers,
          { 'content-type': /^image\/svg/, 'content-disposition': /"60x40\.svg"/ },
          host + url,
        );
      }
  }
});

/** Services that have a path of ours: a URL, and the name of its picture, or the code of its error. */
const SHARED = [
  ['api.lorem.space', '/image/face?w=60&h=40', '60x40.jpeg'],
  ['api.lorem.space', '/image?w=60&h=40', '60x40.jpeg'],
  ['api.lorem.space', '/image/60x40', '60x40.png'],
  ['api.lorem.space', '/image/60x40?bg=nocolor', 'invalid-color'],
  ['gravatar.com', '/avatar/205e460b479e2e5b48aec07710c08d50?s=60', '60x60.png'],
  ['gravatar.com', '/avatar/60/Ada.svg', '60x60.svg'],
  ['dummyjson.com', '/image/60x40/282828/fff/webp', '60x40.webp'],
  ['dummyjson.com', '/image/60x40', '60x40.png'],
  // Names may be anything there, but none of its forms begins with a path of ours.
  ['robohash.org', '/image/face', 'invalid-size'],
  ['ui-avatars.com', '/avatar/face', 'invalid-size'],
  ['', '/image/face?w=60&h=40', 'invalid-size'],
] as const;

t.test(
  'with DIALECT, a path below a mount of ours that is none of ours is that of the service',
  async (t) => {
    for (const [DIALECT, url, expected] of SHARED) {
      const app = await testApp(t, { MAX_DIMENSION: '64', ...(DIALECT !== '' && { DIALECT }) });
      const { statusCode, headers, body } = await app.inject({ url, headers: { host: 'page.example' } });
      const told = statusCode === 200 ? /"(.*)"/.exec(String(headers['content-disposition']))?.[1] : '';
      t.equal(told || JSON.parse(body).code, expected, `${DIALECT}${url}`);
    }
  },
);
