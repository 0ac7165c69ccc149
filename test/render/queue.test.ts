import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { RenderQueue } from '../../src/render/queue.ts';
import { fakeClock } from '../helper/clock.ts';

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

type Task = ReturnType<typeof task>;

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

/** Ends the tasks one by one, each a turn after the one before. */
async function endAll(tasks: readonly ReturnType<typeof task>[]): Promise<void> {
  for (const { end } of tasks) {
    end();
    await turn();
  }
}

t.test('the cheap go before the dear, but not for ever', async (t) => {
  const clock = fakeClock();
  const log: string[] = [];
  const queue = new RenderQueue(1, 100, { now: clock.now });
  const names = ['running', 'dear', 'less dear', 'soon after', 'long after'];
  const tasks = names.map((name) => task(name, log));
  const costs = [100, 200, 100, 30, 30];
  const all = tasks.map(({ run }, i) => {
    if (i === 4) clock.advance(900);
    return queue.run(run, { cost: costs[i] as number });
  });
  await endAll([0, 3, 2, 1, 4].map((i) => tasks[i] as ReturnType<typeof task>));
  await Promise.all(all);
  t.same(log, ['running', 'soon after', 'less dear', 'dear', 'long after']);
});

t.test('a cheap one has a place that dear ones cannot take', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(1, 2);
  const names = ['dear', 'dear too', 'cheap', 'cheap too', 'refused'];
  const tasks = names.map((name) => task(name, log));
  const [dear, dearToo, cheap, cheapToo, refused] = tasks.map(({ run }, i) =>
    queue.run(run, { cost: i < 2 ? 500 : 2 }),
  );
  t.same([log, queue.depth], [['dear', 'cheap'], 2]);
  await t.rejects(refused as Promise<string>, { code: 'overloaded' });
  tasks[0]?.end();
  await dear;
  await turn();
  t.same(log, ['dear', 'cheap', 'dear too'], 'a cheap one that runs keeps no dear one waiting');
  tasks[2]?.end();
  await cheap;
  await turn();
  t.same(log, ['dear', 'cheap', 'dear too', 'cheap too']);
  await endAll(tasks);
  await Promise.all([dearToo, cheapToo]);
});

t.test('a quarter of the queue is kept for cheap ones', async (t) => {
  const queue = new RenderQueue(1, 8, { refusesLate: false });
  const dear = Array.from({ length: 7 }, (_, i) => task(`dear ${i}`, []));
  const all = dear.map(({ run }) => queue.run(run, { cost: 500 }));
  t.equal(queue.depth, 6);
  t.match(queue.refusalOf(500), { code: 'overloaded' });
  const cheap = Array.from({ length: 3 }, (_, i) => task(`cheap ${i}`, []));
  const quick = cheap.map(({ run }) => queue.run(run, { cost: 1 }));
  t.equal(queue.depth, 8, 'one runs, two wait');
  t.match(queue.refusalOf(1), { code: 'overloaded' });
  await endAll([...cheap, ...dear]);
  await Promise.all([...all, ...quick]);
});

t.test('what nobody waits for is not drawn', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(1, 2);
  const here = new Set(['a', 'b', 'c']);
  const tasks = ['a', 'b', 'c'].map((name) => task(name, log));
  const [a, b, c] = tasks.map(({ run }, i) =>
    queue.run(run, { isWanted: () => here.has('abc'.charAt(i)) }),
  ) as [Promise<string>, Promise<string>, Promise<string>];
  here.delete('b');
  tasks[0]?.end();
  await a;
  await t.rejects(b, { code: 'overloaded' });
  t.same([log, queue.depth], [['a', 'c'], 0]);
  const waiting = ['d', 'e'].map((name) => queue.run(task(name, log).run, { isWanted: () => false }));
  const last = task('f', log);
  const drawn = queue.run(last.run);
  for (const one of waiting) await t.rejects(one, { code: 'overloaded' });
  t.equal(queue.depth, 1, 'the places of those who have gone are free');
  await endAll([tasks[2] as (typeof tasks)[0], last]);
  t.same(await Promise.all([c, drawn]), ['c', 'f']);
  t.same(log, ['a', 'c', 'f']);
});

t.test('a cheap one is drawn for who seems to have gone, while few wait', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(1, 100);
  const tasks = Array.from({ length: 40 }, (_, i) => task(String(i), log));
  let asked = 0;
  const isWanted = (): boolean => {
    asked += 1;
    return false;
  };
  const all = Promise.allSettled(tasks.map(({ run }) => queue.run(run, { cost: 1, isWanted })));
  t.equal(asked, 7, 'who comes when 32 wait is looked out for');
  await endAll(tasks);
  const outcomes = (await all).map(({ status }) => status);
  t.same(outcomes, [...Array(33).fill('fulfilled'), ...Array(7).fill('rejected')]);
  t.equal(log.length, 33);
});

