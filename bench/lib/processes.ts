import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Place, pinned } from './cores.ts';
import { PATH } from './tools.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that servers run on: this one, or the one that `--node` names. */
export const runtime = { node: process.execPath };

export type Command = readonly [string, ...string[]];

/** How a program of `bench/` is run, by `node`. */
export function programCommand(
  node: string,
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Command {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  return [node, ...flags, `--import=${import.meta.resolve('tsx')}`, path, ...args];
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** Only what a program needs: the caller's settings (LOG_LEVEL, CACHE_URL, …) must not change what is measured. */
const ENVIRONMENT = { PATH, NODE_ENV: 'production' };

/** Starts a process that ends with this one at the latest. */
export function start(
  [command, ...args]: Command,
  env: NodeJS.ProcessEnv = {},
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...ENVIRONMENT, ...env },
    stdio: [input, 'pipe', 'inherit'],
    // A group of its own, so that those that it starts (nginx' worker) can be ended with it.
    detached: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (status !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${status ?? signal}`);
  return text;
}

/** Runs a program of `programs/` that reads JSON from its input and writes JSON to its output. */
export async function runProgram<T>(
  file: string,
  input: unknown,
  place?: Place,
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const command = programCommand(process.execPath, `programs/${file}`);
  const child = start(place === undefined ? command : pinned(place, command), env, 'pipe');
  child.stdin?.end(JSON.stringify(input));
  return JSON.parse(await output(child)) as T;
}

/** A program of `programs/` that does tasks one after another, see `doTasks`. */
export interface Program {
  /** @throws where the program ends without an answer */
  ask<T>(task: unknown): Promise<T>;
  end(): Promise<void>;
}

/** @param flags Node's own */
export function startProgram(file: string, place: Place, ...flags: readonly string[]): Program {
  const command = programCommand(process.execPath, `programs/${file}`, [], flags);
  const child = start(pinned(place, command), {}, 'pipe');
  const { stdin, stdout } = child as { stdin: Writable; stdout: Readable };
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async ask(task) {
      stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${file} ended without an answer`);
      return JSON.parse(value);
    },
    async end() {
      stdin.end();
      await once(child, 'close');
    },
  };
}

/** Runs a tool on the core of the load and gives what it prints. */
export function runTool(command: Command): Promise<string> {
  return output(start(pinned('load', command)));
}
