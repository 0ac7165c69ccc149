import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { get, KeptConnection, openConnections, watchParser } from '../../helper/lane.ts';
import { exchange } from '../../helper/wire.ts';

const SMALL = '/image/60x40';

/** Brings the picture into memory, and has its response ready, by connections that close. */
async function warm(port: number): Promise<void> {
  for (let i = 0; i < 2; i++) await exchange(port, get(SMALL, 'Connection: close'));
}

t.test('half connections get their answers, even more than one poll for events returns', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  await warm(port);
  // libuv looks again in the same turn after 1,024: what has asked and ended is read to its end before it is answered.
  const clients: Socket[] = [];
  while (clients.length < 1200) {
    // Fewer at a time than may wait to be accepted.
    const some = Array.from({ length: 200 }, () => connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
    await Promise.all(some.map((client) => once(client, 'connect')));
    clients.push(...some);
  }
  while ((await openConnections(app)) < clients.length) await nextTurn();
  const answers = clients.map(async (client, i) => {
    client.end(get(i % 2 === 0 ? SMALL : '/image/63x40'));
    let answer = '';
    for await (const chunk of client.setEncoding('latin1')) answer += chunk;
    return answer.slice(0, 15);
  });
  t.strictSame([...new Set(await Promise.all(answers))], ['HTTP/1.1 200 OK']);
});

t.test('thousands of connections', async (t) => {
  const app = await testApp(t);
  const port = await listen(app);
  await warm(port);
  const parsed = watchParser(app);
  const connections = Array.from({ length: 2000 }, () => new KeptConnection(port));
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(connections.map((connection) => connection.ask(get(SMALL))));
    t.ok(answers.every(({ status }) => status === 200));
  }
  t.strictSame(parsed, []);
  t.equal(app.requestCounts.of('/image')[200], 4002);
});
