import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { Connections } from '../../../src/http/lane/connections.ts';
import { FastLane } from '../../../src/http/lane/fast-lane.ts';
import { createHttpServer } from '../../../src/http/lane/node-server.ts';
import { createHits } from '../../helper/hits.ts';
import { get } from '../../helper/lane.ts';

/** More than the system takes for a peer that reads nothing. */
const LARGE = 24 * 2 ** 20;
const LIMITS = { interval: 20, stall: 400 };
const TARGET = '/image/1x1';

/** What answers with a large body: the lane, or whoever has no lane before it. */
const WAYS: Readonly<Record<string, (body: Buffer, connections: Connections) => Server>> = {
  lane: (body, connections) => {
    const hits = createHits(2 ** 26);
    hits.remember(1, body, '"a"', TARGET);
    const lane = new FastLane(hits.options);
    const route = (): void => {
      throw new Error('the lane is to answer');
    };
    return createHttpServer(route, { connections, lane });
  },
  router: (body, connections) =>
    createHttpServer((_request, response) => response.end(body), { connections }),
  'router, with text': (body, connections) => {
    const text = body.toString('latin1');
    return createHttpServer((_request, response) => response.end(text, 'latin1'), { connections });
  },
};

/** Asks for a large body; `t` ends both sides. */
async function ask(t: Test, way: string): Promise<{ client: Socket; server: Socket }> {
  const connections = new Connections(LIMITS);
  const server = (WAYS[way] as (typeof WAYS)[string])(Buffer.alloc(LARGE, 'x'), connections);
  t.teardown(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  client.on('error', () => {});
  t.teardown(() => client.destroy());
  const [socket] = await accepted;
  client.write(get(TARGET));
  return { client, server: socket };
}

for (const way of Object.keys(WAYS)) {
  t.test(`a client that reads nothing of an answer is cut off (${way})`, async (t) => {
    const { server } = await ask(t, way);
    const asked = performance.now();
    await new Promise((resolve) => server.once('close', resolve));
    t.ok(performance.now() - asked >= LIMITS.stall, 'not before its time');
    t.equal(server.writableLength, 0, 'and holds nothing');
  });

  t.test(`a client that reads it slowly gets all of it (${way})`, async (t) => {
    const { client } = await ask(t, way);
    const asked = performance.now();
    let length = 0;
    client.on('data', (bytes: Buffer) => {
      length += bytes.length;
      client.pause();
      delay(2).then(() => client.resume());
    });
    client.resume();
    while (length < LARGE) await once(client, 'data');
    t.ok(length > LARGE, 'head and body');
    t.ok(performance.now() - asked > 1.5 * LIMITS.stall, 'for longer than a peer may take nothing');
  });
}
