import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { flagOf, SETTINGS } from '../src/config/settings.ts';
import { runCli, startService } from './helper/service.ts';

t.test('--help names every setting, on stdout', async (t) => {
  for (const args of [
    ['--help'],
    ['-h'],
    ['serve', '-h'],
    ['serve', '--help'],
    ['serve', '--port', '0', '--help'],
  ]) {
    const { code, stdout, stderr } = await runCli(t, args);
    t.same([code, stderr], [0, ''], args.join(' '));
    for (const setting of Object.values(SETTINGS)) {
      t.match(stdout, new RegExp(`--${flagOf(setting)} `));
      for (const name of setting.env) t.match(stdout, new RegExp(`\\b${name}\\b`));
    }
  }
});

t.test("--version is the package's", async (t) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  t.same(await runCli(t, ['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
});

t.test('what is no command', async (t) => {
  const table = [
    [[], /^greybox: a command is missing; it must be one of .*\bserve\b/],
    [['sevre'], /^greybox: unknown command sevre; it must be one of .*\bserve\b/],
    [['serv'], /^greybox: unknown command serv; .*; did you mean serve\?$/m],
    [['constructor'], /^greybox: unknown command constructor/],
    [['--port', '1'], /^greybox: unknown command --port; .* greybox serve --port/],
  ] as const;
  for (const [args, message] of table) {
    const { code, stdout, stderr } = await runCli(t, args);
    t.same([code, stdout], [2, ''], args.join(' '));
    t.match(stderr, message);
    t.match(stderr, /Usage: greybox/);
  }
});

t.test('wrong settings are all named, and nothing listens', async (t) => {
  const env = {
    PORT: 'abc',
    RENDER_QUEUE: '-1',
    REDIS_URL: 'http://:secret@a',
    LOG_LEVEL: 'loud',
    HOST: 'x86_64-conda-linux-gnu',
    DIALECT: 'nobody.example',
  };
  const given = ['--max-dimension=0', '--colour', 'red', 'extra', '--memory-cache-mb', '1.5'];
  const args = ['serve', ...given, '--rate-limit', '-1', '--cdn-max-age', '-5', '--workers'];
  const { code, stdout, stderr } = await runCli(t, args, env);
  t.same([code, stdout], [2, '']);
  for (const name of [
    'PORT',
    'RENDER_QUEUE',
    'REDIS_URL',
    'LOG_LEVEL',
    'HOST',
    'DIALECT must be one of .*placehold.co, .*, got nobody.example',
    '--rate-limit must be .*, got -1',
    '--workers must be .*, got nothing',
    '--cdn-max-age must be .*, got -5',
    '--max-dimension',
    '--colour',
    'extra',
  ])
    t.match(stderr, new RegExp(`^greybox: .*${name}\\b`, 'm'), name);
  t.match(stderr, /^greybox: --memory-cache-mb must be an integer from 0 to \d+, got 1\.5$/m);
  t.match(stderr, /^greybox: PORT must be an integer from 0 to 65535, got abc$/m);
  t.notMatch(stderr, /secret|^\s+at /m, 'no password, no stack');
  for (const line of stderr.trimEnd().split('\n')) t.match(line, /^greybox: \S/, 'one line for each');
});

t.test('a flag wins over a variable', async (t) => {
  const service = await startService(t, { env: { MAX_DIMENSION: '10' }, args: ['--max-dimension', '20'] });
  t.equal((await fetch(`${service.url}/image/20`)).status, 200);
  t.match(await (await fetch(`${service.url}/image/21`)).json(), { detail: /from 1 to 20, got 21$/ });
});

t.test('a port that is taken, or that may not be taken', async (t) => {
  const { port } = await startService(t);
  const { code, stdout, stderr } = await runCli(t, ['serve'], { PORT: String(port), LOG_LEVEL: 'warn' });
  t.same([code, stdout], [1, '']);
  t.match(stderr, new RegExp(`^greybox: .*EADDRINUSE.* PORT or --port.*\\b${port}\\n$`), 'one line');
});

const FOREIGN = ['203.0.113.1', '2001:db8::1', 'x86_64-conda-linux-gnu', 'nowhere.invalid'];
const NO_HOST = ['http://localhost', 'localhost:3000', '[::1', '[127.0.0.1]', '[::1]:3000', 'a b'];

for (const host of [...FOREIGN, ...NO_HOST]) {
  t.test(`HOST=${host}: no address of this machine`, async (t) => {
    for (const [name, args, env] of [
      ['HOST', [], { HOST: host, PORT: 'x' }],
      ['--host', ['--host', host], { PORT: 'x', WORKERS: '2' }],
    ] as const) {
      const { code, stdout, stderr } = await runCli(t, ['serve', ...args], env);
      t.same([code, stdout], [2, '']);
      const [port, fault, ...more] = stderr.trimEnd().split('\n').sort().reverse();
      t.match(port, /^greybox: PORT must be/, 'with all other faults');
      t.match(fault, new RegExp(`^greybox: ${name} must be an address of this machine`));
      t.match([fault?.includes(host), more], [true, []]);
    }
  });
}

for (const [host, shown] of [
  ['[::1]', '[::1]'],
  ['::1', '[::1]'],
  ['127.0.0.2', '127.0.0.2'],
  ['localhost', '(127.0.0.1|[::1])'],
] as const) {
  t.test(`HOST=${host} is listened on`, async (t) => {
    const { url } = await startService(t, { env: { HOST: host } });
    t.match(url, new RegExp(`^http://${shown.replaceAll(/[[\].]/g, '\\$&')}:\\d+$`));
    t.equal((await fetch(`${url}/healthz`)).status, 200);
  });
}

t.test('health: 0 where the service is alive, else 1', async (t) => {
  const { port, stop } = await startService(t, { env: { HOST: '127.0.0.2' } });
  const env = { HOST: '127.0.0.2', PORT: String(port) };
  t.same(await runCli(t, ['health'], env), { code: 0, stdout: '', stderr: '' });
  t.equal((await runCli(t, ['health', '--port', String(port)], { HOST: '127.0.0.2' })).code, 0, 'as flags');
  t.equal((await runCli(t, ['health'], { ...env, MAX_PIXELS: 'x' })).code, 0, 'other settings do not matter');
  await stop();
  const dead = await runCli(t, ['health'], env);
  t.equal(dead.code, 1);
  t.match(dead.stderr, /^greybox: http:\/\/127\.0\.0\.2:\d+\/healthz does not answer: .*ECONNREFUSED.*\n$/);
  t.match(await runCli(t, ['health', '--colour'], env), {
    code: 2,
    stderr: 'greybox: unknown flag --colour\n',
  });
});

t.test('health: port 0 is no port to ask', async (t) => {
  const fault = 'must be the port of a running service, from 1 to 65535, got 0\n';
  for (const [name, args, port] of [
    ['--port', ['--port', '0'], '3000'],
    ['--port', ['--port=00'], '3000'],
    ['PORT', [], '0'],
  ] as const) {
    const { code, stderr } = await runCli(t, ['health', ...args], { PORT: port });
    t.same([code, stderr], [2, `greybox: ${name} ${fault}`]);
  }
});

t.test('a wrong URL of a store is named by its setting, with all other faults', async (t) => {
  const url = 'redis+sentinel://127.0.0.1:1,127.0.0.1:99999/mymaster';
  for (const [env, args, name] of [
    [{ CACHE_URL: url }, [], 'CACHE_URL'],
    [{ REDIS_URL: url }, [], 'REDIS_URL'],
    [{ CACHE_URL: '', REDIS_URL: url }, [], 'REDIS_URL'],
    [{ REDIS_URL: 'redis://127.0.0.1:1' }, ['--cache-url', url], '--cache-url'],
    [{ REDIS_URL: url, WORKERS: '2' }, [], 'REDIS_URL'],
  ] as const) {
    const { code, stderr } = await runCli(t, ['serve', ...args], { ...env, PORT: '0', MAX_PIXELS: 'x' });
    t.equal(code, 2);
    const names = stderr.match(/(?<=^greybox: )\S+(?= must be )/gm);
    t.strictSame(names?.sort(), [name, 'MAX_PIXELS'].sort());
  }
});

t.test('health: a service that listens on all addresses is asked at the loopback', async (t) => {
  for (const host of ['0.0.0.0', '::', '[::]']) {
    const { port } = await startService(t, { env: { HOST: host } });
    t.equal((await runCli(t, ['health'], { HOST: host, PORT: String(port) })).code, 0, host);
  }
});

t.test('health: an answer that is not well is none', async (t) => {
  const server = createServer((_request, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  t.match(await runCli(t, ['health'], { PORT: String(port) }), { code: 1, stderr: /answered 503/ });
});
