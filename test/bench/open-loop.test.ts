import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { startProgram } from '../../bench/lib/processes.ts';
import type { OpenLoopResult } from '../../bench/programs/open-loop.ts';

/** A server on a free port of the loopback, and a generator; `t` ends both. */
async function startBoth(t: Test, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const generator = startProgram('open-loop.ts', 'load', '--single-threaded');
  t.teardown(async () => {
    await generator.end();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const streams = [{ paths: ['/'], rate: 200, connections: 4 }];
  return (seconds: number) => generator.ask<OpenLoopResult>({ origin, seconds, streams });
}

t.test('one generator does task after task, and counts what was due', async (t) => {
  const ask = await startBoth(t, (_request, response) => response.end('hello'));
  for (const seconds of [0.4, 0.8]) {
    const { streams, lateP99 } = await ask(seconds);
    const [stream] = streams;
    t.equal(stream?.due, seconds * 200 * 0.75, 'a quarter warms up');
    t.equal(stream?.statuses['200']?.count, stream?.due);
    t.ok(lateP99 >= 0);
  }
});

t.test('who is held up behind a slow answer has waited as well', async (t) => {
  const held: (() => void)[] = [];
  let asked = 0;
  const ask = await startBoth(t, (_request, response) => {
    asked += 1;
    const answer = (): void => void response.end('hello');
    // The four connections are all held from the 60th request on, until 500 ms later.
    if (asked <= 60 || asked > 64) answer();
    else if (held.push(answer) === 4) setTimeout(() => held.forEach((one) => void one()), 500);
  });
  const { streams } = await ask(1);
  const slow = streams[0]?.statuses['200'];
  t.equal(slow?.count, 150);
  t.ok((slow?.most ?? 0) >= 490, `the longest took ${slow?.most} ms`);
  // Four requests were under way and some 96 more were due meanwhile: two of three waited.
  t.ok((slow?.p50 ?? 0) > 50, `half took more than ${slow?.p50} ms`);
});
