import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { startService } from './helper/service.ts';

/** The niceness of each thread of a process, by its id: field 19 of /proc/[pid]/task/[tid]/stat, see proc(5). */
function niceness(pid: number): Map<number, number> {
  const folder = `/proc/${pid}/task`;
  return new Map(
    readdirSync(folder).map((thread) => {
      const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync(`${folder}/${thread}/stat`, 'utf8')) ?? [];
      return [Number(thread), Number(fields.split(' ')[16])];
    }),
  );
}

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
