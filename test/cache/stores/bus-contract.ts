import type { Test } from 'tap';
import type { SharedStore } from '../../../src/cache/store.ts';
import { eventually, timed } from '../../helper/wait.ts';
import { LONG_TIMEOUT, SLACK, type StoreSubject } from './store-outages.ts';

/** Messages that a store might take for its own protocol, or change. */
const MESSAGES = ['id key 600.400.png', '', '\r\nEND\r\n', 'é "\\" 日本', 'x'.repeat(13_000)];

/** An instance that listens on a channel, and what it was told. */
async function listener(t: Test, { create }: StoreSubject, channel: string) {
  const store: SharedStore = create(LONG_TIMEOUT);
  t.teardown(() => store.close());
  const told = { store, heard: [] as string[], gaps: 0 };
  store.bus?.subscribe(channel, {
    heard: (message) => void told.heard.push(message),
    gap: () => {
      told.gaps += 1;
    },
  });
  await store.connect();
  await eventually('a bus', () => told.gaps === 1);
  return told;
}

/** What is published is heard by all, in time; and who may have missed something is told so. */
export async function hearsOthers(t: Test, subject: StoreSubject): Promise<void> {
  const { prefix, loseMessages, hears } = subject;
  const channel = `${prefix}channel`;
  const [one, two] = [await listener(t, subject, channel), await listener(t, subject, channel)];
  const other = await listener(t, subject, `${prefix}other`);
  for (const message of MESSAGES) await one.store.bus?.publish(channel, message);
  for (const { heard } of [one, two]) {
    await eventually('the messages', () => heard.length === MESSAGES.length);
    t.strictSame([...heard].sort(), [...MESSAGES].sort(), 'who says it hears it, too');
  }
  await two.store.bus?.publish(`${prefix}other`, 'for the other');
  await eventually('a message', () => other.heard.length > 0);
  t.strictSame(other.heard, ['for the other'], 'and nothing of another channel');
  const { ms } = await timed(async () => {
    await one.store.bus?.publish(channel, 'late?');
    await eventually('the message', () => two.heard.at(-1) === 'late?');
  });
  t.ok(ms < hears + SLACK, `heard after ${Math.round(ms)} ms`);
  t.strictSame([one.gaps, two.gaps, other.gaps], [1, 1, 1], 'nothing was missed');

  await loseMessages();
  for (const told of [one, two, other]) await eventually('a gap', () => told.gaps > 1);
  // Instances that begin anew at the same time may have to do so twice.
  while (two.heard.at(-1) !== 'again') {
    const { gaps } = two;
    await one.store.bus?.publish(channel, 'again');
    await eventually('a message after it', () => two.heard.at(-1) === 'again' || two.gaps > gaps);
  }
  await two.store.close();
  await t.rejects(Promise.resolve(two.store.bus?.publish(channel, 'closed')));
  await one.store.bus?.publish(channel, 'last');
  await eventually('the last', () => one.heard.at(-1) === 'last');
  t.equal(two.heard.at(-1), 'again', 'who is closed hears no more');
}
