import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { LaneTurn } from '../../../src/http/lane/lane-turn.ts';

/** Keeps the event loop busy for so many ms. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A turn that notes what it does; slow things take `ms`. */
function notedTurn(ms: number) {
  const log: string[] = [];
  const turn = new LaneTurn<string>({
    quick: (one) => void log.push(`quick ${one}`),
    slow: (one) => {
      log.push(`slow ${one}`);
      busy(ms);
    },
    wait: (one) => void log.push(`wait ${one}`),
  });
  return { turn, log };
}

t.test('nothing is done before the turn ends, then quick tasks come first', async (t) => {
  const { turn, log } = notedTurn(0);
  turn.addSlow('a');
  turn.addQuick('b');
  turn.addQuick('c');
  await Promise.resolve();
  t.strictSame(log, []);
  await nextTurn();
  t.strictSame(log, ['quick b', 'quick c', 'slow a']);
});

t.test(
  'slow tasks run for a millisecond; the others are told once to wait, and keep their order',
  async (t) => {
    const { turn, log } = notedTurn(2);
    for (const one of ['a', 'b', 'c']) turn.addSlow(one);
    await nextTurn();
    t.strictSame(log.splice(0), ['slow a', 'wait b', 'wait c']);
    turn.addSlow('d');
    turn.addQuick('e');
    await nextTurn();
    t.strictSame(log.splice(0), ['quick e', 'slow b', 'wait d']);
    await nextTurn();
    await nextTurn();
    t.strictSame(log.splice(0), ['slow c', 'slow d']);
    await nextTurn();
    t.strictSame(log, []);
  },
);

t.test('finishing does everything at once', async (t) => {
  const { turn, log } = notedTurn(2);
  for (const one of ['a', 'b']) turn.addSlow(one);
  turn.addQuick('c');
  turn.finish();
  t.strictSame(log.splice(0), ['quick c', 'slow a', 'slow b']);
  await nextTurn();
  t.strictSame(log, []);
});
