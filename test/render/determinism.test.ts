import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { FONT_NAMES } from '../../src/options/font-table.ts';
import { hashAll, PICTURES } from './fresh-renders.ts';

/** Labels of so many sizes and strengths that their glyphs push out whatever was drawn before. */
const MANY_GLYPHS = Array.from({ length: 340 }, (_, i) => ({
  width: 2000,
  height: 200 + i,
  fg: ((i % 8) * 2).toString(16).repeat(3),
}));

const FRESH = new URL('./fresh-renders.ts', import.meta.url);

/** Labels of every family and script, to have all fonts loaded. */
const OTHERS = [
  ...FONT_NAMES.map((font) => ({ width: 90, height: 60, font, text: 'Aa Ǻ Ж Ω ế', weight: 900 })),
  ...[
    '漢字',
    '漢字かな',
    '漢字 한글',
    'ไทย',
    'नमस्ते',
    'বাংলা',
    'தமிழ்',
    'ქართ',
    'Հայ',
    'مرحبا',
    'שלום',
    '∑ ☃ ⚙',
    '👍🏽',
  ].map((text) => ({ width: 90, height: 60, text })),
];

/** Says which pictures differ. */
function differing(a: readonly string[], b: readonly string[]): string[] {
  return PICTURES.filter((_, i) => a[i] !== b[i]).map((options) => JSON.stringify(options));
}

t.test('the same options give the same bytes', async (t) => {
  const first = await hashAll();
  t.equal(new Set(first).size, PICTURES.length, 'pictures differ from each other');

  t.strictSame(differing(await hashAll(), first), [], 'again');
  await hashAll(OTHERS);
  t.strictSame(differing(await hashAll(), first), [], 'after labels of all families and scripts');
  await hashAll(MANY_GLYPHS);
  const backwards = (await hashAll([...PICTURES].reverse())).reverse();
  t.strictSame(differing(backwards, first), [], 'in another order, after many glyphs');

  const args = ['--import=tsx', fileURLToPath(FRESH), 'fresh'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  t.strictSame(differing(JSON.parse(stdout), first), [], 'in a fresh process');

  // A loader of TypeScript that is named on the command line is none to a thread.
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(FRESH.href)}); })`;
  const worker = new Worker(load, { eval: true });
  const [hashes] = await once(worker, 'message');
  await worker.terminate();
  t.strictSame(differing(hashes, first), [], 'in a thread');
});

/** Cores that a process may use, and what decides how many threads sharp's encoders take. */
const MACHINES: readonly (readonly [
  cores: string,
  allocator: Record<string, string>,
  who: 'fresh' | 'server',
])[] = [
  ['0', { MALLOC_ARENA_MAX: '2' }, 'fresh'],
  ['0,1', { MALLOC_ARENA_MAX: '2' }, 'fresh'],
  ['0,1', { MALLOC_ARENA_MAX: '2' }, 'server'],
  ['0,1', {}, 'server'],
];

t.test('and on every machine', { skip: process.platform !== 'linux' && 'taskset is of Linux' }, async (t) => {
  const here = await hashAll();
  for (const [cores, allocator, who] of MACHINES) {
    const args = ['-c', cores, process.execPath, '--import=tsx', fileURLToPath(FRESH), who];
    const { MALLOC_ARENA_MAX: _, ...rest } = process.env;
    const { stdout } = await promisify(execFile)('taskset', args, { env: { ...rest, ...allocator } });
    const name = `${who} on cores ${cores} with ${JSON.stringify(allocator)}`;
    t.strictSame(differing(JSON.parse(stdout), here), [], name);
  }
});

t.test('many at once are what each is alone', async (t) => {
  const alone = await hashAll();
  const together = await Promise.all(
    PICTURES.map(async (options) => (await hashAll([options]))[0] as string),
  );
  t.strictSame(differing(together, alone), []);
});
