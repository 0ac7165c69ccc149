import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import t from 'tap';
import { Connection, readHead } from '../../bench/lib/connection.ts';

t.test('a head tells its status and the length of what follows', async (t) => {
  const read = (text: string) => readHead(Buffer.from(text));
  t.match(read('HTTP/1.1 200 OK\r\ncontent-length: 3212\r\nx: 1'), { status: 200, length: 3212 });
  t.match(read('HTTP/1.1 503 Busy\r\nContent-Length: 7'), { status: 503, length: 7 });
  t.match(read('HTTP/1.1 304 Not Modified\r\netag: "a"'), { status: 304, length: 0 });
  t.throws(() => read('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked'), /unexpected answer/);
});

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

t.test('an answer is whole once, wherever its bytes are cut', async (t) => {
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = socket.setNoDelay(true);
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let received: string[] = [];
  let arrived = (): void => {};
  const connection = new Connection(
    new URL(`http://127.0.0.1:${port}`),
    ({ status, length }) => {
      received.push(`${status} ${length}`);
      arrived();
    },
    (reason) => t.fail(reason.message),
  );
  await connection.opened();
  t.teardown(() => connection.close());
  for (let cut = 1; cut <= ANSWER.length; cut++) {
    received = [];
    const answered = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    if (!peer) await once(server, 'connection');
    await once(peer as unknown as Socket, 'data');
    peer?.write(ANSWER.slice(0, cut));
    // A turn of the event loop between the parts: the other end has read the first one by then.
    if (cut < ANSWER.length) setImmediate(() => setImmediate(() => peer?.write(ANSWER.slice(cut))));
    await answered;
    t.strictSame(received, ['200 5'], `cut after ${cut}`);
  }
});
