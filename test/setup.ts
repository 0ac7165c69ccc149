import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Commands that the tests start as real servers, and the Debian package of each. */
const SERVERS: Readonly<Record<string, string>> = {
  'redis-server': 'redis-server',
  memcached: 'memcached',
  nginx: 'nginx',
  chromium: 'chromium',
  promtool: 'prometheus',
};

/** Folders of servers that a user's PATH often lacks. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

const missing = (): string[] => Object.keys(SERVERS).filter((command) => !onPath(command));

/**
 * Installs without starting what it installs: runlevel(8) says 1 to sysv scripts, and systemctl(1) leaves an offline
 * system's units alone. A machine's own server is then not there to be mistaken for a test's.
 */
function aptInstall(packages: readonly string[]): void {
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1',
    SYSTEMD_OFFLINE: '1',
  };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    // Its output goes to stderr: stdout is the tests'.
    const { status } = spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] });
    if (status !== 0) return;
  }
}

/**
 * Finds the servers that the tests need; on Debian, as root, installs those that are missing.
 * @returns one line that says what is still missing and what to install, or undefined
 */
export function provideServers(): string | undefined {
  // The tests inherit it, and find what is found here.
  process.env['PATH'] = [process.env['PATH'], ...SYSTEM_FOLDERS].filter(Boolean).join(delimiter);
  const packages = (): string[] => missing().map((command) => SERVERS[command] as string);
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    aptInstall(packages());
  const still = missing();
  if (still.length === 0) return undefined;
  return `the tests need ${still.join(', ')}: install the Debian packages ${packages().join(' ')}, or their like`;
}
