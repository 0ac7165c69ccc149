import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { CircuitBreaker } from '../../src/cache/circuit-breaker.ts';
import { fakeClock } from '../helper/clock.ts';
import { type Deferred, deferred } from '../helper/deferred.ts';

const DOWN = new Error('down');

/** A breaker on a fake clock; each trial waits in `trials` for its outcome. */
function setUp(random = 1) {
  const clock = fakeClock();
  const trials: Deferred<void>[] = [];
  const changes: (string | Error | undefined)[][] = [];
  const breaker = new CircuitBreaker({
    timer: clock.timer,
    random: () => random,
    onChange: (...change) => void changes.push(change),
    probe: () => {
      const trial = deferred<void>();
      trials.push(trial);
      return trial.promise;
    },
  });
  /** Ends the last trial. */
  const end = async (error?: Error): Promise<void> => {
    const trial = trials.at(-1);
    if (error) trial?.reject(error);
    else trial?.resolve();
    await turn();
  };
  return { breaker, clock, trials, changes, end };
}

t.test('three failures in a row open it', async (t) => {
  const { breaker, changes, clock } = setUp();
  t.equal(breaker.state, 'closed');
  breaker.failed(DOWN);
  breaker.failed(DOWN);
  breaker.succeeded();
  breaker.failed(DOWN);
  breaker.failed(DOWN);
  t.equal(breaker.closed, true, 'a success starts the count again');
  t.strictSame(clock.pending, []);
  breaker.failed(DOWN);
  t.equal(breaker.state, 'open');
  t.equal(breaker.closed, false);
  for (const _ of [1, 2, 3]) breaker.failed(DOWN);
  t.strictSame(changes, [['open', DOWN]], 'calls that end late change nothing');
  t.strictSame(clock.pending, [250]);
});

t.test('it makes one trial at a time, and success closes it', async (t) => {
  const { breaker, changes, clock, trials, end } = setUp();
  for (const _ of [1, 2, 3]) breaker.failed(DOWN);
  clock.advance(249);
  t.equal(trials.length, 0);
  clock.advance(1);
  t.equal(breaker.state, 'half-open');
  t.equal(breaker.closed, false, 'no other call goes ahead');
  clock.advance(60_000);
  breaker.retry();
  breaker.open(DOWN);
  t.equal(trials.length, 1);
  await end();
  t.equal(breaker.state, 'closed');
  t.strictSame(changes, [
    ['open', DOWN],
    ['closed', undefined],
  ]);
  breaker.failed(DOWN);
  breaker.failed(DOWN);
  t.equal(breaker.closed, true, 'earlier failures are forgotten');
});

t.test('the pause doubles up to its bound, and starts anew', async (t) => {
  const { breaker, changes, clock, end } = setUp();
  breaker.open(DOWN);
  for (const pause of [250, 500, 1000, 2000, 2000, 2000]) {
    t.strictSame(clock.pending, [pause]);
    clock.advance(pause);
    await end(DOWN);
    t.equal(breaker.state, 'open');
  }
  t.equal(changes.length, 1, 'a trial that fails is no change');
  clock.advance(2000);
  await end();
  breaker.open(DOWN);
  t.strictSame(clock.pending, [250]);
});

t.test('pauses are spread over their second half', async (t) => {
  for (const [random, pause] of [
    [0, 125],
    [0.5, 188],
    [1, 250],
  ] as const) {
    const { breaker, clock } = setUp(random);
    breaker.open();
    t.strictSame(clock.pending, [pause]);
  }
});

t.test('retry makes the trial now', async (t) => {
  const { breaker, clock, trials, end } = setUp();
  breaker.retry();
  t.equal(trials.length, 0, 'a closed one needs none');
  breaker.open(DOWN);
  breaker.retry();
  t.equal(breaker.state, 'half-open');
  t.strictSame(clock.pending, [], 'it takes the place of the one to come');
  await end(DOWN);
  t.strictSame(clock.pending, [500]);
  breaker.retry();
  await end();
  t.equal(breaker.state, 'closed');
  t.equal(trials.length, 2);
});

t.test('once stopped, it makes no trials and reports nothing', async (t) => {
  const { breaker, changes, clock, trials } = setUp();
  breaker.open(DOWN);
  breaker.stop();
  t.strictSame(clock.pending, []);
  breaker.retry();
  t.equal(trials.length, 0);
  const closed = setUp();
  closed.breaker.stop();
  closed.breaker.open(DOWN);
  t.equal(changes.length, 1);
  t.equal(closed.changes.length, 0);
});

t.test('if stopped during a trial, it stays stopped whatever the outcome', async (t) => {
  for (const outcome of [undefined, DOWN]) {
    const { breaker, changes, clock, end } = setUp();
    breaker.open(DOWN);
    clock.advance(250);
    breaker.stop();
    await end(outcome);
    t.strictSame(clock.pending, []);
    t.equal(changes.length, 1);
  }
});

t.test('with the default timer and random numbers', async (t) => {
  const trial = deferred<void>();
  const closed = deferred<void>();
  const breaker = new CircuitBreaker({
    probe: async () => trial.resolve(),
    onChange: (state) => state === 'closed' && closed.resolve(),
  });
  breaker.open(DOWN);
  // Its timer alone would not keep the process alive.
  const alive = setInterval(() => {}, 1000);
  await trial.promise;
  await closed.promise;
  clearInterval(alive);
  t.equal(breaker.state, 'closed');
});
