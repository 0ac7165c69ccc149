import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';
import { startProxy } from '../../test/helper/proxy.ts';
import { startRedis } from '../../test/helper/redis.ts';
import { startService } from '../../test/helper/service.ts';
import { eventually } from '../../test/helper/wait.ts';
import type { Fault } from './faults.ts';
import { coldPicture, request, type Sample, startLoad } from './load.ts';

/** The bound on one call to Redis in these runs, in ms: the default. */
export const TIMEOUT = 100;

/** How long each part of a run takes, and what bounds one call to Redis; ms. */
export interface Durations {
  readonly timeout?: number;
  readonly healthy: number;
  readonly fault: number;
}

/** What users saw of one fault. */
export interface Figures {
  readonly requests: number;
  /** Answers other than a 200 with the right picture, and none at all. */
  readonly failed: number;
  /** Median before the fault, ms. */
  readonly healthy: number;
  /** The slowest request that still asked Redis, ms. */
  readonly asking: number;
  /** Requests that asked Redis in vain: it failed, or what it had was wrong. */
  readonly inVain: number;
  /** Median and 99th percentile of those that no longer did, ms; NaN where the breaker never opened. */
  readonly bypassing: number;
  readonly bypassingP99: number;
  /** From Redis' return until a new picture is in it, ms. */
  readonly recovery: number;
}

/** The value below which a share of samples lies; NaN for none. */
function quantile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const isBypass = ({ shared }: Sample): boolean => shared.includes('fwd=bypass');
const isInVain = ({ shared }: Sample): boolean => /detail=(?:error|invalid)/.test(shared);

/** A real service on a real Redis under load: healthy, with the fault, and after it; `t` ends all of it. */
export async function runFault(
  t: Test,
  fault: Fault,
  { timeout = TIMEOUT, healthy, fault: faulty }: Durations,
): Promise<Figures> {
  const redis = await startRedis(t);
  const proxy = await startProxy(t, redis.port);
  const site = { redis, proxy };
  await fault.prepare?.(site);
  const port = fault.proxied ? proxy.port : redis.port;
  const env = { CACHE_URL: `redis://127.0.0.1:${port}`, REDIS_TIMEOUT_MS: String(timeout) };
  const service = await startService(t, { env });
  // Not what is measured: the first picture loads its font.
  for (let time = 0; time < 20; time += 1) await request(`${service.url}/image/600x${time + 1}.png`);
  const load = startLoad(service.url);
  await wait(healthy);
  const before = load.take();
  await fault.begin(site);
  await wait(faulty);
  await fault.end(site);
  const ended = performance.now();
  const during = load.take();
  await eventually('a picture in Redis', async () => {
    const { path, key } = coldPicture();
    await request(service.url + path);
    await wait(5);
    return redis.client.exists(key);
  });
  const recovery = performance.now() - ended;
  await load.stop();
  const all = [...before, ...during, ...load.take()];
  const bypassing = during.filter(isBypass);
  return {
    requests: all.length,
    failed: all.filter(({ status, right }) => status !== 200 || !right).length,
    healthy: quantile(before, 0.5),
    asking: quantile(
      during.filter((sample) => !isBypass(sample)),
      1,
    ),
    inVain: during.filter(isInVain).length,
    bypassing: quantile(bypassing, 0.5),
    bypassingP99: quantile(bypassing, 0.99),
    recovery,
  };
}
