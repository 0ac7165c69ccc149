import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { freePort } from '../helper/ports.ts';

t.setTimeout(120_000);

// Somebody who goes through docs/operations.md, "A fleet by hand", block by block.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
const [, part = ''] = /^## A fleet by hand\n(.*?)^## /ms.exec(page) ?? [];
const blocks = [...part.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '');

/** The ports of the page, and of the bus of each Redis, which lies 10,000 higher. */
const PORTS = ['3000', '3001', '3002', '3003', '7001', '7002', '7003'];

/** Free ports in their places. */
async function placed(): Promise<(text: string) => string> {
  const free = new Map<string, string>();
  for (const port of PORTS) {
    let found = 0;
    while (found === 0 || found > 55_000 || [...free.values()].includes(String(found)))
      found = await freePort();
    free.set(port, String(found));
  }
  // What stands in deploy/nginx/fleet.conf stays.
  const written = new RegExp(`(?<!greybox-\\d:|listen )\\b(?:${PORTS.join('|')})\\b`, 'g');
  return (text) => text.replaceAll(written, (port) => free.get(port) ?? port);
}

/** Ends what the blocks have started, by the numbers that they have noted. */
function endAll(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.pid'))) {
    try {
      process.kill(Number(readFileSync(join(folder, name), 'utf8')), 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

async function someone(t: Test) {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-by-hand-'));
  const command = join(folder, 'greybox');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${ROOT}dist/cli.js' "$@"\n`);
  chmodSync(command, 0o755);
  const here = await placed();
  t.teardown(async () => {
    endAll(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  // The machine may be busy with other tests.
  const patient = { REDIS_TIMEOUT_MS: '5000' };
  const env = { PATH: [folder, process.env['PATH']].join(delimiter), GREYBOX: ROOT, ...patient };
  return async (block: string): Promise<string> => {
    const shell = spawn('sh', ['-ec', here(block)], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    // What goes on in the background holds no pipe: its output is in files.
    const [code] = (await once(shell, 'exit')) as [number | null];
    t.equal(code, 0, `${here(block)}\n${said}`);
    return said;
  };
}

t.test('a stranger gets from nothing to a fleet on one machine', async (t) => {
  t.equal(blocks.length, 7);
  const [redis = '', greybox = '', nginx = '', ask = '', purge = '', replace = '', end = ''] = blocks;
  const type = await someone(t);
  t.match(await type(redis), /All 16384 slots covered/);
  t.equal((await type(greybox)).match(/"status":"ready"/g)?.length, 3);
  await type(nginx);
  t.match(await type(ask), /^x-cache: miss\r\n.*x-cache: hit-(?:redis|memory)\r\n$/is);
  t.match(await type(purge), /^\{"purged":1,"key":"600\.400\.png"\}\nx-cache: miss\r\n$/i);
  t.equal(await type(replace), '200\n'.repeat(40));
  await type(end);
});
