import t from 'tap';
import { SingleFlight } from '../../src/cache/single-flight.ts';
import { fakeClock } from '../helper/clock.ts';
import { deferred } from '../helper/deferred.ts';

const LIMIT = 1000;
const late = (): Error => new Error('late');

/** Flights on a clock that stands still. */
function flightsOf<T>(): SingleFlight<T> {
  const { now, timer } = fakeClock();
  return new SingleFlight<T>({ limit: LIMIT, late, now, timer });
}

t.test('callers that ask in the meantime share the value', async (t) => {
  const flights = flightsOf<object>();
  const { promise, resolve } = deferred<object>();
  let runs = 0;
  const task = (): Promise<object> => {
    runs += 1;
    return promise;
  };
  const owner = flights.run('key', task);
  const waiters = [flights.run('key', task), flights.run('key', task)];
  t.equal(owner.collapsed, false);
  t.ok(waiters.every(({ collapsed }) => collapsed));
  t.equal(flights.size, 1);
  const value = {};
  resolve(value);
  for (const one of [owner, ...waiters]) t.equal(await one.promise, value);
  t.equal(runs, 1);
});

t.test('and the error', async (t) => {
  const flights = flightsOf<never>();
  const { promise, reject } = deferred<never>();
  const error = new Error('boom');
  const all = [1, 2, 3].map(() => flights.run('key', () => promise).promise);
  reject(error);
  const outcomes = await Promise.allSettled(all);
  t.ok(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === error));
  t.equal(flights.size, 0, 'an error is not kept');
});

t.test('the next call after the end runs again', async (t) => {
  const flights = flightsOf<number>();
  let runs = 0;
  const task = async (): Promise<number> => {
    runs += 1;
    if (runs === 2) throw new Error('second');
    return runs;
  };
  t.equal(await flights.run('key', task).promise, 1);
  await t.rejects(flights.run('key', task).promise, { message: 'second' });
  const third = flights.run('key', task);
  t.equal(third.collapsed, false);
  t.equal(await third.promise, 3);
});

t.test('a call from a waiter, as soon as it has its value, starts anew', async (t) => {
  const flights = flightsOf<number>();
  const { promise, resolve } = deferred<number>();
  void flights.run('key', () => promise);
  const again = flights.run('key', () => promise).promise.then(() => flights.run('key', async () => 2));
  resolve(1);
  const { collapsed } = await again;
  t.equal(collapsed, false);
});

t.test('the end of a flight does not affect other keys, or later flights', async (t) => {
  const flights = flightsOf<number>();
  const other = deferred<number>();
  const long = flights.run('long', () => other.promise);
  await flights.run('key', async () => 1).promise;
  t.equal(flights.size, 1);
  t.ok(flights.run('long', async () => 0).collapsed);
  other.resolve(7);
  t.equal(await long.promise, 7);
  t.equal(flights.size, 0);
});

t.test('a flight that takes too long ends for all its callers, and the next one starts anew', async (t) => {
  const clock = fakeClock();
  const flights = new SingleFlight<number>({ limit: LIMIT, late, now: clock.now, timer: clock.timer });
  const [slow, slower] = [deferred<number>(), deferred<number>()];
  let isCurrent = (): boolean => true;
  const first = flights.run('first', (flight) => {
    isCurrent = () => flight.current;
    return slow.promise;
  });
  clock.advance(1);
  const second = flights.run('second', () => slower.promise);
  t.equal(clock.pending.length, 1, 'one timer for both');
  clock.advance(LIMIT - 2);
  t.equal(flights.size, 2);
  clock.advance(1);
  await t.rejects(first.promise, { message: 'late' });
  t.strictSame([flights.size, isCurrent()], [1, false], 'what comes of it is not to be kept');
  const again = flights.run('first', async () => 2);
  t.equal(again.collapsed, false);
  slow.resolve(1);
  t.equal(await again.promise, 2);
  slower.resolve(3);
  t.equal(await second.promise, 3);
  t.strictSame(clock.pending, [], 'no timer is left');
});

t.test('a dropped flight keeps its time limit', async (t) => {
  const clock = fakeClock();
  const flights = new SingleFlight<number>({ limit: LIMIT, late, now: clock.now, timer: clock.timer });
  const { promise } = flights.run('key', () => new Promise(() => {}));
  flights.drop('key');
  const after = flights.run('key', () => new Promise(() => {}));
  clock.advance(LIMIT);
  for (const one of [promise, after.promise]) await t.rejects(one, { message: 'late' });
  t.strictSame([flights.size, clock.pending], [0, []]);
});

t.test('a flight is wanted while anybody waits', async (t) => {
  const { now, timer, advance } = fakeClock();
  const flights = new SingleFlight<void>({ limit: LIMIT, late, now, timer });
  const fly = (key: string, ...isWaiting: ((() => boolean) | undefined)[]) => {
    let isWanted = (): boolean => true;
    for (const one of isWaiting) {
      const { promise } = flights.run(
        key,
        (flight) => {
          isWanted = () => flight.isWanted;
          return new Promise(() => {});
        },
        one,
      );
      promise.catch(() => {});
    }
    return isWanted;
  };
  const here = new Set(['a', 'b']);
  const both = fly(
    'both',
    () => here.has('a'),
    () => here.has('b'),
  );
  const patient = fly('patient', () => here.has('a'), undefined);
  t.ok(both());
  here.delete('a');
  t.ok(both());
  here.delete('b');
  t.notOk(both(), 'all have gone');
  t.ok(patient(), 'one of them says nothing of itself');
  here.add('b');
  fly('both', () => true);
  t.ok(both(), 'one has come');
  flights.drop('both');
  t.ok(both(), 'what is not to be kept is still waited for');
  advance(LIMIT);
  t.notOk(both(), 'all were told that it took too long');
  t.notOk(patient());
});
