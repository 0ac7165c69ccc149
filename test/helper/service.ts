import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

/** The command as it is shipped: tests of the process run what users run. */
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Env = Readonly<Record<string, string>>;

/** A running `greybox serve`. */
export interface Service {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it has printed so far, stdout and stderr, line by line. */
  readonly lines: readonly string[];
  /** The first line that matches, printed already or still to come; rejects where the process ends without it. */
  logged(pattern: RegExp): Promise<string>;
  /** Sends a signal and waits for the end. @returns the exit code, null where the signal killed it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Linux ends the service so where a test is killed and can end nothing itself; others lack it. */
const GUARD = ['setpriv', '--pdeathsig', 'KILL'] as const;
const guard = spawnSync(GUARD[0], [...GUARD.slice(1), 'true']).status === 0 ? GUARD : [];

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Nothing of the environment but the path: settings of whoever runs the tests are not the test's. */
function start(
  args: readonly string[],
  env: Env,
  { cli = CLI, within = [], node = process.execPath }: Pick<ServiceOptions, 'cli' | 'within' | 'node'> = {},
): ChildProcess {
  const command = [...guard, ...within, node, cli, ...args];
  const [program, ...rest] = command as [string, ...string[]];
  const child = spawn(program, rest, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Collects what a process prints, and calls back whoever waits for a line of it. */
function watch(child: ChildProcess): Pick<Service, 'lines' | 'logged'> {
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      for (const check of waiting) check(line);
    });
  }
  const ended = once(child, 'close');
  const logged = (pattern: RegExp): Promise<string> => {
    const found = lines.find((line) => pattern.test(line));
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const check = (line: string): void => {
        if (!pattern.test(line)) return;
        waiting.delete(check);
        resolve(line);
      };
      waiting.add(check);
      ended.then(() => reject(new Error(`it ended without ${pattern}:\n${lines.join('\n')}`)));
    });
  };
  return { lines, logged };
}

export interface ServiceOptions {
  readonly env?: Env;
  readonly args?: readonly string[];
  /** The command of another build. Default: that of dist/. */
  readonly cli?: string;
  /** A program, with its arguments, that becomes the command that follows them. */
  readonly within?: readonly string[];
  /** The program that runs the command. Default: the Node of the tests. */
  readonly node?: string;
}

/** Starts the built service on a free port of the loopback and waits until it listens; `t` ends it. */
export async function startService(
  t: Test,
  { env = {}, args = [], ...how }: ServiceOptions = {},
): Promise<Service> {
  const child = start(['serve', ...args], { PORT: '0', ...env }, how);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    return (await ended)[0];
  };
  t.teardown(() => stop('SIGKILL'));
  const { lines, logged } = watch(child);
  const url = /http:\/\/(?:[\d.]+|\[[\d:]+\]):(\d+)/.exec(await logged(/Server listening/));
  return { url: url?.[0] ?? '', port: Number(url?.[1]), pid: child.pid as number, lines, logged, stop };
}

/** How a command ended, and everything that it printed. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command to its end; `t` ends it where it does not end by itself. */
export async function runCli(t: Test, args: readonly string[], env: Env = {}): Promise<Outcome> {
  const child = start(args, env);
  t.teardown(() => child.kill('SIGKILL'));
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...printed };
}
