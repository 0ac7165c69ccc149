import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { readConfig } from '../src/config/config.ts';
import { SETTINGS } from '../src/config/settings.ts';
import { build, ignored, leaveOut, only, parseDockerfile, read, run } from './helper/dockerfile.ts';
import { runNginx } from './helper/nginx.ts';
import { endServer, startServer } from './helper/process.ts';

// There need be no Docker where this runs: the Dockerfile's steps are carried out in plain folders, one per stage, and
// what they make is run as the container would run it.

const stages = parseDockerfile(read('Dockerfile'));
const last = stages.at(-1)?.instructions ?? [];
const argsOf = (name: string): string => last.findLast((one) => one.name === name)?.args ?? '';
const port = String(SETTINGS.port.fallback);
const health = JSON.parse(/ CMD (\[.*\])$/.exec(argsOf('HEALTHCHECK'))?.[1] ?? '[]') as string[];

t.test('the image is made for a service', async (t) => {
  t.match(stages[0]?.base, /^node:\d+-\w+-slim$/, 'glibc, a pinned major version');
  t.match(argsOf('USER'), /^[1-9]\d*:[1-9]\d*$/, 'not root, and a number: Kubernetes knows no names');
  t.match(
    argsOf('RUN'),
    `install -d -o ${argsOf('USER').replace(':', ' -g ')} /var/cache/`,
    'a folder to write',
  );
  t.equal(argsOf('EXPOSE'), port);
  t.match(argsOf('ENV').split(' '), new Set(['NODE_ENV=production', 'HOST=0.0.0.0']));
  t.notMatch(health.join(' '), /node/, 'no start of Node every few seconds');
  const version = /^node:(\d+)/.exec(stages[0]?.base ?? '')?.[1];
  t.ok(Number(version) >= 20 && Number(version) % 2 === 0, 'an LTS line');
});

t.test('only what the build needs goes to the engine', async (t) => {
  for (const path of ['node_modules/tap', '.git/HEAD', '.env', 'dist/cli.js', 'test/docker.test.ts']) {
    t.ok(ignored(path), path);
  }
  t.notOk(ignored('src/http/ops.ts'));
});

/**
 * A folder outside the project: inside, Node would find what is missing in the project's own node_modules; and the path
 * of a socket may have only about a hundred characters.
 */
async function temporaryFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts what the image starts, on a free port of the loopback. */
async function startImage(t: Test, folder: string) {
  const settings = Object.fromEntries(
    argsOf('ENV')
      .split(' ')
      .map((one) => one.split('=')),
  );
  const command: string[] = [...JSON.parse(argsOf('ENTRYPOINT')), ...JSON.parse(argsOf('CMD'))];
  const args = only({ ...settings, HOST: '127.0.0.1', PORT: '0' }, command);
  const child = spawn('env', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => endServer(child));
  for await (const line of createInterface(child.stdout)) {
    const found = /listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (found) return { child, port: found };
  }
  throw new Error('it ended before it listened');
}

t.test('the stages make a service that runs, answers its health check, and drains on SIGTERM', async (t) => {
  const folder = await build(stages, await temporaryFolder(t));
  t.same(readdirSync(folder).sort(), ['LICENSE', 'dist', 'licences.md', 'node_modules', 'package.json']);
  t.notOk(existsSync(join(folder, 'node_modules/tap')), 'no development dependency');
  const { child, port: free } = await startImage(t, folder);
  child.stdout.resume();

  const check = only({ HOST: '0.0.0.0', PORT: free }, health);
  await t.resolves(run('env', check), 'healthy');
  const image = await fetch(`http://127.0.0.1:${free}/image/600x400`);
  t.match(image.headers.get('content-type'), 'image/png');
  t.ok((await image.arrayBuffer()).byteLength > 1000);

  child.kill('SIGTERM');
  t.same(await once(child, 'exit'), [0, null]);
  await t.rejects(run('env', check), { code: 1 }, 'unhealthy');
  await t.test('it has all fonts and emoji', (t) => drawsEverything(t, folder));
});

