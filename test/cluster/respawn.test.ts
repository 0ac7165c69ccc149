import t from 'tap';
import { Respawn } from '../../src/cluster/respawn.ts';
import { fakeClock } from '../helper/clock.ts';

/** A place whose process is started by hand, on a clock that is moved by hand. */
function place(random: number) {
  const clock = fakeClock();
  let starts = 0;
  const start = (): void => {
    starts += 1;
  };
  const { now, timer } = clock;
  return { clock, respawn: new Respawn({ start, now, timer, random: () => random }), starts: () => starts };
}

t.test('each pause is twice the one before, up to ten seconds', async (t) => {
  const { clock, respawn, starts } = place(1);
  const pauses: number[] = [];
  for (let i = 1; i <= 9; i++) {
    const pause = respawn.ended();
    pauses.push(pause);
    clock.advance(pause - 1);
    t.equal(starts(), i - 1, 'not before');
    clock.advance(1);
    t.equal(starts(), i);
  }
  t.same(pauses, [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
});

t.test('half of a pause is left to chance', async (t) => {
  const { respawn } = place(0);
  t.same([respawn.ended(), respawn.ended(), respawn.ended()], [100, 200, 400]);
});

t.test('who was well for a while starts from the first pause again', async (t) => {
  const { clock, respawn } = place(1);
  t.same([respawn.ended(), respawn.ended()], [200, 400]);
  respawn.well();
  clock.advance(9_999);
  t.equal(respawn.ended(), 800, 'not long enough');
  respawn.well();
  clock.advance(10_000);
  t.equal(respawn.ended(), 200);
  clock.advance(60_000);
  t.equal(respawn.ended(), 400, 'the time after its end does not count');
});

t.test('none is started after the end', async (t) => {
  const { clock, respawn, starts } = place(1);
  respawn.ended();
  respawn.stop();
  clock.advance(60_000);
  t.same([starts(), clock.pending], [0, []]);
});
