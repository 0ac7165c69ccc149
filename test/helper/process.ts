import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Linux ends what is started so when this process is killed and can end nothing itself; others lack it. */
const GUARD = ['setpriv', '--pdeathsig', 'KILL'] as const;
const guarded = spawnSync(GUARD[0], [...GUARD.slice(1), 'true']).status === 0;

/** Processes of this test file that still run: none outlives it, even where it ends by an exception. */
const running = new Set<ServerProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a server and waits for the line that says that it is ready.
 * @throws Error with everything that it printed, where it ends instead
 */
export async function startServer(
  command: string,
  args: readonly string[],
  ready: RegExp,
): Promise<ServerProcess> {
  const [program, ...rest] = [...(guarded ? GUARD : []), command, ...args] as [string, ...string[]];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (ready.test(line)) resolve();
      });
    }
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${command} ended:\n${lines.join('\n')}`)));
  });
  return child;
}

/** States of a thread that goes on, see proc(5): it runs, or sleeps. One that has ended never stops. */
const GOES_ON = /^[RSD]$/;

/** Longest that a process is waited for, in ms. */
const PATIENCE = 1000;

/**
 * What the system says of each thread of a process, by its id: /proc/[pid]/task/[tid]/stat from its third field on, the
 * state, see proc(5). Nothing where it does not say.
 */
export function threadsOf(pid: number): ReadonlyMap<number, readonly string[]> {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((thread) => {
      const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync(`${folder}/${thread}/stat`, 'latin1')) ?? [];
      return [Number(thread), fields.split(' ')];
    }),
  );
}

/** Stops a process without closing anything (SIGSTOP), and waits until all of its threads have: they may be on another core. */
export function pauseProcess(pid: number): void {
  process.kill(pid, 'SIGSTOP');
  const end = performance.now() + PATIENCE;
  const goesOn = ([state = '']: readonly string[]): boolean => GOES_ON.test(state);
  while (performance.now() < end && [...threadsOf(pid).values()].some(goesOn));
}

/** Ends a server, a stopped one too, and waits until it has. */
export async function endServer(child: ServerProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
