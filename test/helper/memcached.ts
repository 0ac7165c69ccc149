import type { Test } from 'tap';
import { endServer, pauseProcess, type ServerProcess, startServer } from './process.ts';
import { launchAnywhere } from './redis.ts';

/** A memcached of its own for one test file. */
export interface MemcachedServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** Stops it without closing anything (SIGSTOP). */
  pause(): void;
  resume(): void;
  restart(): Promise<void>;
}

/** Starts a real memcached on a free port of the loopback; `t` ends it. @param more options, as of its command */
export async function startMemcached(t: Test, more: readonly string[] = []): Promise<MemcachedServer> {
  // -vv has it say that it listens; -I takes values of more than 1 MB.
  const launch = (port: number): Promise<ServerProcess> =>
    startServer(
      'memcached',
      ['-l', '127.0.0.1', '-p', `${port}`, '-U', '0', '-u', 'nobody', '-I', '8m', '-vv', ...more],
      /server listening/,
    );
  let { port, server } = await launchAnywhere(launch);
  t.teardown(() => endServer(server));
  return {
    url: `memcached://127.0.0.1:${port}`,
    port,
    stop: () => endServer(server),
    pause: () => pauseProcess(server.pid as number),
    resume: () => void server.kill('SIGCONT'),
    async restart() {
      await endServer(server);
      server = await launch(port);
    },
  };
}
