import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { listen, problemOf, testApp } from '../helper/app.ts';
import { eventually } from '../helper/wait.ts';

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
const dear = (i: number): string =>
  `/image/${600 - (i % 100)}x${400 + Math.floor(i / 100)}@2x.jpg?bg=red,blue&pattern=dots&radius=20`;

/** How long the server says that it has drawn an answer for, in ms. */
const renderTime = (timing: string | null): number => Number(/render;dur=([\d.]+)/.exec(timing ?? '')?.[1]);

/** How many pictures are asked for with each that is delivered, and how many refusals are enough to see. */
const TIMES = 3;
const REFUSALS = 40;

t.test('at three times what it can draw, it goes on drawing what it can', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1' });
  const origin = `http://127.0.0.1:${await listen(app)}`;
  let asked = 0;
  const ask = async () => {
    const start = performance.now();
    const { status, headers, body } = await fetch(origin + dear(asked++));
    await body?.pipeTo(new WritableStream());
    return { status, headers, ms: performance.now() - start };
  };
  // The first starts the thread.
  await ask();
  const drawn: Awaited<ReturnType<typeof ask>>[] = [];
  const refused: typeof drawn = [];
  // However fast the machine is, three come while one is drawn.
  const askFor = (count: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const answer = await ask();
        if (answer.status === 200) drawn.push(answer);
        else refused.push(answer);
        if (answer.status === 200 && refused.length < REFUSALS) await askFor(TIMES);
      }),
    );
  const began = performance.now();
  await askFor(TIMES);
  const elapsed = performance.now() - began;
  t.equal(drawn.length + refused.length, asked - 1);
  const drawing = drawn.reduce((sum, { headers }) => sum + renderTime(headers.get('server-timing')), 0);
  t.ok(
    drawing > 0.8 * elapsed,
    `it drew what was delivered for ${Math.round(drawing)} of ${Math.round(elapsed)} ms`,
  );
  t.ok(
    refused.every(({ status, headers }) => status === 503 && Number(headers.get('retry-after')) > 0),
    'each of the others is told when to come back',
  );
  const times = refused.map(({ ms }) => ms).sort((a, b) => a - b);
  const typical = times[times.length >> 1] as number;
  t.ok(typical < 500, `refused within ${Math.round(typical)} ms`);
});

/** Pictures that were drawn. */
async function countRenders(app: Awaited<ReturnType<typeof testApp>>): Promise<number> {
  const { body } = await app.inject('/metrics');
  return [...body.matchAll(/^greybox_renders_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

const request = (target: string, method = 'GET'): string => `${method} ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** A connection that has had an answer: a hit, so that it stays in the lane where there is one. */
async function openConnection(port: number): Promise<Socket> {
  const client = connect(port, '127.0.0.1');
  client.write(request(dear(0), 'HEAD'));
  await once(client, 'data');
  return client;
}

async function drawForTheGone(t: Test, env: Record<string, string>): Promise<void> {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1', ...env });
  const port = await listen(app);
  await app.inject(dear(0));
  // Connections that are open already bring their requests at once, long before the first picture is drawn.
  const clients = await Promise.all(Array.from({ length: 12 }, () => openConnection(port)));
  for (const [i, client] of clients.entries()) client.write(request(dear(i + 1)));
  const depth = async (): Promise<number> => (await app.inject('/status.json')).json().queue.depth;
  let waiting = 0;
  await eventually('each is drawn, being drawn or waits', async () => {
    waiting = await depth();
    return waiting + (await countRenders(app)) >= 12;
  });
  for (const client of clients.slice(0, 10)) client.destroy();
  const stayed = clients.slice(10);
  const answers = await Promise.all(stayed.map((client) => once(client, 'data')));
  for (const [bytes] of answers) t.match(String(bytes).slice(0, 15), 'HTTP/1.1 200 OK');
  for (const client of stayed) client.destroy();
  const drawn = await countRenders(app);
  const begun = 13 - waiting;
  t.ok(drawn <= begun + 3, `${drawn} were drawn: ${begun} had begun, two for those who stayed, one in doubt`);
}

t.test('pictures that nobody waits for any more are not drawn', async (t) => {
  await t.test('by the routes', (t) => drawForTheGone(t, { FAST_LANE: 'off' }));
  await t.test('by the lane', (t) => drawForTheGone(t, {}));
});

/** Asks for a picture over a connection of its own, whose own half it ends at once. @returns the status line */
async function askAndEnd(port: number, target: string): Promise<string> {
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.end(request(target));
  const [bytes] = await Promise.race([once(client, 'data'), once(client, 'end')]);
  client.destroy();
  return String(bytes).split('\r\n', 1)[0] as string;
}

t.test('a client that ends its half of a connection still gets a cheap picture later', async (t) => {
  for (const env of [{}, { FAST_LANE: 'off' }]) {
    const app = await testApp(t, { RENDER_CONCURRENCY: '1', ...env });
    const port = await listen(app);
    await app.inject(dear(0));
    const drawing = app.inject(dear(1));
    const all = Array.from({ length: 6 }, (_, i) => askAndEnd(port, `/image/300x${200 + i}`));
    t.same(new Set(await Promise.all(all)), new Set(['HTTP/1.1 200 OK']), JSON.stringify(env));
    await drawing;
  }
});

t.test('a cheap picture does not wait for expensive ones', async (t) => {
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
