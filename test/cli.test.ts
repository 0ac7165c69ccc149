import { readFileSync } from 'node:fs';
import t from 'tap';
import { flagOf, SETTINGS } from '../src/config/settings.ts';
import { runCli, startService } from './helper/service.ts';

t.test('--help names every setting, on stdout', async (t) => {
  for (const args of [['--help'], ['serve', '--help'], ['serve', '--port', '0', '--help']]) {
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
    [['constructor'], /^greybox: unknown command constructor/],
    [['--port', '1'], /^greybox: unknown command --port/],
  ] as const;
  for (const [args, message] of table) {
    const { code, stdout, stderr } = await runCli(t, args);
    t.same([code, stdout], [2, ''], args.join(' '));
    t.match(stderr, message);
    t.match(stderr, /Usage: greybox/);
  }
});

t.test('wrong settings are all named, and nothing listens', async (t) => {
  const env = { PORT: 'abc', RENDER_QUEUE: '-1', REDIS_URL: 'http://:secret@a', LOG_LEVEL: 'loud' };
  const args = ['serve', '--max-dimension=0', '--colour', 'red', 'extra', '--memory-cache-mb', '1.5'];
  const { code, stdout, stderr } = await runCli(t, args, env);
  t.same([code, stdout], [2, '']);
  for (const name of [
    'PORT',
    'RENDER_QUEUE',
    'REDIS_URL',
    'LOG_LEVEL',
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

t.test('a port that is taken', async (t) => {
  const { port } = await startService(t);
  const { code, stdout, stderr } = await runCli(t, ['serve'], { PORT: String(port), LOG_LEVEL: 'warn' });
  t.same([code, stdout], [1, '']);
  t.match(stderr, new RegExp(`^greybox: .*EADDRINUSE.*\\b${port}\\n$`), 'one line');
});

t.test('an address that is not this machine', async (t) => {
  const { code, stderr } = await runCli(t, ['serve', '--host', '203.0.113.1', '--port', '0']);
  t.equal(code, 1);
  t.match(stderr, /^greybox: .*EADDRNOTAVAIL.*\n$/);
});
