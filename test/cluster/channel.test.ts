import t from 'tap';
import { Channel } from '../../src/cluster/channel.ts';

type Numbers = { readonly double: (n: number) => number | Promise<number> };
type Texts = { readonly shout: (text: string) => string };

/** Two ends whose messages pass as between processes, and what passed between them. */
function ends(double: Numbers['double'] = (n) => 2 * n) {
  const passed: object[] = [];
  const wire = (receive: (message: unknown) => void) => (message: object) => {
    passed.push(message);
    receive(JSON.parse(JSON.stringify(message)));
  };
  const a: Channel<Numbers, Texts> = new Channel(
    wire((message) => b.receive(message)),
    { double },
  );
  const b: Channel<Texts, Numbers> = new Channel(
    wire((message) => a.receive(message)),
    { shout: (text) => text.toUpperCase() },
  );
  return { a, b, passed };
}

t.test('each end calls the other', async (t) => {
  const { a, b } = ends();
  const replies = [b.call('double', 4, 1000), a.call('shout', 'hi', 1000), b.call('double', 5, 1000)];
  t.same(await Promise.all(replies), [8, 'HI', 10]);
});

t.test('replies may come in any order', async (t) => {
  const open: (() => void)[] = [];
  const { b } = ends((n) => new Promise((resolve) => open.push(() => resolve(n))));
  const replies = [b.call('double', 1, 1000), b.call('double', 2, 1000)];
  for (const reply of open.reverse()) reply();
  t.same(await Promise.all(replies), [1, 2]);
});

t.test('an error is passed on', async (t) => {
  const { b } = ends(() => {
    throw new Error('too many');
  });
  await t.rejects(b.call('double', 1, 1000), { message: 'too many' });
  const other = b as unknown as Channel<Texts, { constructor: (n: number) => void }>;
  await t.rejects(other.call('constructor', 1, 1000), { message: '"constructor" is not known' });
});

t.test('no reply', async (t) => {
  const { b } = ends(() => new Promise(() => {}));
  await t.rejects(b.call('double', 1, 1), { message: 'no answer to "double" within 1 ms' });
  const called = b.call('double', 1, 60_000);
  b.close();
  await t.rejects(called, { message: 'the other process is gone' });
  await t.rejects(b.call('double', 1, 60_000), { message: 'the other process is gone' });
});

t.test(
  'a message of another user of the connection, or a reply that nobody waits for, changes nothing',
  async (t) => {
    let reply = (): void => {};
    const { b, passed } = ends((n) => new Promise((resolve) => (reply = () => resolve(2 * n))));
    const called = b.call('double', 4, 1000);
    const strangers = [
      null,
      'NODE_CLUSTER',
      7,
      { act: 'newconn', id: 1, name: 'shout', argument: 'hi' },
      { act: 'reply', id: 1, value: 1 },
      { greybox: 'reply', id: 99, value: 1 },
    ];
    for (const message of strangers) b.receive(message);
    reply();
    t.equal(await called, 8, 'the call that is open gets its own reply');
    t.equal(passed.length, 2, 'and no stranger gets one');
  },
);
