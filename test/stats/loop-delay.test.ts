import t from 'tap';
import { LoopDelaySampler } from '../../src/stats/loop-delay.ts';
import { eventually } from '../helper/wait.ts';

t.test('the delay of the event loop is what a timer is late', async (t) => {
  let now = 0;
  const sampler = new LoopDelaySampler(() => now);
  t.strictSame(sampler.delay, { mean: 0, p50: 0, p99: 0, max: 0 }, 'nothing was seen yet');
  const pass = (ms: number): void => {
    now += ms;
    sampler.sample();
  };
  for (let look = 0; look < 99; look += 1) pass(21);
  pass(520);
  t.match(sampler.delay, { p50: 0.001, max: 0.5 });
  t.ok(Math.abs(sampler.delay.mean - 0.00599) < 1e-9);
  for (let look = 0; look < 750; look += 1) pass(20);
  t.strictSame(sampler.delay, { mean: 0, p50: 0, p99: 0, max: 0 }, 'what is older than 15 s is forgotten');
});

t.test('a loop that is blocked is seen to be late', async (t) => {
  const sampler = new LoopDelaySampler().start();
  const end = performance.now() + 150;
  while (performance.now() < end);
  await eventually('a sample', () => sampler.delay.max > 0);
  t.ok(sampler.delay.max >= 0.1, `${sampler.delay.max} s`);
});
