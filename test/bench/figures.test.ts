import t from 'tap';
import { servingRows, type Turn, wall } from '../../bench/lib/serving.ts';
import { median, quantile, significant } from '../../bench/lib/stats.ts';

t.test('medians and quantiles', async (t) => {
  t.equal(median([3, 1, 2]), 2);
  t.equal(median([4, 1, 2, 3]), 2.5);
  t.ok(Number.isNaN(median([])));
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  t.equal(quantile(hundred, 0.5), 51);
  t.equal(quantile(hundred, 0.99), 100, 'one of a hundred is above all others');
  t.equal(quantile([...hundred, ...hundred], 0.99), 100);
  t.equal(quantile([7], 0.99), 7);
  t.equal(significant(123_456), 123_500);
});

const turns = (...rates: readonly (readonly [rate: number, core: number])[]): Turn[] =>
  rates.map(([rate, core]) => ({ rate, core }));

t.test('servers are compared round by round, by what a core of theirs gives', async (t) => {
  // The machine is half as fast in the second round, for both.
  const contest = new Map([
    ['greybox', turns([100, 0.5], [50, 0.5], [90, 0.5])],
    ['nginx', turns([100, 1], [50, 1], [50, 0.5])],
  ]);
  const [ours, theirs] = servingRows(contest, ['nginx', 'absent']);
  t.match(ours, { server: 'greybox', 'requests/s per core': 180, '/ nginx': 2, 'requests/s': 90 });
  t.match(theirs, { 'requests/s per core': 100, '/ nginx': 1, 'core used': 1 });
  t.notOk('/ absent' in (ours ?? {}), 'no column for one that took no part');
  const [byTheClock] = servingRows(contest, ['nginx'], wall);
  t.equal(byTheClock?.['/ nginx'], 1);
});
