import t from 'tap';
import { fuzz } from '../../bench/lib/fuzz.ts';
import { startService } from '../helper/service.ts';

/** `npm run fuzz:http` sends more, and others. */
const REQUESTS = 4000;
const SEED = 1;

// Thousands of pictures are drawn, on a busy machine too.
t.setTimeout(120_000);

t.test('no request crashes it, is answered with 5xx, or is left without an answer', async (t) => {
  const service = await startService(t, {
    env: { LOG_LEVEL: 'info', MEMORY_CACHE_MB: '4', ADMIN_TOKEN: 't' },
  });
  const { statuses, faults } = await fuzz({ port: service.port, requests: REQUESTS, seed: SEED });
  t.comment(JSON.stringify(statuses));
  t.strictSame(faults, []);
  const count = Object.values(statuses).reduce((sum, number) => sum + number, 0);
  t.equal(count, REQUESTS);
  for (const status of ['200', '304', '400', '404', '405'])
    t.ok((statuses[status] ?? 0) > 0, `${status} was among them`);
  t.notOk(
    service.lines.find((line) => /request failed|"level":50/.test(line)),
    'nothing in the log',
  );
  const { tiers } = (await (await fetch(`${service.url}/status.json`)).json()) as {
    tiers: { memory: { bytes: number; budget: number } };
  };
  t.ok(tiers.memory.bytes <= tiers.memory.budget, 'memory is within its budget');
  t.equal(await service.stop(), 0);
});
