import t from 'tap';
import { SizeGauge } from '../../src/cache/size-gauge.ts';
import type { StoreSize } from '../../src/cache/store.ts';
import { fakeClock } from '../helper/clock.ts';
import { deferred } from '../helper/deferred.ts';

t.test('a store is asked rarely, once at a time, and nobody waits for long', async (t) => {
  const clock = fakeClock();
  const answers: ReturnType<typeof deferred<StoreSize>>[] = [];
  const gauge = new SizeGauge(
    () => {
      const answer = deferred<StoreSize>();
      answers.push(answer);
      return answer.promise;
    },
    clock.now,
    clock.timer,
  );
  const [one, two] = [gauge.read(), gauge.read()];
  t.equal(answers.length, 1);
  clock.advance(100);
  t.strictSame(await Promise.all([one, two]), [undefined, undefined], 'not known yet');
  clock.advance(900);
  const three = gauge.read();
  const size = { entries: 3, bytes: 4 };
  answers[0]?.resolve(size);
  t.equal(await three, size);
  // It took 1 s to answer: one part in twenty of its time is 20 s.
  clock.advance(19_999);
  t.equal(await gauge.read(), size);
  t.equal(answers.length, 1);
  clock.advance(1);
  const four = gauge.read();
  t.equal(answers.length, 2);
  clock.advance(100);
  t.equal(await four, size, 'the last that is known');
  const five = gauge.read();
  answers[1]?.reject(new Error('down'));
  t.equal(await five, undefined, 'what failed is not known');
  t.equal(answers.length, 2);
});
