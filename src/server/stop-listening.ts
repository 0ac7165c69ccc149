import { Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** After this time without a new connection, none is assumed to be waiting; ms. */
const QUIET = 25;
/** The longest time to wait for connections; ms. */
const QUIET_LIMIT = 250;
/** How long a connection without a request may still send one; ms. */
const FIRST_REQUEST = 500;

/**
 * Accepts the waiting connections, one in each turn of the event loop, without answering any: clients that reconnect
 * for each request would never let the queue get empty. @returns those connections, paused
 */
async function acceptWaiting(server: Server): Promise<readonly Socket[]> {
  const accepted: Socket[] = [];
  const take = (socket: Socket): void => {
    // A stream that just got a data listener begins to flow in the next tick.
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
 * Stops listening without losing a connection: when the socket closes, the system resets connections that wait to be
 * accepted. Resolves when all connections have ended, or when new ones have had time to send a request.
 * @param hasPeers whether other processes that listen on the same socket stop at about the same time
 */
export async function stopListening(server: Server, hasPeers: boolean): Promise<void> {
  const accepted = await acceptWaiting(server);
  // The method of node:http also ends connections that have sent no request, from Node 26 on.
  const ended = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
  // Clients answered now would reconnect to the peers, which are about to close.
  if (hasPeers) await setTimeout(QUIET_LIMIT);
  for (const socket of accepted) socket.resume();
  await Promise.race([ended, setTimeout(FIRST_REQUEST)]);
}
