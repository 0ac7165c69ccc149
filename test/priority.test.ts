import { getPriority } from 'node:os';
import t from 'tap';
import { lowerThreadPriority } from '../src/priority.ts';
import { threadsOf } from './helper/process.ts';
import { startService } from './helper/service.ts';

/** Where the niceness is in what {@link threadsOf} says: field 19 of 52. */
const NICENESS = 16;

/** How many threads of a process have a niceness. */
const threads = (pid: number, nice: number): number =>
  [...threadsOf(pid).values()].filter((fields) => Number(fields[NICENESS]) === nice).length;

const skip = process.platform === 'linux' ? false : 'priorities are of threads on Linux only';

t.test('a thread that draws gives way; all others stay as they were', { skip }, async (t) => {
  const { pid, url } = await startService(t, { env: { RENDER_CONCURRENCY: '1' } });
  t.equal(threads(pid, 0), threadsOf(pid).size);
  t.equal((await fetch(`${url}/image/1500x1500?pattern=dots`)).status, 200);
  t.equal(threads(pid, 19), 1);
  t.equal(threads(pid, 0), threadsOf(pid).size - 1);
});

t.test('the main thread never gives way', async (t) => {
  const before = getPriority();
  lowerThreadPriority();
  t.equal(getPriority(), before);
});
