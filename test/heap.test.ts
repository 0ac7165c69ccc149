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

interface Heap {
  /** MB that are kept, more or less. */
  readonly live: number;
  /** MB that were kept until just now. */
  readonly garbage?: number;
  /** Looks since a crowd was last seen. */
  readonly looksSince?: number;
}

/** Fills a heap and has V8 say what it may grow to. */
const fill = ({ live, garbage = 0, looksSince = 60 }: Heap): string => `
  const keep = (megabytes) => Array.from({ length: megabytes * 10_000 }, (_, i) => ({ i, self: [i] }));
  globalThis.kept = keep(${live});
  gc();
  look();
  // In a function of its own: what this one has held is alive until it ends.
  (() => {
    const forNow = keep(${garbage});
    isCrowded = true;
    look();
    isCrowded = false;
    for (let i = 0; i < ${looksSince}; i++) look();
    return forNow.length;
  })();
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

/** What is added to a heap before it is marked again, as V8 says: in kB, the young generation included. */
function growthOf(heap: Heap, isSteered = true): number {
  const said = run(begin(isSteered) + fill(heap), '--expose-gc', '--trace-gc-verbose');
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
    for (const [live, least, most] of [
      [20, 20_000, 60_000],
      [200, 50_000, 125_000],
    ] as const) {
      const [free, steered] = [growthOf({ live }, false), growthOf({ live })];
      t.ok(free > 80_000, `${live} MB, left to itself: by ${free} kB`);
      t.ok(steered < free * 0.7 && steered >= least && steered <= most, `steered: by ${steered} kB`);
    }
  },
);

t.test(
  'it may grow by more from when more is asked for than can be drawn until a minute later',
  async (t) => {
    const calm = growthOf({ live: 20 });
    for (const looksSince of [0, 59]) {
      const crowded = growthOf({ live: 20, looksSince });
      t.ok(crowded > calm + 20_000, `${crowded} kB and not ${calm}`);
    }
  },
);

t.test('by how much it may grow depends on what is alive in it', async (t) => {
  const [clean, full] = [
    growthOf({ live: 20, looksSince: 0 }),
    growthOf({ live: 20, garbage: 20, looksSince: 0 }),
  ];
  t.ok(full > 0.9 * clean, `${full} kB, and ${clean} where it has no garbage`);
});
