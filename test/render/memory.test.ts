import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import type { Growth } from './memory-growth.ts';

/** What the container sets for the system's allocator. */
const DOCKERFILE = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
const MALLOC = Object.fromEntries(
  Array.from(DOCKERFILE.matchAll(/\b(MALLOC_\w+)=(\S+)/g), ([, name, value]) => [name, value]),
);

t.setTimeout(120_000);

/** MiB: a process that has drawn for hours stays under it (bench memory); one that keeps what it draws passes it in a minute. */
const MOST = 400;

/** Runs a program of this folder as it would in the container, and gives what it prints. */
async function run(name: string, ...args: readonly string[]): Promise<string> {
  const options = { env: { ...process.env, ...MALLOC }, timeout: 100_000 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=tsx', fileURLToPath(new URL(name, import.meta.url)), ...args],
    options,
  );
  return stdout;
}

t.test('memory does not grow with what threads draw', async (t) => {
  t.equal(Object.keys(MALLOC).length, 2);
  const stdout = await run('memory-growth.ts', '2', '4');
  const { growth, peak } = JSON.parse(stdout) as { growth: readonly Growth[]; peak: number };
  for (const { kind, rss } of growth) t.ok(Math.max(...rss) < MOST, `${kind}: ${rss.join(', ')} MiB`);
  t.ok(peak < MOST, `${peak} MiB at the most`);
});

/** MiB: with as many at a time as there are cores, and no bound in bytes, it was 800. */
const MOST_AT_ONCE = 550;

t.test('on many cores no more are drawn at a time than there is memory for', async (t) => {
  const peak = Number(await run('drawn-at-once.ts', '12', '12'));
  t.ok(peak > 0 && peak < MOST_AT_ONCE, `${peak} MiB at the most`);
});
