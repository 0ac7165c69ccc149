import t from 'tap';
import { makeControlGroup } from '../../bench/container/cgroup.ts';
import type { MixName } from '../../bench/container/mixes.ts';
import { runInContainer } from '../../bench/container/run.ts';

t.setTimeout(120_000);

const group = makeControlGroup(64);
await group?.remove();
const skip = !group && 'no control group with a limit of memory can be made here';

/** What docs/operations.md says; `npm run container` has the same for ten minutes. */
const PROMISED: readonly (readonly [mib: number, mix: MixName])[] = [
  [512, 'dearest'],
  [256, 'dearest'],
  [256, 'large'],
  [192, 'labels'],
];

for (const [mib, mix] of PROMISED) {
  t.test(`${mib} MiB: ${mix}, and hits meanwhile`, { skip }, async (t) => {
    const run = await runInContainer(t, { mib, mix, seconds: 8 });
    if (!run) throw new Error('there was a control group a moment ago');
    t.match(run.fitted, `memory limit ${mib} MiB`);
    // Resident memory may be more: files that another program has read count for that one's group.
    t.equal(run.kills, 0, `at most ${run.peak} MiB: ${JSON.stringify(run)}`);
    t.strictSame(run.failed, {}, 'each is drawn, or refused with 503');
    t.ok(run.drawn > 0, `${run.drawn} drawn`);
    t.equal(run.hits.failed, 0, `${run.hits.asked} hits`);
    t.ok(run.hits.asked > 10 && run.hits.longest < 5000, `the longest took ${run.hits.longest} ms`);
  });
}
