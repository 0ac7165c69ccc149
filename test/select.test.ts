import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { select, unitTests } from './select.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

t.test('files and folders of tests, and options', async (t) => {
  const { options, files, unknown } = select(['--bail', 'test/cluster', './test/cli.test.ts'], ROOT);
  t.strictSame([options, unknown], [['--bail'], []]);
  t.ok(files.includes('test/cluster/channel.test.ts') && files.includes('test/cli.test.ts'));
  t.ok(files.every((file) => /^test\/(?:cluster\/\w+|cli)\.test\.ts$/.test(file)));
  t.strictSame(select([], ROOT), { options: [], files: [], unknown: [] });
});

t.test('what is no test file is named', async (t) => {
  const wrong = ['test/nope.test.ts', 'test/run.ts', 'src', 'nope', '7'];
  t.strictSame(select([...wrong, 'test/cli.test.ts'], ROOT).unknown, wrong);
});

t.test('unit tests start no process and draw nothing', async (t) => {
  const files = unitTests(ROOT);
  for (const one of ['test/options/color.test.ts', 'test/cache/circuit-breaker.test.ts'])
    t.ok(files.includes(one), one);
  for (const one of ['cli', 'server', 'cache/redis-store', 'cache/faults', 'http/browser', 'render/pictures'])
    t.notOk(files.includes(`test/${one}.test.ts`), one);
});

/** The runner itself, with neither servers nor a build. */
function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import=tsx', 'test/run.ts', '--unit', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

t.test('a file that is not there is an error that names it', async (t) => {
  const child = run('test/errors.test.ts', 'test/nope.test.ts');
  const [out, error, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ]);
  t.strictSame([out, error, code], ['', 'no such test file: test/nope.test.ts\n', 1]);
});

t.test('a reader that has seen enough ends it without a stack', async (t) => {
  const child = run('test/errors.test.ts');
  child.stdout?.destroy();
  const [error, [code]] = await Promise.all([
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ]);
  t.strictSame([error, code], ['', 141]);
});
