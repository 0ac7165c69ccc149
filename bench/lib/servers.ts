import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Place, pinned } from './cores.ts';
import { type Command, programCommand, ROOT, runtime, start } from './processes.ts';

export interface Server {
  readonly origin: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** How a server is started; without a port it says `listening at http://…` itself. */
interface Launch {
  readonly env?: NodeJS.ProcessEnv;
  readonly port?: number;
  readonly place?: Place;
}

/** Waits until a port of the loopback takes connections, or the signal says that it never will. */
async function untilListening(port: number, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await delay(5);
  }
}

/** Starts a server on its core and waits until it listens. */
export async function startServer(command: Command, launch: Launch = {}): Promise<Server> {
  const { env = {}, port, place = 'server' } = launch;
  const child = start(pinned(place, command), env);
  const ended = once(child, 'exit');
  const gone = new AbortController();
  ended.finally(() => gone.abort());
  const listening = new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = `${text}${chunk}`.slice(-4096);
      const [, origin] = /listening at (http:\/\/[\d.]+:\d+)/i.exec(text) ?? [];
      if (origin !== undefined && port === undefined) resolve(origin);
    });
    if (port !== undefined) untilListening(port, gone.signal).then(() => resolve(`http://127.0.0.1:${port}`));
  });
  const origin = await Promise.race([listening, ended.then(() => undefined)]);
  if (origin === undefined || gone.signal.aborted)
    throw new Error(`${command.join(' ')} ended before it listened`);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { origin, pid: child.pid as number, stop };
}

/** A server of `bench/`, named from there. */
export function startPeer(file: string, ...args: string[]): Promise<Server> {
  return startServer(programCommand(runtime.node, file, args));
}

let built = false;

/** Builds the service, once. */
export function build(): void {
  if (
    !built &&
    spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0
  ) {
    throw new Error('greybox does not build');
  }
  built = true;
}

/** The service's own command, built. */
export const greyboxCommand = (): Command => [runtime.node, 'dist/cli.js', 'serve'];

/** The service as users run it: built, with its default settings but for the port. */
export function startGreybox(env: NodeJS.ProcessEnv = {}, place: Place = 'server'): Promise<Server> {
  build();
  return startServer(greyboxCommand(), { env: { PORT: '0', HOST: '127.0.0.1', ...env }, place });
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
