import t from 'tap';
import { Backoff, pauseAfter } from '../src/backoff.ts';

const LIMITS = { first: 100, longest: 1000 };

t.test('a pause doubles up to its bound, and its second half is random', async (t) => {
  const pauses = (random: number) => [0, 1, 2, 3, 4, 5000].map((n) => pauseAfter(n, LIMITS, () => random));
  t.strictSame(pauses(0), [50, 100, 200, 400, 500, 500]);
  t.strictSame(pauses(1), [100, 200, 400, 800, 1000, 1000]);
  t.ok(new Set(Array.from({ length: 50 }, () => pauseAfter(3, LIMITS))).size > 5, 'spread by default');
});

t.test('success begins anew', async (t) => {
  const backoff = new Backoff(LIMITS, () => 1);
  t.strictSame([backoff.next(), backoff.next(), backoff.next()], [100, 200, 400]);
  backoff.reset();
  t.equal(backoff.next(), 100);
});
