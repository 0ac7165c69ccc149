import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { RenderQueue } from '../../src/render/workers.ts';

/** A task that ends when it is told to. */
function task(name: string, log: string[]) {
  let resolve = (_value: string): void => {};
  let reject = (_reason: Error): void => {};
  const promise = new Promise<string>((...settle) => {
    [resolve, reject] = settle;
  });
  const run = (): Promise<string> => {
    log.push(name);
    return promise;
  };
  return { run, end: () => resolve(name), fail: () => reject(new Error(name)) };
}

t.test('so many at a time, the others in the order they came', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(2, 10);
  const tasks = ['a', 'b', 'c', 'd'].map((name) => task(name, log));
  const all = tasks.map(({ run }) => queue.run(run));
  t.same([log, queue.depth], [['a', 'b'], 2]);
  tasks[1]?.end();
  await all[1];
  await turn();
  t.same([log, queue.depth], [['a', 'b', 'c'], 1]);
  for (const { end } of tasks) end();
  t.same(await Promise.all(all), ['a', 'b', 'c', 'd']);
  t.same([log, queue.depth], [['a', 'b', 'c', 'd'], 0]);
});

t.test('is long while 32 wait', async (t) => {
  const queue = new RenderQueue(1, 100);
  const tasks = Array.from({ length: 33 }, (_, i) => task(String(i), []));
  const seen = tasks.map(({ run }) => [queue.run(run), queue.isLong] as const);
  t.same(
    seen.map(([, isLong]) => isLong),
    [...Array(32).fill(false), true],
  );
  for (const { end } of tasks) end();
  await Promise.all(seen.map(([done]) => done));
  t.notOk(queue.isLong);
});

t.test('refuses at once, and only while it is full', async (t) => {
  for (const limit of [0, 1, 3]) {
    const log: string[] = [];
    const queue = new RenderQueue(1, limit);
    const tasks = Array.from({ length: limit + 1 }, (_, i) => task(String(i), log));
    const all = tasks.map(({ run }) => queue.run(run));
    const late = task('late', log);
    await t.rejects(
      queue.run(late.run),
      { code: 'overloaded', status: 503, retryAfter: 1 },
      `limit ${limit}`,
    );
    t.equal(queue.depth, limit);
    for (const { end } of tasks) end();
    await Promise.all(all);
    late.end();
    t.equal(await queue.run(late.run), 'late');
    t.same(
      log.filter((name) => name === 'late'),
      ['late'],
      'what was refused has not run',
    );
  }
});

t.test('a task that fails gives its place to the next', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(1, 5);
  const [a, b] = [task('a', log), task('b', log)];
  const first = queue.run(a.run);
  const second = queue.run(b.run);
  const thrown = queue.run(() => {
    throw new Error('at once');
  });
  const last = queue.run(async () => 'last');
  a.fail();
  b.end();
  await t.rejects(first, { message: 'a' });
  t.equal(await second, 'b');
  await t.rejects(thrown, { message: 'at once' });
  t.equal(await last, 'last');
  t.equal(queue.depth, 0);
});

t.test('never more than so many, under load', async (t) => {
  const queue = new RenderQueue(3, 1000);
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  };
  await Promise.all(Array.from({ length: 200 }, () => queue.run(work)));
  t.same([most, running, queue.depth], [3, 0, 0]);
});
