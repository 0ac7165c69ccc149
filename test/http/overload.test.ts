import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { listen, problemOf, testApp } from '../helper/app.ts';

t.test('beyond the queue: 503 at once, while hits go on', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1', RENDER_QUEUE: '1' });
  await app.inject('/image/60x40');
  const ended: string[] = [];
  const ask = async (url: string) => {
    const response = await app.inject(url);
    ended.push(url);
    return response;
  };
  const [drawn, queued, refused, hit, same] = await Promise.all([
    ask('/image/2000x2000.webp'),
    ask('/image/2000x1999.webp'),
    ask('/image/2000x1998.webp'),
    ask('/image/60x40'),
    ask('/image/2000x2000.webp?v=1'),
  ]);
  t.same([drawn.statusCode, queued.statusCode], [200, 200]);
  t.equal(refused.statusCode, 503);
  t.equal(refused.headers['retry-after'], '1');
  t.match(problemOf(t, refused, '/image/2000x1998.webp'), {
    code: 'overloaded',
    detail: /\b1 pictures? .*try again/,
  });
  t.same([hit.statusCode, hit.headers['x-cache']], [200, 'hit-memory']);
  t.same(
    [same.statusCode, same.headers.etag],
    [200, drawn.headers.etag],
    'a waiter takes no place in the queue',
  );
  t.same(new Set(ended.slice(0, 2)), new Set(['/image/2000x1998.webp', '/image/60x40']), 'neither waited');

  const again = await app.inject('/image/2000x1998.webp');
  t.equal(again.statusCode, 200, 'a refusal is not remembered');
});

/** A picture that takes a while: another for each number. */
const dear = (i: number): string => `/image/${600 - i}x400@2x.jpg?bg=red,blue&pattern=dots&radius=20`;

/** How long the server says that it has drawn an answer for, in ms. */
const renderTime = (timing: string | null): number => Number(/render;dur=([\d.]+)/.exec(timing ?? '')?.[1]);

t.test('at three times what it can draw, it goes on drawing what it can', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1' });
  const origin = `http://127.0.0.1:${await listen(app)}`;
  const ask = async (path: string) => {
    const asked = performance.now();
    const response = await fetch(origin + path);
    await response.arrayBuffer();
    return { status: response.status, headers: response.headers, ms: performance.now() - asked };
  };
  // The first starts the thread; the second tells how long one takes.
  await ask(dear(0));
  const { ms } = await ask(dear(1));
  const began = performance.now();
  const requests = Array.from({ length: Math.ceil(24_000 / ms) }, async (_, i) => {
    await after((i * ms) / 3);
    return ask(dear(i + 2));
  });
  const all = await Promise.all(requests);
  const elapsed = performance.now() - began;
  const drawn = all.filter(({ status }) => status === 200);
  const refused = all.filter(({ status }) => status === 503);
  t.equal(drawn.length + refused.length, all.length);
  const drawing = drawn.reduce((sum, { headers }) => sum + renderTime(headers.get('server-timing')), 0);
  t.ok(
    drawing > 0.8 * elapsed,
    `drew what was delivered ${Math.round(drawing)} of ${Math.round(elapsed)} ms`,
  );
  t.ok(refused.length > 0);
  t.ok(
    refused.every(({ headers }) => Number(headers.get('retry-after')) > 0),
    'each is told when to come back',
  );
  const slowest = Math.max(...refused.map((one) => one.ms));
  t.ok(slowest < 1000, `refused within ${slowest} ms`);
});

/** Pictures that were drawn. */
async function countRenders(app: Awaited<ReturnType<typeof testApp>>): Promise<number> {
  const { body } = await app.inject('/metrics');
  return [...body.matchAll(/^greybox_renders_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

async function drawForTheGone(t: Test, env: Record<string, string>): Promise<void> {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1', ...env });
  const port = await listen(app);
  await app.inject(dear(0));
  const clients = Array.from({ length: 12 }, (_, i) => {
    const client = connect(port, '127.0.0.1');
    client.write(`GET ${dear(i + 1)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    return client;
  });
  const depth = async (): Promise<number> => (await app.inject('/status.json')).json().queue.depth;
  while ((await depth()) < 11) await after(1);
  for (const client of clients.slice(0, 10)) client.destroy();
  const stayed = clients.slice(10);
  const answers = await Promise.all(stayed.map((client) => once(client, 'data')));
  for (const [bytes] of answers) t.match(String(bytes).slice(0, 15), 'HTTP/1.1 200 OK');
  for (const client of stayed) client.destroy();
  const drawn = await countRenders(app);
  t.ok(
    drawn <= 5,
    `${drawn} were drawn: one before, one that had begun, two for those who stayed, one in doubt`,
  );
}

t.test('what nobody waits for any more is not drawn', async (t) => {
  await t.test('by the routes', (t) => drawForTheGone(t, { FAST_LANE: 'off' }));
  await t.test('by the lane', (t) => drawForTheGone(t, {}));
});

t.test('a cheap picture does not wait for dear ones', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1' });
  await app.inject(dear(0));
  const ended: string[] = [];
  const ask = async (path: string): Promise<number> => {
    const { statusCode } = await app.inject(path);
    ended.push(path);
    return statusCode;
  };
  const all = [
    ...Array.from({ length: 5 }, (_, i) => ask(dear(i + 1))),
    ask('/image/300x200'),
    ask('/image/120x80.svg'),
  ];
  t.same(new Set(await Promise.all(all)), new Set([200]));
  t.same(new Set(ended.slice(0, 2)), new Set(['/image/300x200', '/image/120x80.svg']));
});