t.test('what cannot be drawn in time is refused at once', async (t) => {
  const clock = fakeClock();
  const queue = new RenderQueue(1, 1000, { now: clock.now });
  const tasks: ReturnType<typeof task>[] = [];
  const add = (cost: number): boolean => {
    const one = task('', []);
    const refused = queue.refusalOf(cost) !== undefined;
    queue.run(one.run, { cost }).catch(() => {});
    if (!refused) tasks.push(one);
    return !refused;
  };
  while (add(100));
  t.equal(tasks.length, 51, '5 s of work: half of what runs, and 49 that wait before the last');
  t.match(queue.refusalOf(100), { retryAfter: 6, message: /takes about 6 s; try again in 6 s$/ });
  t.equal(queue.refusalOf(100), queue.refusalOf(100), 'one error for all');
  t.equal(queue.refusalOf(21), undefined, 'a less dear one goes before them');
  // The machine takes three times as long as was thought.
  for (let i = 0; i < 31; i++) {
    clock.advance(300);
    await endAll(tasks.slice(i, i + 1));
  }
  t.ok(queue.refusalOf(100), 'what waits takes 6 s');
  for (let i = 31; i < 41; i++) {
    clock.advance(300);
    await endAll(tasks.slice(i, i + 1));
  }
  t.notOk(queue.refusalOf(100), 'what waits takes 3 s');
  await endAll(tasks);
});

t.test('where clients go before they get their picture, others wait less long', async (t) => {
  const clock = fakeClock();
  const queue = new RenderQueue(1, 1000, { now: clock.now });
  /** Draws pictures of which some have nobody left in the end. */
  const draw = async (times: number, hasLeft: boolean): Promise<void> => {
    for (let i = 0; i < times; i++) {
      let isWanted = true;
      await queue.run(
        async () => {
          clock.advance(100);
          isWanted = !hasLeft;
        },
        { cost: 100, isWanted: () => isWanted },
      );
    }
  };
  const room = async (): Promise<number> => {
    const tasks: ReturnType<typeof task>[] = [];
    const all: Promise<string>[] = [];
    while (!queue.refusalOf(100)) {
      const one = task('', []);
      tasks.push(one);
      all.push(queue.run(one.run, { cost: 100 }));
    }
    for (const { end } of tasks) {
      clock.advance(100);
      end();
      await turn();
    }
    await Promise.all(all);
    return tasks.length;
  };
  t.equal(await room(), 51);
  await draw(4, true);
  t.equal(await room(), 21, '2.05 s');
  await draw(30, true);
  t.equal(await room(), 6, 'half a second at least');
  await draw(150, false);
  t.equal(await room(), 51, 'it comes back');
});

t.test('so many at a time as there is memory for', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(4, 100, { memory: 1600 });
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => task(name, log)) as [Task, Task, Task, Task];
  const large = [a, b].map(({ run }) => queue.run(run, { cost: 50, bytes: 1000 }));
  const small = queue.run(c.run, { cost: 60, bytes: 100 });
  t.same(log, ['a'], 'no dear one takes the memory that another waits for');
  const cheap = queue.run(d.run, { cost: 1, bytes: 100 });
  t.same(log, ['a', 'd'], 'a cheap one need not wait');
  d.end();
  await cheap;
  t.same(log, ['a', 'd']);
  a.end();
  await large[0];
  await turn();
  t.same(log, ['a', 'd', 'b', 'c']);
  for (const { end } of [b, c]) end();
  await Promise.all([...large, small]);
});

t.test('what takes more memory than there is, is refused at once', async (t) => {
  const MEBI = 2 ** 20;
  const queue = new RenderQueue(1, 100, { memory: 64 * MEBI });
  t.equal(queue.refusalOf(50, 60 * MEBI), undefined, 'a sixteenth is left to cheap ones');
  t.match(queue.refusalOf(50, 61 * MEBI), {
    code: 'overloaded',
    retryAfter: 60,
    message: /takes about 61 MiB, and this service has 60 MiB for it: ask for a smaller one/,
  });
  await t.rejects(
    queue.run(async () => {}, { cost: 50, bytes: 99 * MEBI }),
    { code: 'overloaded' },
  );
  const patient = new RenderQueue(2, 100, { memory: 64 * MEBI, refusesLate: false });
  const log: string[] = [];
  const [one, two] = [task('one', log), task('two', log)];
  const both = [one, two].map(({ run }) => patient.run(run, { cost: 50, bytes: 99 * MEBI }));
  t.same(log, ['one'], 'a program’s own queue draws it, alone');
  for (const { end } of [one, two]) end();
  await Promise.all(both);
});

t.test(
  'no large task starts when the process has no memory left, whatever was reckoned before',
  async (t) => {
    const log: string[] = [];
    let left = 100 * 2 ** 20;
    const queue = new RenderQueue(1, 100, { memoryLeft: () => left });
    const large = { bytes: 50 * 2 ** 20 };
    const first = task('first', log);
    const second = task('second', log);
    const small = task('small', log);
    const all = [queue.run(first.run, large), queue.run(second.run, large), queue.run(small.run)];
    left = 40 * 2 ** 20;
    const refused = t.rejects(all[1] as Promise<string>, { code: 'overloaded', retryAfter: 5 });
    first.end();
    await refused;
    small.end();
    t.same([await all[0], await all[2], log], ['first', 'small', ['first', 'small']], 'a small one starts');
  },
);

t.test('a large task counts what those that run may still take', async (t) => {
  const log: string[] = [];
  const queue = new RenderQueue(2, 100, { memoryLeft: () => 100 * 2 ** 20 });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => task(name, log)) as [Task, Task, Task];
  const large = { bytes: 60 * 2 ** 20 };
  const all = [queue.run(a.run, large), queue.run(b.run, large)];
  t.same(log, ['a'], 'the second waits: the first has just begun');
  const small = queue.run(c.run, { cost: 1, bytes: 2 ** 20 });
  t.same(log, ['a', 'c'], 'a small one does not');
  a.end();
  c.end();
  await Promise.all([all[0], small]);
  await turn();
  t.same(log, ['a', 'c', 'b']);
  b.end();
  await all[1];
});
