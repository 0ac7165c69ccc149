import t from 'tap';
import { SingleFlight } from '../../src/cache/single-flight.ts';
import { deferred } from '../helper/deferred.ts';

t.test('callers that ask meanwhile share the value', async (t) => {
  const flights = new SingleFlight<object>();
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
  const flights = new SingleFlight<never>();
  const { promise, reject } = deferred<never>();
  const error = new Error('boom');
  const all = [1, 2, 3].map(() => flights.run('key', () => promise).promise);
  reject(error);
  const outcomes = await Promise.allSettled(all);
  t.ok(outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === error));
  t.equal(flights.size, 0, 'an error is not kept');
});

t.test('the next call after the end runs again', async (t) => {
  const flights = new SingleFlight<number>();
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
  const flights = new SingleFlight<number>();
  const { promise, resolve } = deferred<number>();
  void flights.run('key', () => promise);
  const again = flights.run('key', () => promise).promise.then(() => flights.run('key', async () => 2));
  resolve(1);
  const { collapsed } = await again;
  t.equal(collapsed, false);
});

t.test('the end of a flight leaves the flights of other keys, and later ones, alone', async (t) => {
  const flights = new SingleFlight<number>();
  const other = deferred<number>();
  const long = flights.run('long', () => other.promise);
  await flights.run('key', async () => 1).promise;
  t.equal(flights.size, 1);
  t.ok(flights.run('long', async () => 0).collapsed);
  other.resolve(7);
  t.equal(await long.promise, 7);
  t.equal(flights.size, 0);
});
