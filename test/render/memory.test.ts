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

/** MiB: a process that has drawn for hours stays under it (bench memory); one that keeps what it draws passes it in a minute. */
const MOST = 400;

t.test('memory does not grow with what threads draw', async (t) => {
  t.equal(Object.keys(MALLOC).length, 2);
  const program = fileURLToPath(new URL('./memory-growth.ts', import.meta.url));
  const env = { ...process.env, ...MALLOC };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', program, '2', '5'], {
    env,
    timeout: 100_000,
  });
  const { growth, peak } = JSON.parse(stdout) as { growth: readonly Growth[]; peak: number };
  for (const { kind, rss } of growth) t.ok(Math.max(...rss) < MOST, `${kind}: ${rss.join(', ')} MiB`);
  t.ok(peak < MOST, `${peak} MiB at the most`);
});
