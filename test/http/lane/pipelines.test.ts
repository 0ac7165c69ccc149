import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { listen, testApp } from '../../helper/app.ts';
import { get, KeptConnection } from '../../helper/lane.ts';
import { startService } from '../../helper/service.ts';
import { exchange } from '../../helper/wire.ts';

/** Sends bytes, ends its half, and reads to the end. */
async function endWith(port: number, bytes: string): Promise<string> {
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.end(bytes);
  let answers = '';
  for await (const chunk of client.setEncoding('latin1')) answers += chunk;
  return answers;
}

const statuses = (answers: string): string[] => answers.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];

t.test('half a connection gets all its answers, drawn or not', async (t) => {
  for (const FAST_LANE of ['on', 'off']) {
    const port = await listen(await testApp(t, { FAST_LANE }));
    const cold = [
      '/image/700x700.webp',
      '/image/701x700.avif',
      '/image/60x40',
      '/image/0',
      '/nothing',
      '/readyz',
    ];
    for (const target of cold) {
      const answers = await endWith(port, get(target));
      t.equal(statuses(answers).length, 1, `${target} (FAST_LANE=${FAST_LANE})`);
      const length = Number(/^content-length: (\d+)/m.exec(answers)?.[1]);
      t.equal(answers.length - answers.indexOf('\r\n\r\n') - 4, length, `${target} is whole`);
    }
    const several = ['/image/702x700.webp', '/image/60x40', '/nothing', '/image/703x700.webp'].map((target) =>
      get(target),
    );
    t.strictSame(statuses(await endWith(port, several.join(''))), ['200', '200', '404', '200']);
  }
});

t.test('a hit does not wait for clients that send many requests at once', async (t) => {
  const { port } = await startService(t);
  const hits = new KeptConnection(port);
  t.teardown(() => hits.close());
  for (let i = 0; i < 3; i++) await hits.ask(get('/image/60x40'));
  for (const target of ['/metrics', '/status.json', '/image/0', '/image/60x40.json']) {
    const greedy = connect(port, '127.0.0.1').setEncoding('latin1');
    t.teardown(() => greedy.destroy());
    let answered = 0;
    greedy.on('data', (text: string) => {
      answered += statuses(text).length;
    });
    const asked = 5000;
    greedy.write(get(target).repeat(asked));
    await once(greedy, 'data');
    await hits.ask(get('/image/60x40'));
    t.ok(answered < asked / 2, `${target}: ${answered} came before it`);
    greedy.destroy();
  }
});

t.test('a client that sends many requests at once gets all answers, in order', async (t) => {
  for (const FAST_LANE of ['on', 'off']) {
    const port = await listen(await testApp(t, { FAST_LANE }));
    const targets = Array.from(
      { length: 600 },
      (_, i) => ['/image/60x40', '/nothing', '/readyz'][i % 3] as string,
    );
    const bytes = targets.map((target, i) => get(target, ...(i === 599 ? ['Connection: close'] : [])));
    const answers = await exchange(port, bytes.join(''));
    const expected = targets.map((target) => (target === '/nothing' ? '404' : '200'));
    t.strictSame(statuses(answers), expected);
  }
});
