import t from 'tap';
import { distinctPath, SIZES } from '../../bench/lib/sizes.ts';
import { zipf } from '../../bench/lib/zipf.ts';
import { seeded } from '../helper/seeded.ts';

t.test('ranks come as often as their law says', async (t) => {
  for (const s of [1, 0.8]) {
    const [n, draws] = [1000, 200_000];
    const draw = zipf(n, s, seeded(1));
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < draws; i++) {
      const rank = draw();
      counts[rank] = (counts[rank] as number) + 1;
    }
    const total = Array.from({ length: n }, (_, k) => 1 / (k + 1) ** s).reduce(
      (sum, weight) => sum + weight,
      0,
    );
    for (const rank of [0, 1, 9, 99]) {
      const expected = draws / (rank + 1) ** s / total;
      const off = Math.abs((counts[rank] as number) - expected);
      t.ok(off < 5 * Math.sqrt(expected), `rank ${rank} of exponent ${s}: ${counts[rank]} for ${expected}`);
    }
  }
});

t.test('both ends of the numbers give ranks that there are', async (t) => {
  t.equal(zipf(3, 1, () => 0)(), 0);
  t.equal(zipf(3, 1, () => 1 - Number.EPSILON)(), 2);
  t.equal(zipf(1, 1, () => 0.5)(), 0);
});

t.test('a million paths, all different, all of pictures that may be asked for', async (t) => {
  const paths = new Set<string>();
  for (let i = 0; i < SIZES; i++) paths.add(distinctPath(i));
  t.equal(paths.size, SIZES);
  const sides = [...paths].map((path) => /^\/image\/(\d+)x(\d+)$/.exec(path)?.slice(1).map(Number) ?? [0, 0]);
  t.ok(
    sides.every(
      ([width = 0, height = 0]) => Math.min(width, height) >= 100 && Math.max(width, height) < 1100,
    ),
  );
});
