import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

t.setTimeout(120_000);

/** MiB that a process may gain while it draws 8,000 pictures after the first 2,000. */
const MOST = 32;

t.test('10,000 pictures of a program leave its memory flat', async (t) => {
  const program = fileURLToPath(new URL('./own-pictures.ts', import.meta.url));
  const args = ['--import=tsx', program, '5', '2000'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 110_000 });
  const rss = JSON.parse(stdout) as number[];
  t.ok((rss.at(-1) ?? 0) - (rss[0] ?? 0) < MOST, `${rss.join(', ')} MiB`);
});
