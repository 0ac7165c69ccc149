import { join } from 'node:path';
import t, { type Test } from 'tap';
import { freePort } from '../helper/ports.ts';
import { type Env, runCli, type Service, startService } from '../helper/service.ts';
import { startWorkers } from '../helper/workers.ts';

/** The pauses before a new worker that were logged so far, in ms. */
const pauses = ({ lines }: Service): number[] =>
  lines.flatMap((line) => [...line.matchAll(/another starts in (\d+) ms/g)].map(([, ms]) => Number(ms)));

t.test('a worker that dies is replaced, each time a little later', async (t) => {
  const service = await startWorkers(t, { PORT: String(await freePort()) });
  const [old] = await service.pair(2);
  for (let i = 1; i <= 2; i++) {
    const [, young] = await service.pair(1 + i);
    process.kill(young, 'SIGKILL');
    await service.logged(new RegExp(`worker ${young} ended \\(SIGKILL\\)`));
    t.equal((await fetch(`${service.url}/image/6x4`)).status, 200, 'the other one serves');
  }
  const [, youngest] = await service.pair(4);
  for (const pid of [old, youngest]) process.kill(pid, 'SIGKILL');
  for (const pid of await service.pair(6)) {
    const ask = await service.connect(pid);
    t.equal((await ask('/readyz')).status, 200, 'after all have died at once, too');
  }
  for (const [i, pause] of pauses(service).slice(0, 2).entries())
    t.ok(pause >= 100 * 2 ** i && pause <= 200 * 2 ** i, `${pause} ms`);
  t.equal(await service.stop(), 0);
});

t.test('one worker is one process', async (t) => {
  const service = await startService(t, { env: { WORKERS: '1' } });
  t.equal(JSON.parse(await service.logged(/Server listening/)).pid, service.pid);
  t.match(await (await fetch(`${service.url}/status.json`)).json(), { workers: 1 });
});

/** What is printed where no worker can start. */
async function failure(t: Test, env: Env): Promise<[code: number | null, stderr: string]> {
  const { code, stdout, stderr } = await runCli(t, ['serve'], { WORKERS: '2', LOG_LEVEL: 'warn', ...env });
  t.equal(stdout, '');
  return [code, stderr];
}

t.test('what keeps all from starting is said once', async (t) => {
  const { port } = await startService(t);
  const [taken, message] = await failure(t, { PORT: String(port) });
  t.equal(taken, 1);
  t.match(message, new RegExp(`^greybox: .*EADDRINUSE.* PORT or --port: .*\\b${port}\\n$`));
  t.match(await failure(t, { PORT: 'x' }), [2, /^greybox: PORT must be .*, got x\n$/]);
  t.match(await failure(t, { WORKERS: 'many' }), [2, /^greybox: WORKERS must be auto or .*, got many\n$/]);
});

/** Has a Node lack SQLite. */
const NO_SQLITE = `
  const Module = require('node:module');
  const load = Module._load;
  Module._load = (name, ...rest) => {
    if (/sqlite|libsql/.test(name)) throw new Error('there is none');
    return load(name, ...rest);
  };`;

t.test('and so is a setting that only a worker can judge', async (t) => {
  const file = join(t.testdir({ 'no-sqlite.cjs': NO_SQLITE }), 'no-sqlite.cjs');
  const env = { CACHE_URL: 'sqlite:./cache.db', NODE_OPTIONS: `--require=${file}`, PORT: '0' };
  t.match(await failure(t, env), [2, /^greybox: CACHE_URL: sqlite: needs .*\n$/]);
});
