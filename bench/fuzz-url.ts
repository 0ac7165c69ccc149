import { parseArgs } from 'node:util';
import fc, { type Arbitrary } from 'fast-check';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { checkUrl } from '../test/fuzz/check.ts';
import { MUTATED, URLS } from '../test/fuzz/grammar.ts';
import { MUTATED_SERVICE_URLS, SERVICE_URLS } from '../test/fuzz/service-urls.ts';

const USAGE = 'Usage: node --import=tsx bench/fuzz-url.ts [--minutes 5] [--seed N]\n';

/** URLs between two reports. */
const BATCH = 500;

/** A URL, and the `Host` that it is sent with: none for greybox's own. */
interface Asked {
  readonly target: string;
  readonly host?: string;
}

/** The long form of the fuzz test: batches of URLs, each with a seed of its own, until the time is up. */
async function fuzz(minutes: number, firstSeed: number): Promise<void> {
  const app = buildApp(readConfig({ env: { LOG_LEVEL: 'silent' } }));
  await app.ready();
  const statuses: Record<number, number> = {};
  const own = (target: string): Asked => ({ target });
  const urls: readonly Arbitrary<Asked>[] = [
    URLS.map(own),
    MUTATED.map(own),
    SERVICE_URLS,
    MUTATED_SERVICE_URLS,
  ];
  const end = performance.now() + minutes * 60_000;
  try {
    for (let seed = firstSeed; performance.now() < end; seed++) {
      for (const arbitrary of urls) {
        const property = fc.asyncProperty(arbitrary, async ({ target, host }) => {
          const status = await checkUrl(app, target, host);
          statuses[status] = (statuses[status] ?? 0) + 1;
        });
        await fc.assert(property, { seed, numRuns: BATCH });
      }
      const mib = Math.round(process.memoryUsage.rss() / 2 ** 20);
      process.stdout.write(`seed ${seed}: ${JSON.stringify(statuses)}, ${mib} MiB\n`);
    }
  } finally {
    await app.close();
  }
}

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const [minutes, seed] = [Number(values.minutes ?? 5), Number(values.seed ?? Date.now() % 2 ** 31)];
if (minutes > 0 && Number.isInteger(seed)) await fuzz(minutes, seed);
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
