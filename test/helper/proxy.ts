import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/** What a proxy does with each piece of a server's answer. */
export type Treatment = (piece: Buffer, client: Socket, pass: () => void) => void;

/** A way between a client and a server on which things go wrong. */
export interface FaultyProxy {
  readonly port: number;
  /** From now on, on connections that there are and to come. */
  treat(treatment: Treatment): void;
  /** Nothing passes any more on the connections that there are, either way, and nobody is told. */
  freeze(): void;
}

export const PASS: Treatment = (_piece, _client, pass) => pass();

/** Every answer comes so many ms later. */
export const slow =
  (ms: number): Treatment =>
  (_piece, _client, pass) =>
    void setTimeout(pass, ms);

/** Half an answer, then a reset (RST). */
export const RESET: Treatment = (piece, client) => {
  client.write(piece.subarray(0, piece.length >> 1), () => client.resetAndDestroy());
};

/** No answer at all. */
export const SWALLOW: Treatment = () => {};

/** As many bytes as the answer has, of no protocol. */
export const RUBBISH: Treatment = (piece, client) =>
  void client.write(Buffer.alloc(piece.length, '\xff\0?\r\n'));

/** Starts a proxy on a free port of the loopback, to another port of it; `t` ends it. */
export async function startProxy(t: Test, target: number): Promise<FaultyProxy> {
  let treatment = PASS;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    upstream.on('data', (piece: Buffer) =>
      treatment(piece, client, () => client.writable && client.write(piece)),
    );
    client.on('data', (piece: Buffer) => upstream.write(piece));
    for (const [one, other] of [pair, [upstream, client] as const]) {
      one.setNoDelay(true);
      one.on('error', () => {});
      one.once('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  });
  return {
    port: (server.address() as AddressInfo).port,
    treat: (next) => {
      treatment = next;
    },
    freeze: () => {
      for (const [client, upstream] of pairs) {
        client.pause();
        upstream.pause();
      }
    },
  };
}
