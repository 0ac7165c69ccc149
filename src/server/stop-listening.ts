import type { Server, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** How long no connection may have come until none is taken to wait; ms. */
const QUIET = 25;
/** How long connections are waited for at the most; ms. */
const QUIET_LIMIT = 250;
/** How long a connection that has brought no request may still bring one; ms. */
const FIRST_REQUEST = 500;

/**
 * Accepts the connections that wait, one in each turn of the event loop, and answers none of them meanwhile: clients
 * that come again with each request would never let the queue get empty. @returns those connections, paused
 */
async function acceptWaiting(server: Server): Promise<readonly Socket[]> {
  const accepted: Socket[] = [];
  const take = (socket: Socket): void => {
    // A stream that has just got a listener for its data begins to flow in the next tick.
    process.nextTick(() => socket.pause());
    accepted.push(socket);
  };
  server.on('connection', take);
  const end = performance.now() + QUIET_LIMIT;
  for (let before = -1; before < accepted.length && performance.now() < end; ) {
    before = accepted.length;
    await setTimeout(QUIET);
  }
  server.off('connection', take);
  return accepted;
}

/**
 * Stops listening without losing a connection: the system resets those that wait to be accepted when the socket closes.
 * Resolves when all connections have ended, or those that are new have had the time to bring a request.
 * @param hasPeers whether other processes that listen on the same socket stop at about the same time
 */
export async function stopListening(server: Server, hasPeers: boolean): Promise<void> {
  const accepted = await acceptWaiting(server);
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  // Clients that had their answers now would come again to the peers, which are about to close.
  if (hasPeers) await setTimeout(QUIET_LIMIT);
  for (const socket of accepted) socket.resume();
  await Promise.race([ended, setTimeout(FIRST_REQUEST)]);
}
