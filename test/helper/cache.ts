import type { Test } from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { SharedTier } from '../../src/cache/shared-tier.ts';
import { openStore } from '../../src/cache/stores/open-store.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { eventually } from './wait.ts';

export interface CacheSettings {
  /** ms */
  readonly ttl?: number;
  /** Bound on one call to the shared tier, in ms; long by default, for a healthy one on a busy machine. */
  readonly timeout?: number;
  readonly now?: () => number;
  /** Budget of the first tier, in bytes. */
  readonly budget?: number;
  readonly prefix?: string;
  readonly owns?: (key: string) => boolean;
}

/** A cache as the app builds it, and what its breaker told. */
export interface TestCache {
  readonly cache: TieredCache;
  readonly shared: SharedTier;
  /** Every change of the breaker, in order. */
  readonly changes: string[];
  /** Every change between accepted and refused writes. */
  readonly writing: string[];
  /** Waits until the breaker has told so many changes. */
  changed(times: number): Promise<void>;
}

/** Connects a cache to a shared tier; `t` closes it. */
export async function connectCache(t: Test, url: string, settings: CacheSettings = {}): Promise<TestCache> {
  const { ttl = 60_000, timeout = 5000, now = () => performance.now(), budget = 2 ** 20, ...tier } = settings;
  const [changes, writing]: [string[], string[]] = [[], []];
  const shared = new SharedTier(openStore(url, timeout), {
    ...tier,
    onWriting: (state, error) => void writing.push(error ? `${state}: ${error.message}` : state),
    onChange: (state) => void changes.push(state),
  });
  t.teardown(() => shared.close());
  const cache = new TieredCache(new MemoryStore(budget, now), shared, ttl, now);
  await shared.connect();
  return {
    cache,
    shared,
    changes,
    writing,
    changed: async (times) => {
      await eventually(`${times} changes`, () => changes.length >= times);
    },
  };
}

/** What bytes in these tests begin with: others are not accepted. */
const SIGNATURE = 'IMG';

/** Bytes that the origin accepts. */
export const image = (text: string): Buffer => Buffer.from(`${SIGNATURE}${text}`);

/** An origin that counts what it makes. */
export function countingOrigin(make: (made: number) => Promise<Buffer> | Buffer = () => image('made')) {
  const origin = {
    made: 0,
    accepts: (body: Buffer): boolean => body.subarray(0, SIGNATURE.length).toString() === SIGNATURE,
    async make(): Promise<Buffer> {
      origin.made += 1;
      return make(origin.made);
    },
  };
  return origin;
}
