import t from 'tap';
import { threadsOf } from './helper/process.ts';
import { startService } from './helper/service.ts';

/** Where the niceness is in what {@link threadsOf} says: field 19 of 52. */
const NICENESS = 16;

/** The niceness of each thread of a process, by its id. */
const niceness = (pid: number): Map<number, number> =>
  new Map([...threadsOf(pid)].map(([thread, fields]) => [thread, Number(fields[NICENESS])]));

const skip = process.platform === 'linux' ? false : 'priorities are of threads on Linux only';

t.test('who answers requests goes before who collects garbage and who draws', { skip }, async (t) => {
  const { pid, url } = await startService(t, { env: { RENDER_CONCURRENCY: '1' } });
  const threads = (nice: number): number => [...niceness(pid).values()].filter((one) => one === nice).length;
  t.ok(threads(10) >= 4, "V8's threads");
  t.equal(threads(19), 0);
  t.equal(niceness(pid).get(pid), 0, 'the main thread');
  t.equal((await fetch(`${url}/image/1500x1500?pattern=dots`)).status, 200);
  t.equal(threads(19), 1, 'the thread that draws');
  t.equal(niceness(pid).get(pid), 0);
});
