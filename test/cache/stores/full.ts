import { setTimeout } from 'node:timers/promises';
import { MemoryStore } from '../../../src/cache/memory-store.ts';
import { SharedTier } from '../../../src/cache/shared-tier.ts';
import { openStore } from '../../../src/cache/stores/open-store.ts';
import { TieredCache } from '../../../src/cache/tiered-cache.ts';

/** Fills a store, purges, and prints what came of it. Run by full.test.ts. */

const [url = '', bytes = ''] = process.argv.slice(2);

const now = (): number => performance.now();

async function connect() {
  const writing: string[] = [];
  const shared = new SharedTier(openStore(url, 5000), {
    onWriting: (state, error) => void writing.push(`${state} ${error?.message ?? ''}`),
  });
  const cache = new TieredCache(new MemoryStore(2 ** 26, now), shared, 60_000, now);
  await shared.connect();
  return { cache, shared, writing };
}

const origin = { accepts: () => true, maxBytes: 1e9, make: async () => Buffer.alloc(Number(bytes), 'a') };

const [one, other] = [await connect(), await connect()];
let [made, stored] = [0, true];
while (stored && made < 100_000) {
  made += 1;
  stored = (await one.cache.get(`1.${made}.png`, origin)).shared?.stored ?? false;
  // One write after the other.
  while (one.shared.stats.sets + one.shared.stats.writeErrors < made && stored) await setTimeout(1);
}
await other.cache.get('1.1.png', origin);
const heldBefore = other.cache.memory.size;
const one1 = await one.cache.purge('1.1.png').catch((error: Error) => `${error.message}: ${error.cause}`);
const all = await one.cache.purgeMatching('*').catch((error: Error) => `${error.message}: ${error.cause}`);
const until = now() + 5000;
while (other.cache.memory.size > 0 && now() < until) await setTimeout(10);
let again = false;
for (let time = 0; time < 100 && !again; time += 1) {
  again = (await one.cache.get(`2.${time}.png`, origin)).shared?.stored ?? false;
  await setTimeout(50);
}
const outcome = {
  made,
  refused: one.writing[0],
  heldBefore,
  one: one1,
  all,
  heldAfter: other.cache.memory.size,
  again,
};
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await Promise.all([one, other].map(({ shared }) => shared.close()));
