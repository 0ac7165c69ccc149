import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { exchange, parseAnswer } from '../../helper/wire.ts';

const HOST = 'Host: a\r\n';
const LAST = `${HOST}Connection: close\r\n`;

const connections = (app: FastifyInstance): Promise<number> =>
  new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

/** Bytes that are no well-formed HTTP/1.1, and the status that they get. */
const MALFORMED: Readonly<Record<string, readonly [bytes: string, status: number]>> = {
  'no HTTP at all': ['garbage\r\n\r\n', 400],
  'a TLS handshake': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  'a method that is no token': [`F(O /image/1 HTTP/1.1\r\n${HOST}\r\n`, 400],
  'an unknown method without a version': [`FOO /image/1\r\n${HOST}\r\n`, 400],
  'an unknown version': [`GET /image/1 HTTP/3.0\r\n${HOST}\r\n`, 400],
  'no Host': ['GET /image/1 HTTP/1.1\r\n\r\n', 400],
  'NUL in the target': [`GET /image/1\0 HTTP/1.1\r\n${HOST}\r\n`, 400],
  'a raw byte above ASCII in the target': [`GET /image/\xe9 HTTP/1.1\r\n${HOST}\r\n`, 400],
  'a space in the target': [`GET /image/1 x1 HTTP/1.1\r\n${HOST}\r\n`, 400],
  'a space in a header name': [`GET /image/1 HTTP/1.1\r\n${HOST}a b: c\r\n\r\n`, 400],
  'two lengths': [`POST /image/1 HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
  'length and chunks': [
    `POST /image/1 HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    400,
  ],
  'headers beyond the limit': [`GET /image/1 HTTP/1.1\r\n${HOST}a: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
};

t.test('malformed HTTP gets a problem, and the connection is closed', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  for (const [name, [bytes, status]] of Object.entries(MALFORMED)) {
    const { head, body, ...answer } = parseAnswer(await exchange(port, bytes));
    t.equal(answer.status, status, name);
    t.match(head, /^content-type: application\/problem\+json\r?$/im, name);
    t.match(head, /^connection: close\r?$/im, name);
    t.match(head, new RegExp(`^content-length: ${body.length}\\r?$`, 'im'), name);
    t.match(
      JSON.parse(body),
      {
        type: /\S/,
        title: /\S/,
        status,
        detail: /HTTP\/1\.1/,
        code: status === 431 ? 'headers-too-large' : 'bad-request',
      },
      name,
    );
  }
  t.equal((await app.inject('/healthz')).statusCode, 200);
});

t.test('requests before rubbish are answered before it', async (t) => {
  const port = await listen(await testApp(t));
  const requests = ['/image/1999x2000.webp', '/image/61x40', '/image/62x40.gif'].map(
    (target) => `HEAD ${target} HTTP/1.1\r\n${HOST}\r\n`,
  );
  const answers = await exchange(port, `${requests.join('')}garbage\r\n\r\n`);
  t.same(answers.match(/(?<=^HTTP\/1\.1 )\d+/gm), ['200', '200', '200', '400']);
  const unknown = await exchange(port, `${requests.join('')}FOO /healthz HTTP/1.1\r\n${HOST}\r\n`);
  t.same(unknown.match(/(?<=^HTTP\/1\.1 )\d+/gm), ['200', '200', '200', '405'], 'nor is it one of them');
});

t.test('a peer that sends rubbish and never closes does not keep its connection', async (t) => {
  const app = await testApp(t);
  const socket = connect({ port: await listen(app), host: '127.0.0.1', allowHalfOpen: true });
  t.teardown(() => socket.destroy());
  const [peer] = (await Promise.all([once(app.server, 'connection'), once(socket, 'connect')]))[0];
  socket.write('garbage\r\n\r\n');
  socket.resume();
  await once(peer, 'close');
  t.equal(await connections(app), 0);
});

t.test('a request that does not arrive is given up', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  t.same([app.server.requestTimeout, app.server.headersTimeout], [30_000, 30_000]);
  app.server.requestTimeout = 1;
  app.server.headersTimeout = 1;
  for (const bytes of [
    `GET /image/1 HTTP/1.1\r\n${HOST}`,
    `POST /image/1 HTTP/1.1\r\n${HOST}Content-Length: 9\r\n\r\n1`,
  ]) {
    const answers = (await exchange(port, bytes)).match(/(?<=^HTTP\/1\.1 )\d+/gm);
    t.match(answers?.at(-1), /^(405|408)$/, bytes);
  }
  t.equal(await connections(app), 0);
});

t.test('what is on the wire', async (t) => {
  const port = await listen(await testApp(t));
  const get = (target: string, more = ''): string => `GET ${target} HTTP/1.1\r\n${LAST}${more}\r\n`;

  const image = parseAnswer(await exchange(port, get('/image/60x40.gif')));
  t.equal(image.status, 200);
  t.match(image.head, new RegExp(`^content-length: ${image.body.length}\\r?$`, 'im'));
  t.equal(image.body.slice(0, 6), 'GIF89a');

  const head = parseAnswer(await exchange(port, `HEAD /image/60x40.gif HTTP/1.1\r\n${LAST}\r\n`));
  t.match(head.head, new RegExp(`^content-length: ${image.body.length}\\r?$`, 'im'));
  t.equal(head.body, '');

  const unchanged = parseAnswer(await exchange(port, get('/image/60x40.gif', 'If-None-Match: *\r\n')));
  t.equal(unchanged.status, 304);
  t.notMatch(unchanged.head, /^(content-length|transfer-encoding|content-type):/im);
  t.equal(unchanged.body, '');

  const absolute = parseAnswer(await exchange(port, get('http://img.example/image/60x40.gif?v=1')));
  t.same([absolute.status, absolute.body], [200, image.body], 'absolute form (RFC 9112, 3.2.2)');
  t.equal(parseAnswer(await exchange(port, get('http://img.example'))).status, 200);
  t.equal(parseAnswer(await exchange(port, `OPTIONS * HTTP/1.1\r\n${LAST}\r\n`)).status, 204);
  t.equal(
    parseAnswer(await exchange(port, 'GET /image/60x40.gif HTTP/1.0\r\n\r\n')).body,
    image.body,
    'HTTP/1.0 has no Host',
  );
});

t.test('answers keep their order and the connection goes on', async (t) => {
  const port = await listen(await testApp(t));
  const requests = [
    `GET /image/61x40 HTTP/1.1\r\n${HOST}If-None-Match: *\r\n\r\n`,
    `POST /image/61x40 HTTP/1.1\r\n${HOST}Content-Type: x/y\r\nContent-Length: 5\r\n\r\nGET /`,
    `HEAD /image/61x40 HTTP/1.1\r\n${HOST}\r\n`,
    `GET /image/0 HTTP/1.1\r\n${HOST}\r\n`,
    `GET /nothing HTTP/1.1\r\n${LAST}\r\n`,
  ];
  const answers = await exchange(port, requests.join(''));
  t.same(answers.match(/(?<=HTTP\/1\.1 )\d+/g), ['304', '405', '200', '400', '404']);
});
