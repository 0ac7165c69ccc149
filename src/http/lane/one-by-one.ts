import type { RequestListener } from 'node:http';
import type { Connection, Connections, Exchange } from './connections.ts';

/**
 * Pauses a connection while it waits for an answer: if Node read its end, it would give up earlier requests. The pause
 * begins after the parser has read the data that has already arrived, because it reads on after each request.
 */
function pauseSoon(connection: Connection): void {
  process.nextTick(() => {
    if (connection.isAnswering && !connection.socket.destroyed) connection.socket.pause();
  });
}

/**
 * Answers the requests of a connection one by one, each in its own turn of the event loop. So other connections get
 * their turn, however many requests one sends at once. A client that has ended its half of the connection still gets
 * its answers (RFC 9112, 9.6).
 */
export function oneByOne(connections: Connections, listener: RequestListener): RequestListener {
  const begin = (connection: Connection, [request, response]: Exchange): void => {
    connection.isAnswering = true;
    listener(request, response);
    response.once('close', () => next(connection));
    if (!response.writableEnded) pauseSoon(connection);
  };
  const next = (connection: Connection): void => {
    const { socket, queue } = connection;
    if (!socket.writable) queue.length = 0;
    const exchange = queue.shift();
    if (exchange) return void setImmediate(begin, connection, exchange);
    connection.isAnswering = false;
    if (socket.isPaused()) socket.resume();
  };
  return (request, response) => {
    const connection = connections.of(request.socket);
    if (!connection) return listener(request, response);
    connection.last = [request, response];
    if (!connection.isAnswering) return begin(connection, connection.last);
    if (connection.queue.push(connection.last) === 1) pauseSoon(connection);
  };
}
