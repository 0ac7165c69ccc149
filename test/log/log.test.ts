import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { freePort } from '../helper/ports.ts';
import { startService } from '../helper/service.ts';
import { eventually } from '../helper/wait.ts';
import { type Ask, connection, startWorkers } from '../helper/workers.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Starts the service with its log where a test wants it, and waits until it answers. */
async function startWith(t: Test, stdout: 'pipe' | number, env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: { PATH: process.env['PATH'], PORT: String(port), LOG_REQUESTS: 'on', ...env },
    stdio: ['ignore', stdout, 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const answers = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually('the service', answers);
  const stop = async (): Promise<unknown> => {
    child.kill('SIGTERM');
    return (await once(child, 'exit'))[0];
  };
  return { child, port, stop };
}

/** Asks so often, over one connection. @returns how many answers were not 200 */
async function failures(ask: Ask, times: number, path: string): Promise<number> {
  let failed = 0;
  for (let i = 0; i < times; i += 1) if ((await ask(path)).status !== 200) failed += 1;
  return failed;
}

for (const WORKERS of ['1', '2']) {
  t.test(`a full disk fails no request, and stops nothing: ${WORKERS} workers`, async (t) => {
    const { port, stop } = await startWith(t, openSync('/dev/full', 'w'), { WORKERS });
    t.equal(await failures(connection(t, port), 50, '/image/60x40'), 0);
    t.equal(await stop(), 0, 'SIGTERM drains');
  });
}

t.test('a reader that stalls costs a bound of memory, and is told what it has missed', async (t) => {
  const { child, port, stop } = await startWith(t, 'pipe', {});
  const ask = connection(t, port);
  // Each makes a line that is longer than 8 kB; a mebibyte of them is kept.
  const requests = 600;
  await failures(ask, requests, `/healthz/${'x'.repeat(8192)}`);
  const path = '/image/60x40';
  t.equal(await failures(ask, 5, path), 0);

  const lines: string[] = [];
  createInterface(child.stdout as NodeJS.ReadableStream).on('line', (line) => lines.push(line));
  const told = await eventually('what was lost', async () => {
    await ask(path);
    return lines.find((line) => /lines of this log were lost/.test(line));
  });
  const lost = Number(/(\d+) lines/.exec(told)?.[1]);
  t.ok(lost > requests - 200 && lost < requests, `${lost} of ${requests}`);
  t.ok(
    lines.every((line) => line.startsWith('{') && line.endsWith('}')),
    'no line is torn',
  );
  t.equal(await stop(), 0);
});

t.test('a reader that goes away ends nothing', async (t) => {
  const { child, port, stop } = await startWith(t, 'pipe', {});
  child.stdout?.destroy();
  t.equal(await failures(connection(t, port), 20, '/image/60x40'), 0);
  t.equal(await stop(), 0);
});

t.test('on a terminal: lines for people, the first of them a URL to click', async (t) => {
  const port = await freePort();
  // script(1) runs it on a terminal of its own.
  const child = spawn(
    'script',
    ['--quiet', '--command', `'${process.execPath}' '${CLI}' serve`, '/dev/null'],
    {
      env: { PATH: process.env['PATH'], PORT: String(port), TERM: 'xterm', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = String((await lines.next()).value).trimEnd();
  t.match(first, new RegExp(`^\\d\\d:\\d\\d:\\d\\d Server listening at http://127\\.0\\.0\\.1:${port}$`));
  t.equal((await fetch(/http:\S+/.exec(first)?.[0] ?? '')).status < 500, true);
  child.stdin.end('\u0003');
  t.match(String((await lines.next()).value), /SIGINT: draining/);
  await once(child, 'close');
});

interface Logged {
  readonly level: number;
  readonly reqId: string;
  readonly path: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

t.test('LOG_REQUESTS: one line for each request, without its query', async (t) => {
  const service = await startService(t, { env: { LOG_REQUESTS: 'true' } });
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const requests = [
    ['/image/60x40?text=secret', {}],
    ['/image/60x40?text=secret', { 'x-request-id': 'proxy:7' }],
    ['/image/60x40', { traceparent: `00-${trace}-00f067aa0ba902b7-01`, 'x-request-id': 'proxy:8' }],
    ['/image/0', { 'x-request-id': 'a b"\\u001b[31m' }],
    ['/image/60x42&text=secret', {}],
    ['/image/60x43%3Ftext=secret', {}],
    ['/image/60x41', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
  ] as const;
  for (const [path, headers] of requests) await (await fetch(service.url + path, { headers })).arrayBuffer();
  await service.logged(/"path":"\/image\/60x41"/);
  const logged = service.lines.flatMap((line) => {
    const one = JSON.parse(line) as Logged;
    return one.msg === 'request' ? [one] : [];
  });
  t.match(logged, [
    {
      level: 30,
      method: 'GET',
      path: '/image/60x40',
      status: 200,
      tier: 'miss',
      ms: Number,
      client: '127.0.0.1',
    },
    { status: 200, tier: 'hit-memory', reqId: 'proxy:7' },
    { status: 200, tier: 'miss', reqId: trace },
    { path: '/image/0', status: 400 },
    { path: '/image/60x42' },
    { path: '/image/60x43' },
    { path: '/image/60x41', status: 200 },
  ]);
  t.equal(logged.length, requests.length, 'one each');
  t.notMatch(service.lines.join('\n'), /secret/, 'no query');
  const own = [0, 3, 6].map((index) => logged[index]?.reqId ?? '');
  for (const id of own) t.match(id, /^[\da-f]{12}-\w+$/, 'what is no id is not taken for one');
  t.equal(new Set(own).size, 3);
});

t.test('ids do not repeat across workers', async (t) => {
  const service = await startWorkers(t);
  const [one, other] = await service.pair(2);
  for (const pid of [one, other]) await service.connect(pid);
  for (let i = 0; i < 20; i += 1) await connection(t, service.port)('/healthz');
  const ids = await eventually('all lines', () => {
    const found = service.lines.flatMap((line) => /"reqId":"([^"]+)".*"msg":"request"/.exec(line)?.[1] ?? []);
    return found.length >= 22 && found;
  });
  t.equal(new Set(ids).size, ids.length);
  t.equal(new Set(ids.map((id) => id.split('-')[0])).size, 2, 'of two workers');
});
