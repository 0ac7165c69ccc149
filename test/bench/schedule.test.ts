import t from 'tap';
import { Schedule } from '../../bench/lib/schedule.ts';

/** Takes all that is due by a time. */
function takeAll(schedule: Schedule, now: number): number[] {
  const taken: number[] = [];
  for (let due = schedule.take(now); due !== undefined; due = schedule.take(now)) taken.push(due);
  return taken;
}

t.test('requests are due at even distances, from the first moment on', async (t) => {
  const schedule = new Schedule(1000, 4, 1);
  t.strictSame(takeAll(schedule, 999), []);
  t.strictSame(takeAll(schedule, 1250), [1000, 1250]);
  t.strictSame(takeAll(schedule, 1250), [], 'each once');
});

t.test('what was held up is due when it was, not when it can be sent', async (t) => {
  const schedule = new Schedule(0, 1000, 0.01);
  t.strictSame(takeAll(schedule, 2), [0, 1, 2]);
  t.strictSame(takeAll(schedule, 500), [3, 4, 5, 6, 7, 8, 9]);
});

t.test('it ends after as many as the rate has in its time', async (t) => {
  const schedule = new Schedule(0, 300, 2);
  t.equal(schedule.length, 600);
  t.notOk(schedule.isOver);
  t.equal(takeAll(schedule, 60_000).length, 600);
  t.ok(schedule.isOver);
});
