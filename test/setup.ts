import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Commands that the tests run, and the Debian package of each. */
const PACKAGES: Readonly<Record<string, string>> = {
  'redis-server': 'redis-server',
  memcached: 'memcached',
  nginx: 'nginx',
  chromium: 'chromium',
  promtool: 'prometheus',
};

/** Folders of servers that a user's PATH often lacks. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The machine that the tests run on. */
export interface Machine {
  /** Folders of commands, as in PATH. */
  readonly path: string;
  readonly isRoot: boolean;
  /** Told what is going to be installed, in one line. */
  readonly say: (line: string) => void;
}

function isOn(path: string, command: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/**
 * Installs without starting what it installs: runlevel(8) says 1 to sysv scripts, and systemctl(1) leaves an offline
 * system's units alone. A machine's own server is then not there to be mistaken for a test's.
 * @returns what apt-get said, where it failed
 */
function aptInstall(packages: readonly string[], path: string): string | undefined {
  const env = {
    ...process.env,
    PATH: path,
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1',
    SYSTEMD_OFFLINE: '1',
  };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, error, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (status !== 0) return error?.message ?? `${stdout}${stderr}`.trimEnd();
  }
  return undefined;
}

/**
 * Finds the commands that the tests need; on Debian, as root, installs those that are missing.
 * @returns what is still missing, what to install, and why that could not be done; undefined where nothing is missing
 */
export function provideServers({ path, isRoot, say }: Machine): string | undefined {
  const missing = (): string[] => Object.keys(PACKAGES).filter((command) => !isOn(path, command));
  const packagesOf = (commands: readonly string[]): string[] =>
    commands.map((command) => PACKAGES[command] as string);
  let failure: string | undefined;
  const packages = packagesOf(missing());
  if (packages.length > 0 && isRoot && isOn(path, 'apt-get')) {
    say(`installing the Debian packages that the tests need: ${packages.join(' ')}`);
    failure = aptInstall(packages, path);
  }
  const still = missing();
  if (still.length === 0) return undefined;
  const advice = `the tests need ${still.join(', ')}: install the Debian packages ${packagesOf(still).join(' ')}, or their like; npm run test:unit needs none`;
  return failure ? `${failure}\n${advice}` : advice;
}

/** Provides this machine; the tests inherit its PATH and find what was found here. @returns see `provideServers` */
export function provideHere(): string | undefined {
  const path = [process.env['PATH'], ...SYSTEM_FOLDERS].filter(Boolean).join(delimiter);
  process.env['PATH'] = path;
  const isRoot = process.getuid?.() === 0;
  return provideServers({ path, isRoot, say: (line) => void process.stderr.write(`${line}\n`) });
}
