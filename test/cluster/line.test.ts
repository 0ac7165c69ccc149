import t from 'tap';
import { Line } from '../../src/cluster/line.ts';

type Numbers = { readonly double: (n: number) => number | Promise<number> };
type Texts = { readonly shout: (text: string) => string };

/** Two ends, between which messages pass as between processes. */
function ends(double: Numbers['double'] = (n) => 2 * n) {
  const wire = (hear: (message: unknown) => void) => (message: object) =>
    hear(JSON.parse(JSON.stringify(message)));
  const a: Line<Numbers, Texts> = new Line(
    wire((message) => b.hear(message)),
    { double },
  );
  const b: Line<Texts, Numbers> = new Line(
    wire((message) => a.hear(message)),
    { shout: (text) => text.toUpperCase() },
  );
  return { a, b };
}

t.test('each end asks the other', async (t) => {
  const { a, b } = ends();
  const answers = [b.ask('double', 4, 1000), a.ask('shout', 'hi', 1000), b.ask('double', 5, 1000)];
  t.same(await Promise.all(answers), [8, 'HI', 10]);
});

t.test('answers in any order', async (t) => {
  const open: (() => void)[] = [];
  const { b } = ends((n) => new Promise((resolve) => open.push(() => resolve(n))));
  const answers = [b.ask('double', 1, 1000), b.ask('double', 2, 1000)];
  for (const answer of open.reverse()) answer();
  t.same(await Promise.all(answers), [1, 2]);
});

t.test('an error is passed on', async (t) => {
  const { b } = ends(() => {
    throw new Error('too many');
  });
  await t.rejects(b.ask('double', 1, 1000), { message: 'too many' });
  const other = b as unknown as Line<Texts, { constructor: (n: number) => void }>;
  await t.rejects(other.ask('constructor', 1, 1000), { message: '"constructor" is not known' });
});

t.test('no answer', async (t) => {
  const { b } = ends(() => new Promise(() => {}));
  await t.rejects(b.ask('double', 1, 1), { message: 'no answer to "double" within 1 ms' });
  const asked = b.ask('double', 1, 60_000);
  b.hangUp();
  await t.rejects(asked, { message: 'the other process is gone' });
  await t.rejects(b.ask('double', 1, 60_000), { message: 'the other process is gone' });
});

t.test('what others send over the same channel is not for it', async (t) => {
  const { a } = ends();
  for (const message of [
    null,
    'NODE_CLUSTER',
    7,
    { act: 'newconn' },
    { greybox: 'answer', id: 99, value: 1 },
  ])
    t.equal(a.hear(message), undefined);
});
