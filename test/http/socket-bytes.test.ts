import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { takeBytes } from '../../src/http/socket-bytes.ts';
import { listen, testApp } from '../helper/app.ts';
import { connectedPair } from '../helper/sockets.ts';

/** What Node has of a socket, and may not have one day. */
interface Handled {
  _handle: { useUserBuffer?: unknown };
}

/** The ways that bytes are taken: into one buffer, and where Node does not let us. */
const WAYS: Readonly<Record<string, (socket: Socket) => void>> = {
  'one buffer': () => {},
  'the stream': (socket) => {
    (socket as unknown as Handled)._handle.useUserBuffer = undefined;
  },
};

/** The client's end of a connection whose server's has read nothing yet. */
async function connected(t: Test, accepted: (socket: Socket) => void): Promise<Socket> {
  const { client } = await connectedPair(t, accepted);
  return client.setEncoding('latin1');
}

for (const [way, prepare] of Object.entries(WAYS)) {
  t.test(`${way}: bytes are taken as they come, then left to the stream`, async (t) => {
    const taken: string[] = [];
    const client = await connected(t, (socket) => {
      prepare(socket);
      const leave = takeBytes(socket, (bytes) => {
        taken.push(bytes.toString());
        socket.write(`took ${bytes}`);
        if (bytes.toString() !== 'last') return;
        leave();
        socket.on('data', (left) => socket.write(`left ${left}`));
        socket.on('end', () => socket.end('ended'));
      });
    });
    for (const [sent, answer] of [
      ['one', 'took one'],
      ['last', 'took last'],
      ['three', 'left three'],
      ['four', 'left four'],
    ] as const) {
      client.write(sent);
      t.strictSame(await once(client, 'data'), [answer]);
    }
    client.end();
    t.strictSame(await once(client, 'data'), ['ended']);
    t.strictSame(taken, ['one', 'last']);
  });

  t.test(`${way}: a paused connection brings nothing, and loses nothing`, async (t) => {
    let [taken, paused] = [0, 0];
    const total = 8 * 2 ** 20;
    const client = await connected(t, (socket) => {
      prepare(socket);
      takeBytes(socket, ({ length }) => {
        if (socket.isPaused()) t.fail('it was paused');
        taken += length;
        if (taken === total) socket.end('all');
        if (paused === 20) return;
        paused += 1;
        socket.pause();
        setImmediate(() => socket.resume());
      });
    });
    client.write(Buffer.alloc(total, 'a'));
    t.strictSame(await once(client, 'data'), ['all']);
    t.equal(paused, 20);
  });
}

t.test('bytes of two connections do not mix, also where they are left unread', async (t) => {
  const sockets: Socket[] = [];
  const clients: Socket[] = [];
  for (const letter of ['a', 'b']) {
    const client = await connected(t, (socket) => {
      sockets.push(socket);
      const leave = takeBytes(socket, (bytes) => {
        leave();
        // Who waits to be told reads nothing yet.
        socket.on('readable', () => {});
        socket.write(bytes.toString());
      });
    });
    client.write(letter);
    t.strictSame(await once(client, 'data'), [letter]);
    clients.push(client);
  }
  for (const [i, letter] of ['a', 'b'].entries()) {
    clients[i]?.write(letter.repeat(1000));
    while (sockets[i]?.readableLength !== 1000) await nextTurn();
  }
  t.strictSame(
    sockets.map((socket) => String(socket.read())),
    ['a'.repeat(1000), 'b'.repeat(1000)],
  );
});

t.test('a connection that leaves the lane and then HTTP', async (t) => {
  const app = await testApp(t);
  app.server.on('upgrade', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.on('data', (bytes) => socket.write(bytes)).on('end', () => socket.end());
  });
  const client = connect(await listen(app), '127.0.0.1').setEncoding('latin1');
  t.teardown(() => client.destroy());
  client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
  t.match((await once(client, 'data'))[0], /^HTTP\/1\.1 101 /);
  for (const sent of ['one', 'two']) {
    client.write(sent);
    t.strictSame(await once(client, 'data'), [sent]);
  }
  client.end();
  await once(client, 'end');
});
