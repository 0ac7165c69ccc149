import t from 'tap';
import { delayQuantile } from '../../bench/lib/stalls.ts';

t.test('how long one waits who comes at any moment', async (t) => {
  const near = (found: number, wanted: number): void =>
    void t.ok(Math.abs(found - wanted) < 1e-6, `${found}`);
  near(delayQuantile([], 0.99, 1000), 0);
  near(delayQuantile([10], 0.99, 1000), 0);
  near(delayQuantile([15], 0.99, 1000), 5);
  near(delayQuantile([10, 10], 0.99, 1000), 5);
  near(delayQuantile(Array(1000).fill(1), 0.5, 1000), 0.5);
});
