import t, { type Test } from 'tap';
import { pauseProcess } from '../helper/process.ts';
import { eventually } from '../helper/wait.ts';
import { type Ask, startWorkers } from '../helper/workers.ts';

/** Every sample of the metrics, under its name and labels. */
async function scrape(ask: Ask): Promise<Readonly<Record<string, number>>> {
  const { status, body } = await ask('/metrics');
  if (status !== 200) throw new Error(body);
  const samples = [...body.matchAll(/^(\w[^ ]*) (\S+)$/gm)];
  return Object.fromEntries(samples.map(([, name, value]) => [name, Number(value)]));
}

const status = async (ask: Ask) => JSON.parse((await ask('/status.json')).body);

/** Two workers, each with a connection and with some pictures of its own. */
async function busy(t: Test, env: Readonly<Record<string, string>> = {}) {
  const service = await startWorkers(t, { MEMORY_CACHE_MB: '2', ...env });
  const pids = await service.pair(2);
  const [a, b] = [await service.connect(pids[0]), await service.connect(pids[1])];
  for (const ask of [a, b, b]) t.equal((await ask('/image/60x40')).status, 200);
  await b('/image/61x40.svg');
  await a('/image/0');
  return { service, pids, a, b };
}

const SEEN = {
  'greybox_requests_total{route="/image",status="200"}': 4,
  'greybox_requests_total{route="/image",status="400"}': 1,
  'greybox_cache_lookups_total{tier="memory",result="hit"}': 1,
  'greybox_cache_lookups_total{tier="memory",result="miss"}': 3,
  'greybox_cache_entries{tier="memory"}': 3,
  'greybox_renders_total{format="png"}': 2,
  'greybox_renders_total{format="svg"}': 1,
  'greybox_render_duration_seconds_count{format="png"}': 2,
  'greybox_render_duration_seconds_bucket{le="+Inf",format="png"}': 2,
  greybox_breaker_state: 0,
};

t.test('metrics and status are of all workers', async (t) => {
  const { pids, a, b } = await busy(t);
  for (const ask of [a, b]) t.match(await scrape(ask), SEEN);
  for (const ask of [a, b]) {
    t.match(await status(ask), {
      workers: 2,
      tiers: {
        memory: { entries: 3, budget: 2 * 2 ** 21, hits: 1, misses: 3, ratio: 0.25, evictions: 0 },
      },
      renders: { total: 3, byFormat: { png: 2, svg: 1 } },
      queue: { depth: 0 },
      breaker: null,
    });
  }
  const numbers = await scrape(a);
  // One connection each, and those of `connect` that met the other worker.
  t.ok((numbers['greybox_connections'] ?? 0) >= 2, `${numbers['greybox_connections']} connections`);
  t.ok(
    (numbers['process_resident_memory_bytes'] ?? 0) > 2 * 40 * 2 ** 20,
    'two processes take more than one can',
  );
  const [before, after] = [await status(a), await status(b)];
  t.equal(after.requests.total, before.requests.total + 1, 'the status page before is counted too');
  t.equal(JSON.parse((await a('/readyz')).body).status, 'ready');

  pauseProcess(pids[0]);
  const began = performance.now();
  t.match(await scrape(b), SEEN, 'a worker that hangs holds up no page, and its counts stay');
  t.match(await status(b), { workers: 2 });
  t.ok(performance.now() - began < 4000, 'half a second each, and the time that a busy machine takes');
  process.kill(pids[0], 'SIGCONT');
});

t.test('the counts of a worker that died stay', async (t) => {
  const { service, pids, b } = await busy(t);
  t.match(await scrape(b), SEEN);
  const { uptime } = await status(b);
  process.kill(pids[0], 'SIGKILL');
  const [, young] = await service.pair(3);
  const c = await service.connect(young);
  const after = await eventually('both', async () => {
    const now = await status(c);
    return now.workers === 2 && now;
  });
  t.match(await scrape(b), { ...SEEN, 'greybox_cache_entries{tier="memory"}': 2 });
  t.match(await scrape(c), { ...SEEN, 'greybox_cache_entries{tier="memory"}': 2 });
  t.ok(after.uptime >= uptime);
  process.kill(pids[1], 'SIGTERM');
  await service.pair(4);
  t.match(
    await scrape(c),
    { ...SEEN, 'greybox_cache_entries{tier="memory"}': 0 },
    'of one that ended in order, too',
  );
});

t.test('a client has one budget at all workers', async (t) => {
  const service = await startWorkers(t, { RATE_LIMIT: '2' });
  const pids = await service.pair(2);
  const [a, b] = [await service.connect(pids[0]), await service.connect(pids[1])];
  t.equal((await a('/image/1x1')).status, 200);
  t.equal((await b('/image/1x1')).status, 200, 'drawn again, by another worker');
  for (const ask of [a, b]) {
    const refused = await ask('/image/2x1');
    t.match(refused, { status: 429, headers: { 'retry-after': /^[12]?\d$|^30$/ } });
    t.equal((await ask('/image/1x1')).status, 200, 'hits are not limited');
  }
});
