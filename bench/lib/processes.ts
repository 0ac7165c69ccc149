import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinned, type Role } from './cores.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How Node runs a program of `programs/`. */
function programCommand(file: string, args: readonly string[]): readonly [string, ...string[]] {
  const path = fileURLToPath(new URL(`../programs/${file}`, import.meta.url));
  return [process.execPath, `--import=${import.meta.resolve('tsx')}`, path, ...args];
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** Only what a program needs: the caller's settings (LOG_LEVEL, CACHE_URL, …) must not change what is measured. */
const ENVIRONMENT = { PATH: process.env['PATH'], NODE_ENV: 'production' };

function start(
  [command, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = {},
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...ENVIRONMENT, ...env },
    stdio: [input, 'pipe', 'inherit'],
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
export async function runProgram<T>(file: string, input: unknown, role?: Role): Promise<T> {
  const command = programCommand(file, []);
  const child = start(role ? pinned(role, command) : command, {}, 'pipe');
  child.stdin?.end(JSON.stringify(input));
  return JSON.parse(await output(child)) as T;
}

/** Runs a tool on the core of the load and gives what it prints. */
export function runTool(command: readonly [string, ...string[]]): Promise<string> {
  return output(start(pinned('load', command)));
}

export interface Server {
  readonly origin: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts a server on its core and waits until it says `listening at http://…`. */
async function startServer(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const child = start(pinned('server', command), env);
  const ended = once(child, 'exit');
  const listening = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = `${text}${chunk}`.slice(-4096);
      const [, origin] = /listening at (http:\/\/[\d.]+:\d+)/i.exec(text) ?? [];
      if (origin !== undefined) resolve(origin);
    });
  });
  const origin = await Promise.race([listening, ended.then(() => undefined)]);
  if (origin === undefined) throw new Error(`${command.join(' ')} ended before it listened`);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { origin, pid: child.pid as number, stop };
}

/** A server of `programs/`. */
export function startPeer(file: string, ...args: string[]): Promise<Server> {
  return startServer(programCommand(file, args));
}

let built = false;

/** The service as users run it: built, with its default settings but for the port. */
export function startGreybox(env: NodeJS.ProcessEnv = {}): Promise<Server> {
  if (
    !built &&
    spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0
  ) {
    throw new Error('greybox does not build');
  }
  built = true;
  return startServer([process.execPath, 'dist/cli.js', 'serve'], { PORT: '0', HOST: '127.0.0.1', ...env });
}

/** Starts servers, hands them over, and stops those that started whatever happens. */
export async function withServers<T>(
  starts: readonly (() => Promise<Server>)[],
  use: (...servers: Server[]) => Promise<T>,
): Promise<T> {
  const servers: Server[] = [];
  try {
    for (const one of starts) servers.push(await one());
    return await use(...servers);
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
}
