import { once } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { writeBytes } from '../../src/http/socket-write.ts';
import { connectedPair } from '../helper/sockets.ts';

/** What Node has of a socket, and may not have one day. */
interface Handled {
  _handle: object;
}

/** The ways that bytes are written: as Node lets us, and where it does not tell what waits. */
const WAYS: Readonly<Record<string, (socket: Socket) => void>> = {
  'past the stream': () => {},
  'through the stream': (socket) => {
    Object.defineProperty((socket as unknown as Handled)._handle, 'writeQueueSize', { value: undefined });
  },
};

const MESSAGE = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i % 251));

/** Writes messages until the connection takes no more. @returns how many it was given */
function fill(socket: Socket): number {
  let count = 1;
  while (writeBytes(socket, MESSAGE)) count += 1;
  return count;
}

const repeated = (count: number): Buffer => Buffer.concat(Array<Buffer>(count).fill(MESSAGE));

for (const [way, prepare] of Object.entries(WAYS)) {
  t.test(`${way}: whole and in order, also to who does not read for a while`, async (t) => {
    const { socket, client } = await connectedPair(t);
    prepare(socket);
    let count = fill(socket);
    t.ok(count > 10, `took ${count} messages`);
    const drained = once(socket, 'drain');
    const received = buffer(client);
    await drained;
    count += fill(socket);
    socket.end();
    t.ok((await received).equals(repeated(count)));
  });

  t.test(`${way}: what is not taken yet is sent before the end`, async (t) => {
    const { socket, client } = await connectedPair(t);
    prepare(socket);
    const count = fill(socket);
    socket.destroySoon();
    t.ok((await buffer(client)).equals(repeated(count)));
  });

  t.test(`${way}: who is gone ends the connection`, async (t) => {
    const { socket, client } = await connectedPair(t);
    prepare(socket);
    socket.on('error', () => {});
    fill(socket);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    client.resetAndDestroy();
    await closed;
    t.ok(socket.destroyed);
  });
}

t.test('what waits in the stream goes first', async (t) => {
  const { socket, client } = await connectedPair(t);
  const count = fill(socket);
  socket.write('waits');
  writeBytes(socket, Buffer.from(' and follows'));
  socket.end();
  t.ok((await buffer(client)).equals(Buffer.concat([repeated(count), Buffer.from('waits and follows')])));
});

t.test('nothing goes through the stream where Node lets us', async (t) => {
  const { socket, client } = await connectedPair(t);
  const major = Number(process.versions.node.split('.')[0]);
  let throughStream = 0;
  const { write } = socket;
  socket.write = (bytes: Uint8Array) => {
    throughStream += 1;
    return write.call(socket, bytes);
  };
  const received = buffer(client);
  for (let i = 0; i < 3; i++) writeBytes(socket, MESSAGE);
  if (process.platform !== 'win32' && major <= 24) t.equal(throughStream, 0);
  socket.end();
  t.ok((await received).equals(repeated(3)));
});
