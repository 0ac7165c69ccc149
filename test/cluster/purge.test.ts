import t, { type Test } from 'tap';
import { pauseProcess } from '../helper/process.ts';
import type { Env } from '../helper/service.ts';
import { eventually } from '../helper/wait.ts';
import { type Ask, connection, startWorkers } from '../helper/workers.ts';

const TOKEN = 's3cret-Token';

/** Two workers that may be purged, and a connection to each. */
async function start(t: Test, env: Env = {}) {
  const service = await startWorkers(t, { ADMIN_TOKEN: TOKEN, ...env });
  const pids = await service.pair(2);
  const [a, b] = [await service.connect(pids[0]), await service.connect(pids[1])];
  return { service, pids, a, b };
}

/** Purges, over a connection to a worker. */
async function purge(ask: Ask, path: string) {
  const { status, headers, body } = await ask(`/cache${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return { status, headers, ...(JSON.parse(body) as { purged?: number; detail?: string }) };
}

const tier = async (ask: Ask, picture: string) => (await ask(`/image/${picture}`)).headers['x-cache'];

/** Waits until the shared tier has all that was drawn: nobody waits for a write, so it could come after a purge. */
async function written(ask: Ask, name: string): Promise<void> {
  await eventually('the writes', async () => {
    const { tiers } = JSON.parse((await ask('/status.json')).body);
    return name === 'none' || tiers[name].writes === tiers[name].misses;
  });
}

/** A purge empties both memories, and counts each key once. */
async function purgesAll(t: Test, { a, b }: Awaited<ReturnType<typeof start>>, name: string): Promise<void> {
  for (const ask of [a, b]) for (const picture of ['6x4', '6x5']) await ask(`/image/${picture}`);
  for (const picture of ['7x4', '7x5']) await a(`/image/${picture}`);
  for (const ask of [a, b]) t.equal(await tier(ask, '6x4'), 'hit-memory');
  await written(a, name);
  t.match(await purge(a, '/6.4.png'), { status: 200, purged: 1 });
  t.equal(await tier(b, '6x4'), 'miss', 'at once');
  t.equal(await tier(b, '6x5'), 'hit-memory', 'others stay');
  t.match(await purge(b, '/7.4.png'), { status: 200, purged: 1 }, 'that only the other worker has');
  t.equal(await tier(a, '7x4'), 'miss');
  await written(a, name);
  t.match(await purge(a, '/1.1.png'), { status: 200, purged: 0 });
  t.match(await purge(b, '?match=*'), { status: 200, purged: 4 }, 'each key counts once');
  for (const picture of ['6x4', '6x5', '7x4', '7x5']) {
    t.equal(await tier(b, picture), 'miss', picture);
    t.not(await tier(a, picture), 'hit-memory', picture);
  }
}

t.test('one purge empties every memory, at once and whatever the shared tier', async (t) => {
  const env = { CACHE_URL: `file:${t.testdir()}`, REDIS_TIMEOUT_MS: '5000' };
  await purgesAll(t, await start(t, env), 'file');
});

t.test('and without one', async (t) => {
  const workers = await start(t, { RENDER_CONCURRENCY: '1' });
  const { service, pids, a, b } = workers;
  await purgesAll(t, workers, 'none');

  await t.test('what another worker draws meanwhile is not kept', async (t) => {
    const pictures = Array.from({ length: 8 }, (_, i) => `${1400 - i}x1400.avif`);
    const drawn = await Promise.all(
      pictures.map(async (picture) => {
        const ask = await service.connect(pids[1]);
        return { answer: ask(`/image/${picture}`) };
      }),
    );
    const answers = drawn.map(({ answer }) => answer);
    let done = 0;
    for (const answer of answers) void answer.then(() => (done += 1));
    for (const picture of pictures) await service.logged(new RegExp(`"url":"/image/${picture}"`));
    t.match(await purge(a, '?match=*'), { status: 200 });
    t.ok(done < 8, 'some are not drawn yet');
    for (const { status, headers } of await Promise.all(answers))
      t.match([status, headers['x-cache']], [200, 'miss'], 'who asked before is served');
    t.equal(await tier(b, pictures.at(-1) ?? ''), 'miss');
  });

  await t.test('a purge that a worker has not confirmed is none', async (t) => {
    for (const ask of [a, b]) await ask('/image/6x4');
    pauseProcess(pids[0]);
    const refused = await purge(b, '/6.4.png');
    t.match(refused, { status: 503, headers: { 'retry-after': /\d/ }, detail: /worker.*try again/ });
    t.equal(await tier(b, '6x4'), 'miss');
    process.kill(pids[0], 'SIGCONT');
    t.match(await purge(b, '/6.4.png'), { status: 200, purged: 1 });
    t.equal(await tier(a, '6x4'), 'miss');
  });

  await t.test('a worker that ends during a purge has no memory any more', async (t) => {
    for (const ask of [a, b]) await ask('/image/6x4');
    pauseProcess(pids[0]);
    const purged = purge(b, '?match=6.4*');
    await service.logged(/"url":"\/cache\?match=6\.4\*"/);
    process.kill(pids[0], 'SIGKILL');
    t.match(await purged, { status: 200, purged: 1 });
  });
});

t.test('and what answers ahead of the router', async (t) => {
  const service = await startWorkers(t, { ADMIN_TOKEN: TOKEN, LOG_REQUESTS: 'false' });
  // Whoever has to draw it had no memory of it: two such connections are of two workers.
  const asks: Ask[] = [];
  await eventually('both workers', async () => {
    const ask = connection(t, service.port);
    if ((await tier(ask, '6x4')) === 'miss') asks.push(ask);
    return asks.length === 2;
  });
  for (const ask of asks) for (let i = 0; i < 3; i++) t.equal(await tier(ask, '6x4'), 'hit-memory');
  t.match(await purge(asks[0] as Ask, '/6.4.png'), { status: 200, purged: 1 });
  for (const ask of asks) t.equal(await tier(ask, '6x4'), 'miss');
});
