import t, { type Test } from 'tap';
import { pauseProcess } from '../helper/process.ts';
import type { Service } from '../helper/service.ts';
import { type Answer, connection, startWorkers, type Workers } from '../helper/workers.ts';

const count = ({ lines }: Service, pattern: RegExp): number =>
  lines.filter((line) => pattern.test(line)).length;

async function allDraining({ logged }: Service, pids: readonly number[]): Promise<void> {
  for (const pid of pids) await logged(new RegExp(`"pid":${pid},.*: draining"`));
}

/** Requests that take long, several at each worker, all of which have come in. */
async function inFlight(t: Test, service: Workers): Promise<Promise<Answer>[]> {
  const paths = Array.from({ length: 6 }, (_, i) => `/image/700x${700 - i}.webp`);
  const answers = paths.map((path) => connection(t, service.port)(path));
  for (const path of paths) await service.logged(new RegExp(`"url":"${path}"`));
  return answers;
}

const statuses = async (answers: readonly Promise<Answer>[]): Promise<Set<number>> =>
  new Set((await Promise.all(answers)).map(({ status }) => status));

t.test('SIGTERM: unready, then every request in flight, then exit 0', async (t) => {
  const service = await startWorkers(t, { RENDER_CONCURRENCY: '1' });
  const pids = await service.pair(2);
  const [a, b] = [await service.connect(pids[0]), await service.connect(pids[1])];
  const answers = await inFlight(t, service);
  const exit = service.stop('SIGTERM');
  await allDraining(service, pids);
  for (const answer of await Promise.all([a('/readyz'), b('/readyz')]))
    t.match(answer, { status: 503, headers: { connection: 'close' } });
  t.same(await statuses(answers), new Set([200]), 'none is dropped');
  t.equal(await exit, 0);
  t.equal(count(service, /draining 2 workers/), 1);
  t.equal(count(service, /another starts/), 0);
  await t.rejects(fetch(service.url), 'nothing listens any more');
});

t.test(
  'no request fails while a worker ends and is replaced; Ctrl-C, which workers get too, drains once',
  async (t) => {
    const service = await startWorkers(t);
    const [old] = await service.pair(2);
    let ended = false;
    const load = Array.from({ length: 8 }, async (_, i) => {
      const ask = connection(t, service.port);
      const seen = new Set<number>();
      for (let n = 0; !ended; n++) seen.add((await ask(`/image/${(n % 50) + 1}x${i + 1}`)).status);
      return [...seen];
    });
    process.kill(old, 'SIGTERM');
    await service.logged(/ended \(0\); another starts/);
    await service.pair(3);
    ended = true;
    t.same(await Promise.all(load), Array(8).fill([200]));

    const pids = await service.pair(3);
    const answers = await inFlight(t, service);
    for (const pid of pids) process.kill(pid, 'SIGINT');
    t.equal(await service.stop('SIGINT'), 0);
    t.same(await statuses(answers), new Set([200]));
    for (const pid of pids) t.equal(count(service, new RegExp(`"pid":${pid},.*: draining"`)), 1);
  },
);

t.test('a worker that hangs holds up the exit for a while only, or until a second signal', async (t) => {
  const patient = await startWorkers(t);
  const [hung] = await patient.pair(2);
  pauseProcess(hung);
  const exit = patient.stop();

  const hasty = await startWorkers(t);
  const pids = await hasty.pair(2);
  pauseProcess(pids[0]);
  process.kill(hasty.pid, 'SIGTERM');
  await allDraining(hasty, [pids[1]]);
  t.equal(await hasty.stop('SIGTERM'), 1);
  t.equal(await exit, 1);
});

t.test('workers whose primary is killed answer what they have, and end', async (t) => {
  const service = await startWorkers(t, { RENDER_CONCURRENCY: '1' });
  const answers = await inFlight(t, service);
  const ended = service.stop('SIGKILL');
  t.same(await statuses(answers), new Set([200]));
  t.equal(await ended, null);
  t.equal(count(service, /the primary process is gone: draining/), 2);
});
