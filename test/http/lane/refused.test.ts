import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { get } from '../../helper/lane.ts';
import { exchange, parseAnswer } from '../../helper/wire.ts';

const IMAGES = 'Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';
const statuses = (answers: string): string[] => answers.match(/(?<=^HTTP\/1\.1 )\d+/gm) ?? [];
const post = (framing: string, body = ''): string =>
  `POST /image/60x40 HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n${body}`;

/** Requests that no route sees, with a status and a code; `-` stands for the fields of the client. */
const REFUSED: Readonly<Record<string, readonly [bytes: string, status: number, code: string]>> = {
  'an unknown version': ['GET /image/1 HTTP/3.0\r\nHost: a\r\n-\r\n', 400, 'bad-request'],
  'a byte above ASCII': ['GET /image/\xe9 HTTP/1.1\r\nHost: a\r\n-\r\n', 400, 'bad-request'],
  'a broken field': ['GET /image/1 HTTP/1.1\r\nHost: a\r\n-b c: d\r\n\r\n', 400, 'bad-request'],
  'no Host': ['GET /image/1 HTTP/1.1\r\n-\r\n', 400, 'bad-request'],
  'a long URL': [`GET /image/1?v=${'1'.repeat(13_000)} HTTP/1.1\r\nHost: a\r\n-\r\n`, 414, 'uri-too-long'],
  'a URL of 16 kB': [
    `GET /image/1?v=${'1'.repeat(16_384)} HTTP/1.1\r\nHost: a\r\n-\r\n`,
    414,
    'uri-too-long',
  ],
  'a URL of 100 kB': [`GET /image/1?v=${'1'.repeat(1e5)} HTTP/1.1\r\nHost: a\r\n-\r\n`, 414, 'uri-too-long'],
  'large fields': [
    `GET /image/1 HTTP/1.1\r\nHost: a\r\n-a: ${'1'.repeat(17_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  'fields larger still': [
    `GET /image/1 HTTP/1.1\r\nHost: a\r\n-a: ${'1'.repeat(40_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  'many fields': [
    `GET /image/1 HTTP/1.1\r\nHost: a\r\n-${'a: b\r\n'.repeat(4000)}\r\n`,
    431,
    'headers-too-large',
  ],
  'an unknown method': ['FOO /image/60x40 HTTP/1.1\r\nHost: a\r\n-\r\n', 405, 'method-not-allowed'],
  'a method in lower case': ['get /image/60x40 HTTP/1.1\r\nHost: a\r\n-\r\n', 405, 'method-not-allowed'],
  'a method that begins like another': [
    'GETS /image/60x40 HTTP/1.1\r\nHost: a\r\n-\r\n',
    405,
    'method-not-allowed',
  ],
  'a method with a sign': ['FOO_BAR! * HTTP/1.1\r\nHost: a\r\n-\r\n', 405, 'method-not-allowed'],
  CONNECT: ['CONNECT a:443 HTTP/1.1\r\nHost: a\r\n-\r\n', 405, 'method-not-allowed'],
};

t.test('any page can read a refusal, and an <img> gets a picture', async (t) => {
  const port = await listen(await testApp(t));
  for (const [name, [bytes, status, code]] of Object.entries(REFUSED)) {
    for (const accept of ['', `${IMAGES}\r\n`]) {
      const answers = await exchange(port, bytes.replace('-', accept));
      t.strictSame(statuses(answers), [String(status)], name);
      const { headers, body } = parseAnswer(answers);
      t.match(
        Object.fromEntries(headers),
        {
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'cache-control': 'no-store',
          connection: 'close',
          ...(status === 405 && { allow: 'GET, HEAD, OPTIONS' }),
          'content-length': String(body.length),
          'content-type': accept ? 'image/svg+xml' : 'application/problem+json',
        },
        name,
      );
      if (accept) t.match(body, /^<svg [\s\S]*<\/svg>\s*$/, name);
      else t.match(JSON.parse(body), { status, code }, name);
    }
  }
});

t.test('any page can read a 408, too', async (t) => {
  for (const FAST_LANE of ['on', 'off']) {
    const app = await testApp(t, { FAST_LANE });
    const port = await listen(app);
    app.server.requestTimeout = 20;
    app.server.headersTimeout = 20;
    for (const bytes of ['', 'GET /image/1 HTTP/1.1\r\n']) {
      const { status, headers } = parseAnswer(await exchange(port, bytes));
      t.match({ status, origin: headers.get('access-control-allow-origin') }, { status: 408, origin: '*' });
    }
  }
});

t.test('a long URL is refused, in however many pieces it arrives', async (t) => {
  const app = await testApp(t);
  const socket = connect({ port: await listen(app), host: '127.0.0.1', noDelay: true });
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  const bytes = get(`/image/1?v=${'1'.repeat(16_384)}`);
  for (let at = 0; at < bytes.length; at += 1460) {
    socket.write(bytes.slice(at, at + 1460));
    await nextTurn();
  }
  await once(socket, 'end');
  t.strictSame(statuses(answer), ['414']);
});

t.test('the error for a malformed URL shows how to write it', async (t) => {
  const port = await listen(await testApp(t));
  const mended: ReadonlyArray<readonly [target: string, mended: string]> = [
    ['/image/60x40?text=é', '/image/60x40?text=%C3%A9'],
    ['/image/60x40?text=日本 語', '/image/60x40?text=%E6%97%A5%E6%9C%AC%20%E8%AA%9E'],
    ['/image/60×40', '/image/60%C3%9740'],
    ['/image/60x40?text=a b', '/image/60x40?text=a%20b'],
  ];
  const ask = async (target: string, before = ''): Promise<{ detail: string; instance: string }> => {
    const answers = await exchange(port, `${before}${get(target)}`);
    const body = answers.slice(answers.lastIndexOf('\r\n\r\n'));
    return JSON.parse(Buffer.from(body, 'latin1').toString());
  };
  for (const [target, written] of mended) {
    const bytes = Buffer.from(target).toString('latin1');
    for (const before of ['', get('/image/61x40')]) {
      const { detail, instance } = await ask(bytes, before);
      t.ok(detail.includes(`percent-encoded in a URL (RFC 3986, 2.1), as in ${written}`), detail);
      t.equal(instance, written);
    }
  }
  const { detail } = await ask('/image/60x40?text=\xe9');
  t.ok(detail.endsWith('as in /image/60x40?text=%C3%A9'), `not UTF-8: ${detail}`);
  const long = await ask(`/image/60x40?v=${'1'.repeat(5000)}&text=\xc3\xa9`);
  t.match(long.detail, /…1+&text=%C3%A9…$/);
  t.ok(long.detail.length < 500);
});

t.test('HEAD is refused without a body', async (t) => {
  const port = await listen(await testApp(t));
  for (const bytes of [
    `HEAD /image/\xe9 HTTP/1.1\r\nHost: a\r\n\r\n`,
    get('/').replace('GET /', `HEAD /${'a'.repeat(40_000)}`),
  ]) {
    const { headers, body } = parseAnswer(await exchange(port, bytes));
    t.equal(body, '');
    t.ok(Number(headers.get('content-length')) > 0);
  }
});

t.test('a request gets one answer, whatever its body is', async (t) => {
  for (const FAST_LANE of ['on', 'off']) {
    const port = await listen(await testApp(t, { FAST_LANE }));
    await exchange(port, get('/image/60x40', 'Connection: close'));
    for (const [bytes, expected] of [
      [get('/image/60x40', 'Transfer-Encoding: xchunked'), ['400']],
      [get('/image/60x40', 'Transfer-Encoding: gzip'), ['400']],
      [get('/image/60x40', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'), ['400']],
      [post('Transfer-Encoding: xchunked'), ['400']],
      [post('Transfer-Encoding: chunked', 'zz\r\n'), ['405']],
      [post('Transfer-Encoding: chunked', '1\r\nabc\r\n'), ['405']],
    ] as const) {
      const answers = await exchange(port, bytes);
      t.strictSame(statuses(answers), expected, `${bytes} (FAST_LANE=${FAST_LANE})`);
    }
  }
});

t.test('a field is seen, however many fields come before it', async (t) => {
  for (const FAST_LANE of ['on', 'off']) {
    const port = await listen(await testApp(t, { FAST_LANE }));
    const many = 'a: b\r\n'.repeat(1500).trimEnd();
    const ask = async (...fields: string[]): Promise<string[]> =>
      statuses(await exchange(port, get('/image/60x40', many, ...fields, 'Connection: close')));
    for (let i = 0; i < 3; i++) {
      t.strictSame(await ask(), ['200']);
      t.strictSame(await ask('Host: b'), ['400']);
      t.strictSame(await ask('If-None-Match: *'), ['304']);
      t.strictSame(await ask('If-Match: "other"'), ['412']);
    }
  }
});

t.test('no answer overtakes an earlier one', async (t) => {
  const port = await listen(await testApp(t));
  const before = ['/image/1999x1999.webp', '/image/61x40'].map((target) =>
    get(target).replace('GET', 'HEAD'),
  );
  for (const [last, status] of [
    ['CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', '405'],
    [`GET /${'a'.repeat(40_000)}`, '414'],
    [get('/image/1', `a: ${'b'.repeat(17_000)}`), '431'],
  ] as const) {
    t.strictSame(statuses(await exchange(port, `${before.join('')}${last}`)), ['200', '200', status]);
  }
});
