import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { get, KeptConnection, openConnections, watchParser } from '../../helper/lane.ts';

t.test('a client that waits for a picture stays in the lane, one with an error does not', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  const parsed = watchParser(app);
  const connection = new KeptConnection(port);
  for (const result of ['miss', 'hit-memory']) {
    const { headers } = await connection.ask(get('/image/62x40'));
    t.equal(headers.get('x-cache'), result);
  }
  t.strictSame(parsed, []);
  for (const target of ['/image/0', '/image/62x40.json', '/nothing']) {
    const other = new KeptConnection(port);
    t.match((await other.ask(get(target))).headers.get('content-type'), /json/);
    t.strictSame(parsed.slice(-1), [`GET ${target}`]);
    other.close();
  }
  const together = Array.from({ length: 20 }, () => new KeptConnection(port));
  const answers = await Promise.all(together.map((one) => one.ask(get('/image/1000x1000.avif'))));
  const own = answers.filter(({ headers }) =>
    /^greybox-memory; fwd=uri-miss; stored$/.test(headers.get('cache-status') ?? ''),
  );
  t.equal(own.length, 1, 'the others waited for it, or came later');
  connection.close();
  for (const one of together) one.close();
});

t.test('a client that waits when the server closes gets its picture, and is told to go', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  const accepted = once(app.server, 'connection') as Promise<[Socket]>;
  const connection = new KeptConnection(port);
  const [server] = await accepted;
  const answer = connection.ask(get('/image/1001x1000.avif'));
  await once(server, 'pause');
  const closed = app.close();
  t.match(Object.fromEntries((await answer).headers), { 'x-cache': 'miss', connection: 'close' });
  await closed;
});

t.test('a client that leaves while waiting is forgotten', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  const accepted = once(app.server, 'connection') as Promise<[Socket]>;
  const client = connect(port, '127.0.0.1');
  const [server] = await accepted;
  client.write(get('/image/1002x1000.avif'));
  await once(server, 'pause');
  client.resetAndDestroy();
  await new Promise((resolve) => server.once('close', resolve));
  t.equal(await openConnections(app), 0);
});

t.test(
  'a connection that goes to the parser after a wait brings it all data that was sent so far',
  async (t) => {
    const app = await testApp(t, {
      CACHE_URL: `file:${t.testdir()}`,
      RENDER_CONCURRENCY: '1',
      RENDER_QUEUE: '0',
    });
    const port = await listen(app);
    const [hit, busy, refused] = [
      new KeptConnection(port),
      new KeptConnection(port),
      new KeptConnection(port),
    ];
    await hit.ask(get('/image/61x40'));
    const parsed = watchParser(app);
    const drawn = busy.ask(get('/image/2000x2000.avif'));
    // It takes the only place as soon as it was looked for in the folder.
    while ((await app.inject('/status.json')).json().tiers.file.misses < 2) await nextTurn();
    const [asked] = [refused.ask(get('/image/62x40', 'Accept: image/png')), hit.ask(get('/image/61x40'))];
    const { status, headers } = await asked;
    t.match({ status, type: headers.get('content-type') }, { status: 503, type: /^image\/svg/ });
    t.strictSame(parsed, ['GET /image/62x40']);
    t.equal((await drawn).status, 200);
    for (const connection of [hit, busy, refused]) connection.close();
  },
);
