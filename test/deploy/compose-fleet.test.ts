import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import t from 'tap';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { freePort } from '../helper/ports.ts';
import { endServer, startServer } from '../helper/process.ts';
import { startService } from '../helper/service.ts';
import { eventually } from '../helper/wait.ts';

interface Container {
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly [string, ...string[]];
  readonly entrypoint?: readonly string[];
  readonly networks?: { readonly fleet?: { readonly ipv4_address: string } };
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

const text = await readFile(new URL('../../compose.fleet.yaml', import.meta.url), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Container>> };
const named = (pattern: RegExp): Container[] =>
  Object.entries(services).flatMap(([name, container]) => (pattern.test(name) ? [container] : []));
const greyboxes = named(/^greybox-\d$/);
const nodes = named(/^redis-\d$/);

t.test('three replicas with settings that greybox has, behind one port', async (t) => {
  t.equal(greyboxes.length, 3);
  const known = Object.values(SETTINGS).flatMap(({ env }) => env as readonly string[]);
  for (const { environment = {}, ports } of greyboxes) {
    t.strictSame(
      Object.keys(environment).filter((name) => !known.includes(name)),
      [],
    );
    t.equal(ports, undefined);
    t.ok(readConfig({ env: environment }).drainSeconds < 5);
  }
  t.strictSame(services['proxy']?.ports, ['3000:3000']);
  const config = await readFile(new URL('../../deploy/nginx/fleet.conf', import.meta.url), 'utf8');
  const upstreams = [...config.matchAll(/server (greybox-\d):3000/g)].map(([, name]) => name);
  t.strictSame(upstreams, ['greybox-1', 'greybox-2', 'greybox-3']);
});

t.test('its Redis nodes become a cluster that greybox uses', async (t) => {
  t.equal(nodes.length, 6);
  const folder = await mkdtemp(join(tmpdir(), 'greybox-compose-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  // What Docker's network gives them becomes a port of the loopback.
  const ports = new Map<string, number>();
  for (const { command, networks, volumes } of nodes) {
    const [program, ...args] = command ?? [''];
    t.match(volumes?.[0], /:\/data$/, 'what it knows of the cluster outlives it');
    const [port, bus] = [await freePort(), await freePort()];
    ports.set(networks?.fleet?.ipv4_address ?? '', port);
    const own = ['--port', port, '--cluster-port', bus, '--bind', '127.0.0.1'];
    const files = ['--dir', folder, '--cluster-config-file', `nodes-${port}.conf`];
    const server = await startServer(program, [...args, ...own.map(String), ...files], /ready to accept/i);
    t.teardown(() => endServer(server));
  }
  const here = (words: string): string => {
    const joined = [...ports].reduce(
      (all, [address, port]) => all.replaceAll(`${address}:6379`, `127.0.0.1:${port}`),
      words,
    );
    const [[first = '', port] = []] = ports;
    return joined.replaceAll(`-h ${first} -p 6379`, `-h 127.0.0.1 -p ${port}`);
  };
  const [shell = '', flag = '', script = ''] = services['redis-join']?.entrypoint ?? [];
  const joining = spawn(shell, [flag, here(script)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [joining.stdout, joining.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  t.strictSame(await once(joining, 'close'), [0, null], said);
  const again = spawnSync(shell, [flag, here(script)], { encoding: 'utf8' });
  t.strictSame([again.status, again.stdout], [0, ''], 'it joins them once only');

  const url = here(greyboxes[0]?.environment?.['CACHE_URL'] ?? '');
  t.strictSame(new URL(url.split(',')[0] ?? '').protocol, 'redis+cluster:');
  const one = new Redis([...ports.values()][0] as number, '127.0.0.1');
  t.teardown(() => one.disconnect());
  const replicas = async () => String(await one.call('cluster', 'nodes')).match(/\bslave\b/g)?.length === 3;
  t.ok(await eventually('three replicas', replicas));
  const [a, b] = [
    await startService(t, { env: { CACHE_URL: url } }),
    await startService(t, { env: { CACHE_URL: url } }),
  ];
  for (let width = 60; width < 70; width += 1) {
    await (await fetch(`${a.url}/image/${width}x40`)).arrayBuffer();
    await eventually('the other to find it', async () => {
      const answer = await fetch(`${b.url}/image/${width}x40?v=${Math.random()}`);
      await answer.arrayBuffer();
      return answer.headers.get('x-cache') !== 'miss';
    });
  }
});