/** Draws texts with the library of an image, in a process of its own. */
async function draw(folder: string, ...texts: string[]): Promise<string[]> {
  const program = `
    import { renderPlaceholder } from './dist/index.js';
    for (const text of process.argv.slice(1)) {
      const { body } = await renderPlaceholder({ width: 200, height: 100, text });
      console.log(body.toString('base64'));
    }`;
  const args = only({}, ['node', '--input-type=module', '--eval', program, ...texts]);
  return (await run('env', args, { cwd: folder })).stdout.trim().split('\n');
}

/** What each optional package draws, as README says, and U+FFFD where it was deleted. */
async function drawsEverything(t: Test, folder: string): Promise<void> {
  const texts = ['汉字', '繁體', 'かな', '한글', 'ᏣᎳ', '‽℗', '😀!', '👩‍👩‍👧!'];
  const missing = ['\uFFFD\uFFFD', '\uFFFD!'];
  const [unknown, unknownEmoji, ...drawn] = await draw(folder, ...missing, ...texts);
  t.equal(new Set([unknown, unknownEmoji, ...drawn]).size, 2 + texts.length);
  await run('env', only({}, ['sh', '-c', leaveOut('basic')]), { cwd: folder });
  const bare = await draw(folder, ...texts);
  t.strictSame(bare, [...Array(texts.length - 2).fill(unknown), unknownEmoji, unknownEmoji]);
}

interface Service {
  readonly image: string;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly environment?: Record<string, string>;
  readonly depends_on?: string[];
  readonly command?: string[];
  readonly healthcheck?: { readonly test: string[] };
}

const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> };

t.test('compose.yaml gives greybox settings that it has, and a shared tier', async (t) => {
  const { environment = {}, ports, depends_on = [] } = services['greybox'] ?? {};
  const names = Object.values(SETTINGS).flatMap(({ env }) => env);
  t.strictSame(
    Object.keys(environment).filter((name) => !names.includes(name)),
    [],
  );
  const { cacheUrl } = readConfig({ env: environment });
  t.strictSame(depends_on, [new URL(cacheUrl ?? '').hostname]);
  t.hasProps(services, depends_on);
  t.equal(ports, undefined, 'a port of the host could be of one replica only');
});

t.test('its proxy publishes the port, and passes requests on to every replica', async (t) => {
  const { ports, volumes = [], depends_on } = services['proxy'] ?? {};
  t.strictSame([ports, depends_on], [[`${port}:${port}`], ['greybox']]);
  const [file = ''] = (volumes[0] ?? '').split(':');
  const config = read(file);
  const backend = createServer(({ url, headers }, response) => response.end(`${url} for ${headers.host}`));
  await once(backend.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => backend.close());
  const { port: behind } = backend.address() as AddressInfo;
  const origin = await runNginx(t, (free) =>
    config
      .replace(`listen ${port};`, `listen 127.0.0.1:${free};`)
      .replace('set $greybox greybox;', 'set $greybox 127.0.0.1;')
      .replace(`http://$greybox:${port};`, `http://$greybox:${behind};`),
  );
  const path = '/image/600x400/%23fff?text=a%2Fb%26c';
  const answer = await fetch(origin + path);
  t.equal(await answer.text(), `${path} for ${new URL(origin).host}`, 'the URL and the host as they came');
});

t.test('its Redis is a bounded cache without a disk, and tells its health', async (t) => {
  const { command: [command = '', ...args] = [], healthcheck } = services['redis'] ?? {};
  const folder = await temporaryFolder(t);
  const socket = join(folder, 'redis.sock');
  const own = ['--port', '0', '--unixsocket', socket, '--dir', folder];
  const redis = await startServer(command, [...args, ...own], /ready to accept connections/i);
  t.teardown(() => endServer(redis));
  const ask = async (...query: string[]): Promise<string> =>
    (await run('redis-cli', ['-s', socket, ...query])).stdout.trim();
  t.equal(await ask('config', 'get', 'maxmemory-policy'), 'maxmemory-policy\nallkeys-lru');
  t.not(await ask('config', 'get', 'maxmemory'), 'maxmemory\n0', 'bounded');
  t.equal(await ask('config', 'get', 'save'), 'save');
  t.equal(await ask('config', 'get', 'appendonly'), 'appendonly\nno');
  const [kind, client, ...query] = healthcheck?.test ?? [];
  t.strictSame([kind, client], ['CMD', 'redis-cli']);
  t.equal(await ask(...query), 'PONG');
});
