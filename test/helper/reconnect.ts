import { get } from 'node:http';
import type { Service } from './service.ts';

/** How a request over a new connection ended: its status, or the error's code. */
const once = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const sent = get({ port, host: '127.0.0.1', path: '/image/600x400', agent: false }, (response) => {
      response.on('error', ({ message }) => resolve(message)).resume();
      response.on('end', () => resolve(`${response.statusCode} ${response.complete}`));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

/** Connects again for each request until nothing listens any more. @returns every outcome that it met */
async function reconnect(port: number): Promise<Set<string>> {
  const outcomes = new Set<string>();
  while (!outcomes.has('ECONNREFUSED')) outcomes.add(await once(port));
  return outcomes;
}

/**
 * Stops a service while 16 clients connect anew for each request.
 * @returns its exit code, and every outcome that a client met, sorted
 */
export async function outcomesOfStop(service: Service): Promise<unknown[]> {
  const clients = Array.from({ length: 16 }, () => reconnect(service.port));
  await Promise.race([once(service.port), ...clients]);
  const code = await service.stop();
  const outcomes = new Set((await Promise.all(clients)).flatMap((seen) => [...seen]));
  return [code, ...[...outcomes].sort()];
}
