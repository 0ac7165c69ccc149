import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { startMemcached } from '../../helper/memcached.ts';
import { startRedis } from '../../helper/redis.ts';

const SCRIPT = fileURLToPath(new URL('./full.ts', import.meta.url));

/** Runs a command in which a folder is a disk of 8 MB, as root or as whoever may be root of a namespace of their own. */
const namespace = ['-m', ...(process.getuid?.() === 0 ? [] : ['-r'])];
const hasDisks = spawnSync('unshare', [...namespace, 'true']).status === 0;

async function output(program: string, args: readonly string[]): Promise<Record<string, unknown>> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(child, 'close');
  return JSON.parse(text);
}

const fill = (url: string, bytes: number): string[] => ['--import=tsx', SCRIPT, url, String(bytes)];

async function fillDisk(t: Test, url: (folder: string) => string, bytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-full-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const command = 'mount -t tmpfs -o size=8m none "$0" && exec "$@"';
  return output('unshare', [
    ...namespace,
    'sh',
    '-c',
    command,
    folder,
    process.execPath,
    ...fill(url(folder), bytes),
  ]);
}

const DISKS = {
  file: (folder: string) => `file:${folder}`,
  sqlite: (folder: string) => `sqlite:${folder}/c.db`,
};

for (const [name, url] of Object.entries(DISKS)) {
  for (const bytes of [3000, 30_000]) {
    const title = `a purge makes room on a full disk: ${name}, values of ${bytes} bytes`;
    t.test(title, { skip: !hasDisks && 'unshare cannot make a disk here' }, async (t) => {
      const found = await fillDisk(t, url, bytes);
      t.match(found, { refused: /no space|full/, heldBefore: 1, one: true, again: true });
      t.ok(Number(found['all']) >= Number(found['made']) - 2, `${found['all']} of ${found['made']} removed`);
      t.equal(found['heldAfter'], 0, 'the other instance was told');
    });
  }
}

t.test('a purge makes room in a full server: Redis', async (t) => {
  const { url } = await startRedis(t, { maxmemory: '12mb', 'maxmemory-policy': 'noeviction' });
  const found = await output(process.execPath, fill(url, 30_000));
  t.match(found, { refused: /OOM/, heldBefore: 1, one: true, heldAfter: 0, again: true });
});

t.test('a purge makes room in a full server: memcached', async (t) => {
  const { url } = await startMemcached(t, ['-M', '-m', '20']);
  const found = await output(process.execPath, fill(url, 30_000));
  t.match(found, { refused: /out of memory/, heldBefore: 1, one: true, heldAfter: 0, again: true });
});
