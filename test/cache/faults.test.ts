import t from 'tap';
import { FAULTS } from '../../bench/faults/faults.ts';
import { runFault, TIMEOUT } from '../../bench/faults/run.ts';

/** Enough to see a breaker open and close, and a look-up fail; ms. */
const SHORT = { healthy: 200, fault: 700 };
/** Where nothing is to time out, a busy machine must not make it. */
const READABLE = { timeout: 3000, healthy: 200, fault: 250 };
/** What a busy machine may add to a request, in ms. */
const SLACK = 1000;
/** Redis is used again within this time of its return, in ms. */
const RECOVERY = 5000;

for (const fault of FAULTS) {
  t.test(fault.name, async (t) => {
    const figures = await runFault(t, fault, fault.readable ? READABLE : SHORT);
    t.comment(JSON.stringify(figures));
    t.ok(figures.requests > 50, 'there was load');
    t.equal(figures.failed, 0, 'every answer was the right picture');
    if (fault.misleading) t.ok(figures.inVain > 0, 'it was found out');
    t.ok(figures.asking < TIMEOUT + SLACK, `the slowest took ${figures.asking} ms`);
    if (fault.readable) t.ok(Number.isNaN(figures.bypassing), 'it was still read');
    else t.ok(figures.bypassing < figures.healthy + TIMEOUT / 2, `${figures.bypassing} ms with it open`);
    t.ok(figures.recovery < RECOVERY, `back after ${figures.recovery} ms`);
  });
}
