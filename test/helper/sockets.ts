import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/**
 * Both ends of a connection to a server of its own; `t` ends them.
 * @param accepted called with the server's end before it has read anything
 */
export async function connectedPair(
  t: Test,
  accepted: (socket: Socket) => void = () => {},
): Promise<{ readonly socket: Socket; readonly client: Socket }> {
  const server = createServer({ allowHalfOpen: true }, accepted);
  t.teardown(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = once(server, 'connection');
  const client = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [socket] = (await connection) as [Socket];
  t.teardown(() => [client, socket].map((end) => end.destroy()));
  return { socket, client };
}
