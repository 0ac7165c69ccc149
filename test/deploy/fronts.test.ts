import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { runNginx } from '../helper/nginx.ts';
import { freePort } from '../helper/ports.ts';
import { endServer, startServer } from '../helper/process.ts';
import { type Service, startService } from '../helper/service.ts';
import { eventually } from '../helper/wait.ts';

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');

const has = (command: string, flag: string): boolean => !spawnSync(command, [flag]).error;

async function temporaryFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-front-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** deploy/nginx/cache.conf as it is, but for its addresses, in front of a service. */
async function startCache(t: Test, service: Service): Promise<string> {
  const [config, folder] = await Promise.all([read('nginx/cache.conf'), temporaryFolder(t)]);
  return runNginx(t, (port) =>
    config
      .replace('/var/cache/nginx/greybox', folder)
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replace('127.0.0.1:3000', `127.0.0.1:${service.port}`),
  );
}

async function ask(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers });
  const { status } = answer;
  await answer.arrayBuffer();
  return { status, proxy: answer.headers.get('x-proxy-cache'), cache: answer.headers.get('x-cache') };
}

/** Requests for pictures that a service has answered. */
async function answered(service: Service): Promise<number> {
  const page = await (await fetch(`${service.url}/metrics`)).text();
  const counts = [...page.matchAll(/^greybox_requests_total\{route="\/image",status="\d+"\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

t.test('nginx with a cache asks once for a new picture, and keeps it', async (t) => {
  const service = await startService(t);
  const origin = await startCache(t, service);
  const crowd = await Promise.all(Array.from({ length: 20 }, () => ask(`${origin}/image/1200x630.avif`)));
  t.strictSame(new Set(crowd.map(({ status }) => status)), new Set([200]));
  t.equal(await answered(service), 1, 'the others waited');
  t.match(await ask(`${origin}/image/1200x630.avif`), { status: 200, proxy: 'HIT' });
  t.equal(await answered(service), 1);

  const refreshed = await ask(`${origin}/image/1200x630.avif`, { 'x-refresh': 'change-this-refresh-secret' });
  t.match(refreshed, { status: 200, proxy: 'BYPASS' }, 'a purged picture is asked for again');
  t.match(await ask(`${origin}/image/1200x630.avif`, { 'x-refresh': 'a guess' }), { proxy: 'HIT' });

  t.equal((await ask(`${origin}/image/0`)).status, 400);
  t.match(await ask(`${origin}/image/0`), { status: 400, proxy: 'MISS' }, 'errors are not kept');
  for (const path of ['/metrics', '/status', '/status.json', '/cache', '/cache/600.400.png'])
    t.equal((await ask(origin + path)).status, 404, `${path} is for operators`);
});

t.test('nginx with a cache answers while greybox is away', async (t) => {
  const service = await startService(t, { env: { CACHE_TTL_SECONDS: '1' } });
  const origin = await startCache(t, service);
  t.match(await ask(`${origin}/image/60x40`), { status: 200, proxy: 'MISS' });
  await service.stop();
  const stale = await eventually('its hour to be over', async () => {
    const answer = await ask(`${origin}/image/60x40`);
    return answer.proxy !== 'HIT' && answer;
  });
  t.equal(stale.status, 200);
  t.match(stale.proxy, /^(?:STALE|UPDATING)$/);
  t.equal((await ask(`${origin}/image/61x40`)).status, 502, 'what it does not have it cannot answer');
});

const noCaddy = has('caddy', 'version') ? false : 'caddy is not installed';

t.test('Caddy balances between instances, and leaves one that has gone', { skip: noCaddy }, async (t) => {
  const folder = await temporaryFolder(t);
  const services = [await startService(t), await startService(t)];
  const port = await freePort();
  const file = join(folder, 'Caddyfile');
  const config = (await read('caddy/Caddyfile'))
    .replace('{$GREYBOX_SITE:localhost}', `http://127.0.0.1:${port}`)
    .replace('{$GREYBOX_INSTANCES:127.0.0.1:3000}', services.map((one) => `127.0.0.1:${one.port}`).join(' '));
  await writeFile(file, `{\n\tadmin off\n\tstorage file_system ${folder}\n}\n${config}`);
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  const caddy = await startServer('caddy', args, /serving initial configuration/);
  t.teardown(() => endServer(caddy));
  const origin = `http://127.0.0.1:${port}`;
  for (let time = 0; time < 10; time += 1) t.equal((await ask(`${origin}/image/60x40`)).status, 200);
  t.equal((await ask(`${origin}/metrics`)).status, 404);
  await services[0]?.stop('SIGKILL');
  for (let time = 0; time < 10; time += 1) t.equal((await ask(`${origin}/image/60x40`)).status, 200);
});

const noSystemd = has('systemd-analyze', '--version') ? false : 'systemd is not installed';

t.test('systemd reads its unit', { skip: noSystemd }, async (t) => {
  const file = join(await temporaryFolder(t), 'greybox.service');
  const verify = async (unit: string) => {
    await writeFile(file, unit);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    return { status, said: stderr.split('\n').filter((line) => line.includes('greybox.service')) };
  };
  const unit = await read('systemd/greybox.service');
  t.strictSame(await verify(unit), { status: 0, said: [] });
  t.match((await verify(unit.replace('ProtectHome=yes', 'ProtectHome=perhaps'))).said, [/perhaps/]);
});
