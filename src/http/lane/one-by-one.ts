import type { RequestListener } from 'node:http';
import type { Connection, Connections, Exchange } from './connections.ts';

/**
 * While a connection waits for an answer it is not read from: its end would make Node give up what was asked before it.
 * That begins when the parser has read what has come already, for it reads on after each request.
 */
function pauseSoon(connection: Connection): void {
  process.nextTick(() => {
    if (connection.isAnswering && !connection.socket.destroyed) connection.socket.pause();
  });
}

/**
 * Has the requests of a connection answered one by one, each in a turn of the event loop of its own: other connections
 * come in between however many requests one sends at once. Who has ended its half of a connection still gets its answers
 * (RFC 9112, 9.6).
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
