import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { provideServers } from './setup.ts';

/** An apt-get whose packages are copies of itself; it has no chromium. */
const APT_GET = `#!/bin/sh
echo "$2" >> "$0.log"
for name in "$@"; do
  case "$name" in
    prometheus) /bin/cp "$0" "\${0%/*}/promtool" ;;
    redis-server | memcached | nginx) /bin/cp "$0" "\${0%/*}/$name" ;;
    chromium) echo "E: Unable to locate package chromium" >&2; exit 100 ;;
  esac
done`;

/** A machine that has only these commands, and what it was told. */
function machine(t: Test, ...commands: string[]) {
  const path = t.testdir(Object.fromEntries(commands.map((command) => [command, APT_GET])));
  for (const command of commands) chmodSync(join(path, command), 0o755);
  const said: string[] = [];
  return { path, said, say: (line: string) => void said.push(line) };
}

const ALL = ['redis-server', 'memcached', 'nginx', 'chromium', 'promtool'];

t.test('where nothing is missing, nothing is done or said', async (t) => {
  const { said, ...one } = machine(t, ...ALL, 'apt-get');
  t.equal(provideServers({ ...one, isRoot: true }), undefined);
  t.strictSame(said, []);
});

t.test('root on Debian: what is missing is installed, in one line, once', async (t) => {
  const { said, ...one } = machine(t, 'apt-get', 'chromium', 'nginx');
  t.equal(provideServers({ ...one, isRoot: true }), undefined);
  t.strictSame(said, [
    'installing the Debian packages that the tests need: redis-server memcached prometheus',
  ]);
  t.equal(provideServers({ ...one, isRoot: true }), undefined);
  t.equal(said.length, 1, 'the next run finds them');
  t.equal(readFileSync(join(one.path, 'apt-get.log'), 'utf8'), 'update\ninstall\n');
});

t.test('an installation that fails says why, and what is missing', async (t) => {
  const { said, ...one } = machine(t, 'apt-get', 'redis-server', 'memcached', 'nginx', 'promtool');
  const fault = provideServers({ ...one, isRoot: true });
  t.match(fault, /^E: Unable to locate package chromium\nthe tests need chromium: install/);
  t.equal(said.length, 1);
});

t.test('elsewhere one line names what is missing', async (t) => {
  const missing = ['redis-server', 'memcached', 'nginx', 'chromium', 'promtool'].join(', ');
  for (const [commands, isRoot] of [
    [[], true],
    [['apt-get'], false],
  ] as const) {
    const { said, ...one } = machine(t, ...commands);
    const fault = provideServers({ ...one, isRoot });
    t.match(fault, `the tests need ${missing}: install the Debian packages redis-server memcached`);
    t.match(fault, /npm run test:unit needs none$/);
    t.strictSame([said, fault?.includes('\n')], [[], false]);
  }
});
