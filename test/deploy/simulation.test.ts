import { Agent, get } from 'node:http';
import t from 'tap';
import {
  type Costs,
  coresOf,
  instancesFor,
  type Plan,
  rateFor,
  simulate,
} from '../../bench/lib/simulation.ts';
import { zipf } from '../../bench/lib/zipf.ts';
import { startRedis } from '../helper/redis.ts';
import { seeded } from '../helper/seeded.ts';
import { startService } from '../helper/service.ts';

const PLAN: Plan = {
  rate: 1000,
  urls: 10_000,
  exponent: 1,
  places: 0,
  cdnSeconds: 86_400,
  ttlSeconds: 3600,
  instances: 3,
  memoryEntries: 1e9,
  redis: true,
};
const COSTS: Costs = { hits: 50_000, redisHits: 10_000, drawn: 400, bytes: 3000 };

t.test('what goes in comes out, and a larger cache never draws more', async (t) => {
  for (const places of [0, 10]) {
    const flow = simulate({ ...PLAN, places });
    t.ok(Math.abs(flow.fleet - flow.memory - flow.redis - flow.drawn) < 1e-6 * flow.fleet);
    t.ok(places === 0 ? Math.abs(flow.fleet - flow.rate) < 1e-6 * flow.rate : flow.fleet < flow.rate);
  }
  const ratios = [100, 1000, 5000, 20_000].map(
    (memoryEntries) => simulate({ ...PLAN, memoryEntries }).memory / PLAN.rate,
  );
  t.strictSame(
    ratios,
    ratios.toSorted((a, b) => a - b),
  );
  t.ok((ratios[0] ?? 0) > 0.2 && (ratios[0] ?? 1) < 0.6, `100 of 10,000: ${ratios[0]}`);
  const alone = simulate({ ...PLAN, redis: false });
  t.ok(alone.drawn > 2 * simulate(PLAN).drawn, 'without Redis each draws for itself');
});

t.test('instances for a rate, and the rate of instances', async (t) => {
  t.equal(instancesFor(PLAN, COSTS), 3, 'one may be lost');
  const plan = { ...PLAN, rate: 1_000_000 };
  const instances = instancesFor(plan, COSTS);
  t.ok(coresOf(simulate({ ...plan, instances }), COSTS) <= 0.6 * instances);
  t.ok(rateFor({ ...PLAN, instances }, COSTS) >= 999_000);
  t.ok(rateFor({ ...PLAN, instances: instances - 1 }, COSTS) < 1_000_001);
});

/** Requests of the run: few enough for a second or two. */
const [REQUESTS, URLS] = [1500, 400];

t.test('three real instances on a Redis do what it says', async (t) => {
  const redis = await startRedis(t);
  const env = { CACHE_URL: redis.url, CACHE_KEY_PREFIX: redis.prefix, REDIS_TIMEOUT_MS: '5000' };
  const services = [
    await startService(t, { env }),
    await startService(t, { env }),
    await startService(t, { env }),
  ];
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const ask = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      get(url, { agent }, (response) => {
        response.resume().on('end', () => resolve(String(response.headers['x-cache'])));
      }).on('error', reject);
    });
  const random = seeded(7);
  const draw = zipf(URLS, 1, random);
  const seen: Record<string, number> = { 'hit-memory': 0, 'hit-redis': 0, miss: 0 };
  for (let request = 0; request < REQUESTS; request += 1) {
    const { url } = services[Math.floor(random() * services.length)] as (typeof services)[0];
    const from = await ask(`${url}/image/${1 + draw()}x40.svg?text=`);
    seen[from] = (seen[from] ?? 0) + 1;
  }
  // One request a second for as many seconds, within the hour, from empty caches.
  const flow = simulate({ ...PLAN, rate: 1, urls: URLS, coldSeconds: REQUESTS });
  for (const [from, share] of [
    ['hit-memory', flow.memory],
    ['hit-redis', flow.redis],
    ['miss', flow.drawn],
  ] as const) {
    const measured = (seen[from] ?? 0) / REQUESTS;
    t.ok(Math.abs(measured - share) < 0.03, `${from}: ${measured.toFixed(3)}, foretold ${share.toFixed(3)}`);
  }
});
