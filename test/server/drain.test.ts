import { Agent, get } from 'node:http';
import t, { type Test } from 'tap';
import { outcomesOfStop } from '../helper/reconnect.ts';
import { type Env, type Service, startService } from '../helper/service.ts';

const count = ({ lines }: Service, pattern: RegExp): number =>
  lines.filter((line) => pattern.test(line)).length;

async function readiness({ url }: Service): Promise<[status: number, body: unknown]> {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.json()];
}

/** Requests over connections that are kept alive: a client's pool holds up no exit. */
function pool(t: Test, { port }: Service): (path: string) => Promise<[status: number, connection: string]> {
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  return (path) =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', path, agent }, (response) => {
        response.resume();
        response.on('end', () => resolve([response.statusCode ?? 0, response.headers.connection ?? '']));
      }).on('error', reject);
    });
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  t.test(`${signal}: unready, then every request in flight, then exit 0`, async (t) => {
    const service = await startService(t, { env: { RENDER_CONCURRENCY: '1' } });
    const ask = pool(t, service);
    await ask('/image/60x40');
    // One drawing at a time: when the first is done, the others are in flight.
    const inFlight = Array.from({ length: 6 }, (_, i) => ask(`/image/1400x${1400 - i}.webp`));
    await Promise.race(inFlight);
    const exit = service.stop(signal);
    await service.logged(/draining/);
    t.same(await readiness(service), [503, { status: 'draining', tiers: { memory: 'up' } }]);
    t.match(await ask('/image/60x40'), [200, 'close'], 'late requests are served and told to go elsewhere');
    const answers = await Promise.all(inFlight);
    t.same(new Set(answers.map(([status]) => status)), new Set([200]), 'none is dropped');
    t.equal(await exit, 0);
    await t.rejects(fetch(service.url), 'nothing listens any more');
    t.equal(count(service, /draining/), 1);
  });
}

t.test('an idle connection does not hold up the exit', async (t) => {
  const service = await startService(t);
  const ask = pool(t, service);
  t.match(await ask('/image/60x40'), [200, 'keep-alive']);
  t.equal(await service.stop(), 0);
});

t.test('a second signal ends the process at once', async (t) => {
  const service = await startService(t, { env: { DRAIN_SECONDS: '3600' } });
  process.kill(service.pid, 'SIGTERM');
  await service.logged(/draining/);
  t.equal(await service.stop('SIGHUP'), 1);
});

t.test('DRAIN_SECONDS: it goes on accepting and answering for so long', async (t) => {
  const service = await startService(t, { env: { DRAIN_SECONDS: '2' } });
  const began = performance.now();
  const exit = service.stop();
  await service.logged(/draining/);
  // Each over a connection of its own, the last ones just before the end.
  while (performance.now() - began < 1900) {
    const response = await fetch(`${service.url}/image/60x40`);
    if (response.status !== 200 || response.headers.get('connection') !== 'close') t.fail('a late request');
    if ((await readiness(service))[0] !== 503) t.fail('it seems ready');
  }
  t.equal(await exit, 0);
  t.ok(performance.now() - began >= 2000, 'not sooner');
});

t.test('DRAIN_SECONDS=0: it stops at once, with an answer for what has come in', async (t) => {
  const service = await startService(t, { env: { DRAIN_SECONDS: '0' } });
  const ask = pool(t, service);
  await ask('/image/60x40');
  const slow = ask('/image/1800x1800.webp?pattern=dots');
  await ask('/image/60x40');
  const exit = service.stop();
  t.match(await slow, [200]);
  t.equal(await exit, 0);
});

for (const env of [{}, { FAST_LANE: 'off' }, { WORKERS: '2' }] as readonly Env[]) {
  t.test(`clients that connect anew lose no request: ${JSON.stringify(env)}`, async (t) => {
    const service = await startService(t, { env: { DRAIN_SECONDS: '0.3', ...env } });
    t.strictSame(await outcomesOfStop(service), [0, '200 true', 'ECONNREFUSED']);
  });
}
