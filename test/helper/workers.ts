import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Test } from 'tap';
import { type Env, type Service, startService } from './service.ts';
import { eventually } from './wait.ts';

/** An answer, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends requests over one connection, which one worker has. */
export type Ask = (path: string, options?: { method?: string; headers?: Env }) => Promise<Answer>;

/** A service of two workers. */
export interface Workers extends Service {
  /** Waits until so many workers have begun to listen since the start. @returns the processes of the last two */
  pair(began: number): Promise<readonly [number, number]>;
  /** A connection to a worker. */
  connect(pid: number): Promise<Ask>;
}

/** One connection that is kept; a request waits until the one before it is answered. */
export function connection(t: Test, port: number): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  return (path, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent }, (response) => {
        let body = '';
        response.setEncoding('latin1').on('data', (text: string) => {
          body += text;
        });
        response.on('error', reject).on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      sent.on('error', reject).end();
    });
}

const LISTENS = /Server listening/;

const pidOf = (line: string): number => (JSON.parse(line) as { pid: number }).pid;

/**
 * Starts the built service with two workers that log each request, and waits for both; `t` ends all. Its `stop` waits
 * for the workers too: they hold its output.
 */
export async function startWorkers(t: Test, env: Env = {}): Promise<Workers> {
  const service = await startService(t, {
    env: { WORKERS: '2', LOG_REQUESTS: 'true', LOG_LEVEL: 'debug', ...env },
  });
  // Before the primary is: a worker that is stopped would not see that it is gone.
  t.teardown(() => {
    for (const pid of service.lines.filter((line) => LISTENS.test(line)).map(pidOf)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
  });
  let connections = 0;
  const workers: Workers = {
    ...service,
    pair: async (count) => {
      const pids: number[] = [];
      while (pids.length < count) {
        const another = pids.map((pid) => `(?!${pid},)`).join('');
        pids.push(pidOf(await service.logged(new RegExp(`"pid":${another}.*${LISTENS.source}`))));
      }
      return pids.slice(-2) as [number, number];
    },
    connect: (pid) =>
      eventually(`a connection to ${pid}`, async () => {
        connections += 1;
        const path = `/healthz?connection=${connections}`;
        const ask = connection(t, service.port);
        await ask(path);
        const line = await service.logged(new RegExp(`connection=${connections}\\b`));
        return pidOf(line) === pid && ask;
      }),
  };
  await workers.pair(2);
  return workers;
}
