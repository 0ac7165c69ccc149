import fc from 'fast-check';
import t from 'tap';
import { testApp } from '../helper/app.ts';
import { FUZZ_SEED } from '../helper/fuzz-seed.ts';
import { checkUrl } from './check.ts';
import { MUTATED_SERVICE_URLS, SERVICE_URLS } from './service-urls.ts';

/** URLs that name no size get one that is drawn in no time. */
const MAX_DIMENSION = '160';

// Hundreds of pictures are drawn and decoded, on a busy machine too.
t.setTimeout(180_000);

for (const [name, urls, runs, pictures] of [
  ['URLs of other services', SERVICE_URLS, 150, 75],
  ['URLs of other services with bytes cut out, put in or replaced', MUTATED_SERVICE_URLS, 150, 15],
] as const) {
  t.test(name, async (t) => {
    t.comment(`seed ${FUZZ_SEED}`);
    const app = await testApp(t, { MAX_DIMENSION });
    const seen = new Map<number, number>();
    const property = fc.asyncProperty(urls, async ({ target, host }) => {
      const status = await checkUrl(app, target, host);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    });
    await fc.assert(property, { seed: FUZZ_SEED, numRuns: runs });
    t.comment(`statuses ${JSON.stringify([...seen])}`);
    t.ok((seen.get(200) ?? 0) >= pictures, 'pictures were seen');
  });
}
