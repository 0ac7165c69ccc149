import t from 'tap';
import { testApp } from '../../helper/app.ts';
import { freePort } from '../../helper/ports.ts';
import { runCli, startService } from '../../helper/service.ts';
import { eventually } from '../../helper/wait.ts';

const TOKEN = 's3cret';
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

t.test('without it, one port answers all', async (t) => {
  const app = await testApp(t, { ADMIN_TOKEN: TOKEN });
  t.equal(app.ops, undefined);
  for (const url of ['/metrics', '/status.json', '/healthz', '/readyz', '/image/60x40'])
    t.equal((await app.inject(url)).statusCode, 200, url);
});

t.test('with it, pictures and the routes of operators are apart', async (t) => {
  const app = await testApp(t, { OPS_PORT: '0', ADMIN_TOKEN: TOKEN });
  const { ops } = app;
  if (!ops) return void t.fail('there is no second server');
  await ops.ready();
  t.equal((await app.inject('/image/60x40')).statusCode, 200);
  for (const url of ['/metrics', '/status.json']) {
    t.match((await app.inject(url)).json(), { status: 404, code: 'not-found' }, `${url} at PORT`);
    t.equal((await ops.inject(url)).statusCode, 200, `${url} at OPS_PORT`);
  }
  for (const url of ['/healthz', '/readyz'])
    for (const one of [app, ops]) t.equal((await one.inject(url)).statusCode, 200, url);

  const page = (await ops.inject('/status')).body;
  t.notMatch(page, /href="\/(?:docs|openapi.json|llms.txt)?"/, 'no link leads to a page that is not here');
  for (const [, path = ''] of page.matchAll(/(?:href|src)="(\/[^"]*)"/g))
    t.equal((await ops.inject(path)).statusCode, 200, path);
  const [, base] = /data-base="(\/[^"]+)"/.exec(page) ?? [];
  const [{ path }] = (await ops.inject('/status.json')).json().pictures;
  t.equal((await ops.inject(`${base}${path}`)).headers['content-type'], 'image/png', 'thumbnails are here');

  const url = '/cache/60.40.png';
  t.equal(
    (await app.inject({ method: 'DELETE', url, headers: AUTHORIZED })).statusCode,
    404,
    'no such route there',
  );
  t.equal((await app.inject('/image/60x40')).headers['x-cache'], 'hit-memory', 'it was not purged');
  t.match((await ops.inject({ method: 'DELETE', url })).json(), { status: 401 });
  t.match((await ops.inject({ method: 'DELETE', url, headers: AUTHORIZED })).json(), { purged: 1 });

  const picture = (await ops.inject('/image/60x40')).json();
  t.match(picture, { status: 404, code: 'not-found', detail: /this port answers \/metrics, .*PORT/ });
  t.match((await ops.inject('/metrics')).body, /greybox_requests_total\{route="\/image",status="200"\} 3\n/);
});

for (const WORKERS of ['1', '2']) {
  t.test(`both listen, on one or several processes: ${WORKERS}`, async (t) => {
    const opsPort = await freePort();
    const env = { WORKERS, OPS_PORT: String(opsPort), DRAIN_SECONDS: '1' };
    const service = await startService(t, { env });
    await service.logged(new RegExp(`Metrics and status at http://127\\.0\\.0\\.1:${opsPort}`));
    t.equal((await fetch(`${service.url}/image/60x40`)).status, 200);
    t.equal((await fetch(`${service.url}/metrics`)).status, 404);
    const metrics = async () => (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
    t.match(await metrics(), /^greybox_renders_total\{format="png"\} 1$/m);
    const headers = { connection: 'close' };
    for (let i = 0; i < 10; i += 1) await fetch(`${service.url}/image/61x40`, { headers });
    const seen = new Set<string>();
    for (let i = 0; i < 4; i += 1) {
      const status = await fetch(`http://127.0.0.1:${opsPort}/status.json`, { headers });
      const { state, pictures } = (await status.json()) as { state: string; pictures: { hits: number }[] };
      seen.add(JSON.stringify([state, pictures[0]]));
    }
    const [[state, top]] = Array.from(seen, (one) => JSON.parse(one));
    t.match([seen.size, state, top.key], [1, 'ready', '61.40.png'], 'whichever worker answers');
    t.ok(top.hits >= 10 - Number(WORKERS), `the hits of all workers: ${top.hits}`);
    const ended = service.stop();
    await eventually('unready', async () => {
      const { status } = await fetch(`http://127.0.0.1:${opsPort}/readyz`);
      return status === 503;
    });
    t.equal(await ended, 0);
    await t.rejects(metrics(), 'and goes with the service');
  });
}

t.test('a port that is taken, or that is PORT', async (t) => {
  const { port } = await startService(t);
  const taken = { PORT: '0', OPS_PORT: String(port) };
  const refused = await runCli(t, ['serve'], { ...taken, LOG_LEVEL: 'silent' });
  t.match(refused, { code: 1, stdout: '', stderr: /^greybox: .*EADDRINUSE.* OPS_PORT or --ops-port: .*\n$/ });
  const same = await runCli(t, ['serve', '--ops-port', '3000'], { PORT: '3000' });
  t.same(same, {
    code: 2,
    stdout: '',
    stderr: 'greybox: --ops-port must be another port than PORT, got 3000\n',
  });
});
