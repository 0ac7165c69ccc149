import t from 'tap';
import { runFleet } from '../../bench/fleet/run.ts';

t.test('a fleet under load loses no request and brings no purged picture back', async (t) => {
  const steps = await runFleet(t, { restarts: 2, pictures: 5, long: false });
  for (const { step, requests, failed, faults } of steps) {
    t.equal(failed, 0, `${step}: none of ${requests} requests failed`);
    t.strictSame(faults, [], step);
  }
  t.ok(steps.reduce((sum, { requests }) => sum + requests, 0) > 1000, 'there was a load');
});
