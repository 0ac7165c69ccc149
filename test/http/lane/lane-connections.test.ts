import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import t, { type Test } from 'tap';
import { buildApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config/config.ts';
import type { Lifecycle } from '../../../src/http/protocol/lifecycle.ts';
import { listen, testApp } from '../../helper/app.ts';
import { get, KeptConnection, openConnections, watchParser } from '../../helper/lane.ts';
import { exchange } from '../../helper/wire.ts';

const SMALL = '/image/60x40';
/** 100 kB: more than the system takes at once, when nobody reads. */
const LARGE = '/image/1200x1200.jpg?bg=f00-00f&quality=100';

/** Brings pictures into memory, and has their responses ready, by connections that close. */
async function warm(port: number, ...targets: string[]): Promise<void> {
  for (const target of [...targets, ...targets]) await exchange(port, get(target, 'Connection: close'));
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Asks for more and more on a connection that reads nothing, until it is not read from either. @returns how often */
async function fill(app: FastifyInstance, client: Socket): Promise<number> {
  const [server] = (await once(app.server, 'connection')) as [Socket];
  const most = 400;
  let sent = 0;
  while (sent < most && !server.isPaused()) {
    const read = server.bytesRead;
    client.write(get(LARGE));
    sent += 1;
    while (server.bytesRead === read && !server.isPaused()) await nextTurn();
    await nextTurn();
  }
  if (sent === most) throw new Error('it goes on reading');
  return sent;
}

/** Reads all that a paused connection was sent, to its end. */
async function drain(client: Socket): Promise<string> {
  let answers = '';
  client.setEncoding('latin1').on('data', (text) => {
    answers += text;
  });
  client.resume();
  await once(client, 'end');
  return answers;
}

/** Runs a test on hits that the lane answers, and on those that are answered ahead of the router. */
function onBothWays(name: string, run: (t: Test, env: Record<string, string>) => Promise<void>): void {
  for (const FAST_LANE of ['on', 'off'])
    t.test(`${name} (FAST_LANE=${FAST_LANE})`, (t) => run(t, { FAST_LANE }));
}

onBothWays('a client that does not read is not read from, and loses nothing', async (t, env) => {
  const app = await testApp(t, env);
  const port = await listen(app);
  await warm(port, LARGE);
  const parsed = watchParser(app);
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).pause();
  const sent = await fill(app, client);
  client.end();
  const answers = await drain(client);
  t.equal(count(answers, /HTTP\/1\.1 200 OK/g), sent);
  t.equal(count(answers, /\xff\xd9(?=HTTP|$)/g), sent, 'every picture is whole');
  t.equal(parsed.length, env['FAST_LANE'] === 'on' ? 0 : sent);
});

onBothWays('what is on its way when the server closes arrives whole', async (t, env) => {
  const app = await testApp(t, env);
  const port = await listen(app);
  await warm(port, LARGE);
  const client = connect(port, '127.0.0.1').pause();
  const sent = await fill(app, client);
  const closed = app.close();
  const answers = await drain(client);
  t.ok(count(answers, /\xff\xd9(?=HTTP|$)/g) >= sent - 1, 'all but what was not read yet');
  t.ok(answers.endsWith('\xff\xd9'), 'to the last byte');
  await closed;
});

onBothWays('half a connection gets its answer, and is closed', async (t, env) => {
  const app = await testApp(t, env);
  const port = await listen(app);
  await warm(port, SMALL, LARGE);
  const parsed = watchParser(app);
  for (const target of [SMALL, LARGE]) {
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    client.end(get(target));
    let answer = '';
    for await (const chunk of client.setEncoding('latin1')) answer += chunk;
    const length = Number(/^content-length: (\d+)/m.exec(answer)?.[1]);
    t.equal(answer.length - answer.indexOf('\r\n\r\n') - 4, length, target);
  }
  t.equal(parsed.length, env['FAST_LANE'] === 'on' ? 0 : 2);
});

t.test('pieces and pipelines go to the parser, and are answered in order', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  await warm(port, SMALL);
  const parsed = watchParser(app);
  const connection = new KeptConnection(port);
  t.equal((await connection.ask(get(SMALL))).headers.get('x-cache'), 'hit-memory');
  t.strictSame(parsed, []);
  connection.socket.write(get(SMALL).slice(0, 9));
  await nextTurn();
  t.equal((await connection.ask(get(SMALL).slice(9))).status, 200);
  t.strictSame(parsed, [`GET ${SMALL}`]);
  connection.close();
  const last = get(SMALL, 'Connection: close');
  const answers = await exchange(port, `${get(SMALL)}${get('/nothing')}${get(SMALL)}${last}`);
  t.same(answers.match(/(?<=HTTP\/1\.1 )\d+/g), ['200', '404', '200', '200']);
});

onBothWays('who says nothing is told so; who has nothing more to say is closed', async (t, env) => {
  const app = await testApp(t, env);
  const port = await listen(app);
  await warm(port, SMALL);
  app.server.requestTimeout = 20;
  app.server.keepAliveTimeout = 20;
  t.match(await exchange(port, ''), /^HTTP\/1\.1 408 .*request-timeout/s);
  t.match(await exchange(port, get(SMALL)), /^HTTP\/1\.1 200 /);
});

onBothWays('a peer that resets takes nothing with it', async (t, env) => {
  const app = await testApp(t, env);
  const port = await listen(app);
  await warm(port, LARGE);
  const accepted = once(app.server, 'connection') as Promise<[Socket]>;
  const client = connect(port, '127.0.0.1');
  const [server] = await accepted;
  client.write(get(LARGE));
  await once(client, 'data');
  client.resetAndDestroy();
  await new Promise((resolve) => server.once('close', resolve));
  t.equal(await openConnections(app), 0);
});

onBothWays('a draining server says so, and then ends the connection', async (t, env) => {
  const lifecycle: Lifecycle = { phase: 'ready' };
  const app = buildApp(readConfig({ env: { LOG_LEVEL: 'silent', ...env } }), { lifecycle });
  t.teardown(() => app.close());
  const port = await listen(app);
  await warm(port, SMALL);
  const [idle, busy] = [new KeptConnection(port), new KeptConnection(port)];
  for (const connection of [idle, busy]) await connection.ask(get(SMALL));
  lifecycle.phase = 'draining';
  const late = Array.from({ length: 3 }, () => new KeptConnection(port));
  for (const [i, target] of [SMALL, '/image/63x40', '/nothing'].entries()) {
    const { status, headers } = (await late[i]?.ask(get(target))) ?? {};
    t.match({ status, connection: headers?.get('connection') }, { status: /200|404/, connection: 'close' });
  }
  const answer = await busy.ask(get(SMALL));
  t.equal(answer.headers.get('connection'), 'close');
  const ended = once(idle.socket, 'end');
  await app.close();
  await ended;
});
