import t from 'tap';
import { freePort } from '../helper/ports.ts';
import { startRedis } from '../helper/redis.ts';
import { type Service, startService } from '../helper/service.ts';
import { eventually } from '../helper/wait.ts';

/** One picture: its status, the tier that answered, its bytes. */
async function image(
  { url }: Service,
  size: string,
): Promise<{ status: number; tier: string | null; body: Buffer }> {
  const response = await fetch(`${url}/image/${size}`);
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, tier: response.headers.get('x-cache'), body };
}

async function readiness({ url }: Service): Promise<[status: number, body: unknown]> {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.json()];
}

const count = ({ lines }: Service, pattern: RegExp): number =>
  lines.filter((line) => pattern.test(line)).length;

const DOWN = /redis is down/;
const BACK = /redis is back/;
const DEGRADED = { status: 'degraded', tiers: { memory: 'up', redis: 'down' } };
const READY = { status: 'ready', tiers: { memory: 'up', redis: 'up' } };

t.test('two processes share a Redis, and lose it, and get it back', async (t) => {
  const redis = await startRedis(t);
  const env = { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '5000' };
  const [a, b] = await Promise.all([startService(t, { env }), startService(t, { env })]);
  t.same(await readiness(a), [200, READY]);

  const made = await image(a, '600x400');
  t.same([made.status, made.tier], [200, 'miss']);
  const stored = await eventually('600.400.png', () => redis.client.getBuffer('600.400.png'));
  t.same(stored, made.body, 'the value is the picture and nothing else');
  const ttl = await redis.client.ttl('600.400.png');
  t.ok(ttl > 3590 && ttl <= 3600, `it expires within the hour: ${ttl}`);
  const read = await image(b, '600x400');
  t.same([read.status, read.tier], [200, 'hit-redis']);
  t.same(read.body, made.body);
  t.equal((await image(b, '600x400')).tier, 'hit-memory');

  await redis.stop();
  for (const service of [a, b]) {
    for (let i = 1; i <= 10; i++) {
      const { status, tier } = await image(service, `${i}x7`);
      t.same([status, tier], [200, 'miss']);
    }
    t.equal((await image(service, '600x400')).tier, 'hit-memory');
    await service.logged(DOWN);
    t.same(await readiness(service), [200, DEGRADED]);
  }

  await redis.restart();
  for (const service of [a, b]) {
    await service.logged(BACK);
    t.same(await readiness(service), [200, READY]);
    t.same([count(service, DOWN), count(service, BACK)], [1, 1], 'each change is logged once');
    t.same(await service.stop(), 0);
  }
});

t.test('a Redis that hangs holds nothing up', async (t) => {
  const redis = await startRedis(t);
  const service = await startService(t, { env: { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '50' } });
  redis.pause();
  const began = performance.now();
  for (let i = 1; i <= 20; i++) t.equal((await image(service, `${i}x8`)).status, 200);
  t.ok(performance.now() - began < 5000, 'twenty pictures, of which few waited');
  await service.logged(DOWN);
  redis.resume();
  await service.logged(BACK);
  t.same(await readiness(service), [200, READY]);
});

t.test('starts and serves without its Redis, and says so once', async (t) => {
  const url = `redis://:secret@127.0.0.1:${await freePort()}`;
  const service = await startService(t, { env: { REDIS_URL: url } });
  for (let i = 1; i <= 5; i++) t.equal((await image(service, `${i}x9`)).status, 200);
  t.equal((await image(service, '1x9')).tier, 'hit-memory');
  t.same(await readiness(service), [200, DEGRADED]);
  t.equal(await service.stop(), 0);
  t.equal(count(service, DOWN), 1);
  t.equal(count(service, BACK), 0);
  t.equal(count(service, /secret/), 0, 'no password in the log');
});

t.test('takes up a Redis that comes later', async (t) => {
  const redis = await startRedis(t);
  await redis.stop();
  const service = await startService(t, { env: { REDIS_URL: redis.url } });
  await redis.restart();
  await service.logged(BACK);
  t.same(await readiness(service), [200, READY]);
  // What is made when purges are heard again is not kept: its key may have been purged meanwhile.
  let width = 0;
  const isKept = await eventually('a picture that is kept', async () => {
    width += 1;
    await image(service, `${width}x5`);
    return (await redis.client.dbsize()) > 0;
  });
  t.ok(isKept, 'it is written to again');
  t.same([count(service, DOWN), count(service, BACK)], [1, 1]);
});
