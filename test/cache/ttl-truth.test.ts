import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { MemoryStore } from '../../src/cache/memory-store.ts';
import { SharedTier } from '../../src/cache/shared-tier.ts';
import { ServerClock } from '../../src/cache/stores/redis/server-clock.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { fakeClock } from '../helper/clock.ts';
import { ClockedServer } from '../helper/clocked-store.ts';
import { seeded } from '../helper/seeded.ts';

const HOUR = 3_600_000;
const KEYS = ['1.1.png', '1.2.png', '2.1.png', '2.2.png'];
const PROCESSES = 3;
const RUNS = 150;
const STEPS = 120;

/** A process: its memory is small, so that entries are evicted and promoted again. */
function startProcess(server: ClockedServer, clock: ReturnType<typeof fakeClock>): TieredCache {
  const shared = new SharedTier(server.connect(), { timer: clock.timer, random: () => 0.5 });
  return new TieredCache(new MemoryStore(1600, clock.now), shared, HOUR, clock.now, clock.timer);
}

/** What may happen between two requests. */
interface World {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly server: ClockedServer;
  readonly caches: TieredCache[];
  readonly random: () => number;
}

const pick = <T>(random: () => number, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;

const EVENTS: Readonly<Record<string, (world: World) => unknown>> = {
  'time passes': ({ clock, random }) => clock.advance(Math.floor(random() * HOUR * 0.6)),
  'a little time passes': ({ clock, random }) => clock.advance(Math.floor(random() * 1000)),
  'just the hour passes': ({ clock }) => clock.advance(HOUR - 1),
  'a process restarts': ({ caches, server, clock, random }) => {
    caches[Math.floor(random() * PROCESSES)] = startProcess(server, clock);
  },
  'the server hangs': ({ server }) => {
    server.hangs = true;
  },
  'the server wakes': ({ server }) => server.wake(),
  'a key is purged': ({ caches, random }) =>
    pick(random, caches)
      .purge(pick(random, KEYS))
      .catch(() => {}),
  'all are purged': ({ caches, random }) =>
    pick(random, caches)
      .purgeMatching('*')
      .catch(() => {}),
};

/** One life of a server and its processes. @returns faults, each served age over an hour; and what was seen on the way */
async function live(seed: number): Promise<{ faults: string[]; tiers: Set<string> }> {
  const random = seeded(seed);
  const clock = fakeClock(Math.floor(random() * 1e9));
  const server = new ClockedServer(clock.now);
  const caches = Array.from({ length: PROCESSES }, () => startProcess(server, clock));
  const world = { clock, server, caches, random };
  const [faults, tiers] = [[] as string[], new Set<string>()];
  const origin = {
    accepts: () => true,
    make: async () => {
      // Drawing takes time; its hour begins when it is drawn.
      clock.advance(Math.floor(random() * 50));
      const body = Buffer.alloc(500);
      body.writeDoubleBE(clock.now());
      return body;
    },
  };
  const trace: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    if (random() < 0.4) {
      const name = pick(random, Object.keys(EVENTS));
      trace.push(name);
      await EVENTS[name]?.(world);
      await turn();
      continue;
    }
    const found = await pick(random, caches).get(pick(random, KEYS), origin);
    const age = clock.now() - found.entry.body.readDoubleBE();
    tiers.add(found.from ?? 'made');
    trace.push(`${found.from ?? 'made'} ${Math.round(age)}`);
    if (age > HOUR) faults.push(`seed ${seed}, ${found.from} at ${age} ms: ${trace.slice(-12).join('; ')}`);
    if (found.entry.expiresAt - clock.now() > HOUR) faults.push(`seed ${seed}: more than its hour left`);
  }
  return { faults, tiers };
}

t.test('nothing is served more than an hour after it was made', async (t) => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const { faults, tiers } = await live(seed);
    for (const tier of tiers) seen.add(tier);
    if (faults[0] !== undefined) return void t.fail(faults[0]);
  }
  t.strictSame([...seen].sort(), ['made', 'memory', 'shared'], 'and every tier served');
});

t.test("the server's clock, whatever it shows", async (t) => {
  const random = seeded(3);
  for (let run = 0; run < 200; run += 1) {
    const clock = fakeClock();
    // The server's clock is years off, and one way of an answer takes up to 100 ms.
    const skew = (random() - 0.5) * 1e12;
    const serverTime = (): number => clock.now() + skew;
    const server = new ServerClock(async () => {
      clock.advance(random() * 50);
      const time = serverTime();
      clock.advance(random() * 50);
      return time;
    }, clock.now);
    for (let use = 0; use < 5; use += 1) {
      const wanted = serverTime() + HOUR;
      const told = await server.after(HOUR);
      if (told > wanted) t.fail(`late by ${told - wanted} ms`);
      if (told < wanted - 51) t.fail(`early by ${wanted - told} ms`);
      clock.advance(random() * 20_000);
      if (use === 2) server.reset();
    }
  }
  t.pass('the end is never late, and early by one way of an answer at most');
});

t.test('the clock is asked every ten seconds, and after a reset', async (t) => {
  const clock = fakeClock();
  let asked = 0;
  const server = new ServerClock(async () => {
    asked += 1;
    return clock.now();
  }, clock.now);
  const uses = [0, 9_999, 1, 0];
  for (const ms of uses) {
    clock.advance(ms);
    await server.after(1);
  }
  t.equal(asked, 2);
  server.reset();
  await server.after(1);
  t.equal(asked, 3);
});
