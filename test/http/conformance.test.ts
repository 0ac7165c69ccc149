import t from 'tap';
import { listen, testApp } from '../helper/app.ts';
import { exchange, parseAnswer, type WireAnswer } from '../helper/wire.ts';
import { MESSAGES } from './message.ts';
import { ETAG, HOST, PICTURE, SEMANTICS } from './semantics.ts';

/** Ends a request that does not end its connection itself. */
const message = (lines: readonly string[]): string => {
  const ends = / HTTP\/1\.0$/.test(lines[0] ?? '') || lines.some((line) => /^Connection:/.test(line));
  return `${[...lines, ...(ends ? [] : ['Connection: close'])].join('\r\n')}\r\n\r\n`;
};

t.test('rules of HTTP, one by one', async (t) => {
  const port = await listen(await testApp(t));
  const ask = async (lines: readonly string[]): Promise<WireAnswer> =>
    parseAnswer(await exchange(port, message(lines)));
  const whole = await ask([PICTURE, HOST]);
  const etag = whole.headers.get('etag') ?? '';
  t.match(etag, /^"\S+"$/);
  for (const [source, rule, request, status, expected = {}] of [...SEMANTICS, ...MESSAGES]) {
    const name = `${source}: ${rule}`;
    const answer = await ask(request.map((line) => line.replace(ETAG, etag)));
    t.equal(answer.status, status, name);
    for (const [field, pattern] of Object.entries(expected)) {
      const value = answer.headers.get(field);
      if (pattern === null) t.equal(value, undefined, `${name}: no ${field}`);
      else t.match(value, pattern, `${name}: ${field}`);
    }
    const isEmpty = status === 204 || status === 304 || request[0]?.startsWith('HEAD');
    const length = isEmpty ? 0 : Number(answer.headers.get('content-length'));
    t.equal(answer.body.length, length, `${name}: the body`);
    const problem = 'application/problem+json';
    if (!isEmpty && status >= 400) t.equal(answer.headers.get('content-type'), problem, name);
  }
});

t.test('RFC 9110, 10.1.1: 100-continue is answered before the request is', async (t) => {
  const port = await listen(await testApp(t));
  const request = [
    'POST /image/1 HTTP/1.1',
    HOST,
    'Expect: 100-continue',
    'Content-Length: 3',
    'Connection: close',
  ];
  const answer = await exchange(port, `${request.join('\r\n')}\r\n\r\nabc`);
  t.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 405 /);
});

t.test('RFC 9112, 3.2.2: the authority of an absolute target overrides Host', async (t) => {
  const port = await listen(await testApp(t));
  const lines = ['GET HTTP://other.example:81/image/60x40.json HTTP/1.1', HOST];
  const { body } = parseAnswer(await exchange(port, message(lines)));
  t.equal(JSON.parse(body).url, 'http://other.example:81/image/60x40.png');
});

t.test('RFC 9112, 3.3: without any authority it is the address that was connected to', async (t) => {
  const port = await listen(await testApp(t));
  for (const lines of [['GET /image/60x40.json HTTP/1.0'], ['GET /image/60x40.json HTTP/1.1', 'Host:']]) {
    const { body } = parseAnswer(await exchange(port, message(lines)));
    t.equal(JSON.parse(body).url, `http://127.0.0.1:${port}/image/60x40.png`);
  }
});

t.test('RFC 9112, 9.3.2: pipelined requests are answered in their order', async (t) => {
  const port = await listen(await testApp(t));
  // The first takes longest to draw.
  const targets = ['/image/1999x2000.webp', '/image/60x40.svg', '/image/0', '/nothing', '/image/61x40'];
  const bytes = targets.map((target, i) => {
    const last = i === targets.length - 1 ? 'Connection: close\r\n' : '';
    return `HEAD ${target} HTTP/1.1\r\n${HOST}\r\n${last}\r\n`;
  });
  const answers = await exchange(port, bytes.join(''));
  t.same(answers.match(/(?<=^HTTP\/1\.1 )\d+/gm), ['200', '200', '400', '404', '200']);
});
