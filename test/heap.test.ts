import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import t from 'tap';
import { SEMI_SPACE } from '../src/heap.ts';

/** The module, for a process without a loader of TypeScript: that would have a large young generation before it begins. */
const source = readFileSync(new URL('../src/heap.ts', import.meta.url), 'utf8');
const BUILT = `data:text/javascript,${encodeURIComponent(transformSync(source, { loader: 'ts' }).code)}`;

/** Makes garbage of which much survives for a while, and prints the largest capacity of the young generation. */
const churn = (isBounded: boolean): string => `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { boundYoungGeneration } from ${JSON.stringify(BUILT)};
  let look = () => {};
  if (${isBounded}) boundYoungGeneration((given) => { look = given; });
  let most = 0;
  let kept = [];
  for (let step = 0; step < 400; step++) {
    if (step % 20 === 0) kept = [];
    for (let i = 0; i < 10_000; i++) kept.push({ i, self: [i] });
    look();
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    most = Math.max(most, young.space_used_size + young.space_available_size);
  }
  console.log(most);
`;

/** Largest capacity of a process' young generation, in bytes. */
function mostOf(isBounded: boolean): number {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', churn(isBounded)], {
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout);
}

t.test('the young generation is bounded', async (t) => {
  const free = mostOf(false);
  t.ok(free > 1.5 * SEMI_SPACE, `left to itself it grows to ${free}`);
  const bounded = mostOf(true);
  t.ok(bounded <= 1.1 * SEMI_SPACE, `bounded it grows to ${bounded}`);
  t.ok(bounded >= 0.5 * SEMI_SPACE, 'and no less than it may');
});
