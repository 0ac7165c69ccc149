import fc from 'fast-check';
import t from 'tap';
import { testApp } from '../helper/app.ts';
import { FUZZ_SEED } from '../helper/fuzz-seed.ts';
import { checkUrl } from './check.ts';
import { MUTATED, URLS } from './grammar.ts';

for (const [name, urls, runs, pictures] of [
  ['URLs of the grammar', URLS, 150, 30],
  ['URLs with bytes cut out, put in or replaced', MUTATED, 250, 5],
] as const) {
  t.test(name, async (t) => {
    t.comment(`seed ${FUZZ_SEED}`);
    const app = await testApp(t);
    const seen = new Map<number, number>();
    const property = fc.asyncProperty(urls, async (url) => {
      const status = await checkUrl(app, url);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    });
    await fc.assert(property, { seed: FUZZ_SEED, numRuns: runs });
    t.comment(`statuses ${JSON.stringify([...seen])}`);
    t.ok((seen.get(200) ?? 0) >= pictures && (seen.get(400) ?? 0) >= 20, 'pictures and errors were seen');
  });
}
