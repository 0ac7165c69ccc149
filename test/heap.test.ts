import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import t from 'tap';
import { SEMI_SPACE } from '../src/heap.ts';

/** The module, for a process without a loader of TypeScript: that would have a large young generation before it begins. */
const source = readFileSync(new URL('../src/heap.ts', import.meta.url), 'utf8');
const BUILT = `data:text/javascript,${encodeURIComponent(transformSync(source, { loader: 'ts' }).code)}`;

/** Begins a program that steers its heap or does not, and looks at it when `look` is called. */
const begin = (isSteered: boolean): string => `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { steerHeap } from ${JSON.stringify(BUILT)};
  let look = () => {};
  let isCrowded = false;
  if (${isSteered}) steerHeap({ isCrowded: () => isCrowded, repeat: (given) => { look = given; } });
`;

/** Makes garbage of which much survives for a while, and prints what the young generation's capacity mostly was. */
const CHURN = `
  const seen = [];
  let kept = [];
  for (let step = 0; step < 400; step++) {
    if (step % 20 === 0) kept = [];
    for (let i = 0; i < 10_000; i++) kept.push({ i, self: [i] });
    look();
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    seen.push(young.space_used_size + young.space_available_size);
  }
  console.log(seen.slice(200).sort((a, b) => a - b)[100]);
`;

/** Keeps so many MB, more or less, and has V8 say what its heap may grow to, so many looks after a crowd. */
const keep = (megabytes: number, looksSince: number): string => `
  const kept = (globalThis.kept = []);
  for (let i = 0; i < ${megabytes * 10_000}; i++) kept.push({ i, self: [i] });
  isCrowded = true;
  look();
  isCrowded = false;
  for (let i = 0; i < ${looksSince}; i++) look();
  gc();
  gc();
`;

/** What a program prints. */
function run(program: string, ...flags: string[]): string {
  const args = [...flags, '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** What is added to a heap of so many MB before it is marked again, as V8 says: in kB, the young generation included. */
function growthOf(megabytes: number, isSteered: boolean, looksSince = 60): number {
  const said = run(begin(isSteered) + keep(megabytes, looksSince), '--expose-gc', '--trace-gc-verbose');
  const [, size, limit] = [...said.matchAll(/Limit: old size: (\d+) KB, new limit: (\d+) KB/g)].at(-1) ?? [];
  return Number(limit) - Number(size);
}

t.test('the young generation is bounded', async (t) => {
  const [free, steered] = [false, true].map((isSteered) => Number(run(begin(isSteered) + CHURN))) as [
    number,
    number,
  ];
  t.ok(free > 1.5 * SEMI_SPACE, `left to itself it grows to ${free}`);
  t.ok(steered <= 1.1 * SEMI_SPACE, `bounded it grows to ${steered}`);
  t.ok(steered >= 0.5 * SEMI_SPACE, 'and no less than it may');
});

t.test(
  'the old generation grows by as much as it is small, and by a quarter where it is large',
  async (t) => {
    // V8 adds what the young generation may hold, 16 MB to 64.
    for (const [megabytes, least, most] of [
      [20, 20_000, 60_000],
      [200, 50_000, 125_000],
    ] as const) {
      const [free, steered] = [growthOf(megabytes, false), growthOf(megabytes, true)];
      t.ok(free > 80_000, `${megabytes} MB, left to itself: by ${free} kB`);
      t.ok(steered < free * 0.7 && steered >= least && steered <= most, `steered: by ${steered} kB`);
    }
  },
);

t.test(
  'it may grow by more from when more is asked for than can be drawn until a minute later',
  async (t) => {
    const [crowded, later, calm] = [0, 59, 60].map((looks) => growthOf(20, true, looks)) as [
      number,
      number,
      number,
    ];
    t.ok(crowded > calm + 20_000, `${crowded} kB and not ${calm}`);
    t.ok(later > calm + 20_000, `${later} kB and not ${calm}`);
  },
);
