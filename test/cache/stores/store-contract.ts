import { createHash, randomBytes } from 'node:crypto';
import type { Test } from 'tap';
import { type SharedStore, UNUSABLE } from '../../../src/cache/store.ts';
import { eventually } from '../../helper/wait.ts';
import { hearsOthers } from './bus-contract.ts';
import { LONG_TIMEOUT, OUTAGES, type StoreSubject } from './store-outages.ts';

/** A key as long as any of ours, where a store takes any. */
const ANY_KEY = 300;

type Part = (t: Test, subject: StoreSubject, store: SharedStore) => Promise<void>;

const BODIES: Readonly<Record<string, Buffer>> = {
  'every byte': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  'line ends and zeros': Buffer.from('\r\n$-1\r\n\0\0+OK\r\n'),
  'not UTF-8': Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80]),
  'one byte': Buffer.from([0]),
  'more than one read': randomBytes(3_000_000),
};

const sha = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

const readsBack: Part = async (t, { prefix }, store) => {
  for (const [name, body] of Object.entries(BODIES)) {
    await store.set(`${prefix}${name}`, body, 60_000);
    const stored = await store.get(`${prefix}${name}`);
    t.equal(stored && sha(stored.body), sha(body), name);
  }
  t.equal(await store.get(`${prefix}missing`), undefined);
};

const keepsKeysApart: Part = async (t, { prefix, maxKey = ANY_KEY }, store) => {
  const keys = [
    'k',
    'K',
    'k ',
    '600.400.png?bg=ff0000&text=%C3%A9%20*[a]\\',
    'é',
    'x'.repeat(maxKey - prefix.length),
  ];
  await Promise.all(keys.map((key) => store.set(prefix + key, Buffer.from(key), 60_000)));
  const found = await Promise.all(keys.map((key) => store.get(prefix + key)));
  t.strictSame(
    found.map((stored) => stored?.body.toString()),
    keys,
  );
};

const tellsTimeLeft: Part = async (t, { prefix }, store) => {
  const key = `${prefix}ttl`;
  const left = async (): Promise<number> => (await store.get(key))?.ttl ?? 0;
  await store.set(key, Buffer.from('a'), 60_000);
  const first = await left();
  t.ok(first > 50_000 && first <= 60_000, `${first} of 60000`);
  const less = await eventually('less time', async () => {
    const now = await left();
    return now < first ? now : 0;
  });
  t.ok(less > 0);
  await store.set(key, Buffer.from('b'), 5_000.5);
  const replaced = await left();
  t.ok(replaced > 0 && replaced <= 5_001, 'a new value has its own time');
};

const expires: Part = async (t, { prefix }, store) => {
  const key = `${prefix}expires`;
  const written = performance.now();
  await store.set(key, Buffer.from('a'), 400);
  await eventually('expiry', async () => {
    const stored = await store.get(key);
    if (stored && !(stored.ttl > 0 && stored.ttl <= 400)) t.fail(`ttl ${stored.ttl}`);
    return !stored;
  });
  t.ok(performance.now() - written > 250, 'not before its time');
};

const wantsExpiry: Part = async (t, { prefix, writeForever }, store) => {
  await writeForever(`${prefix}forever`, Buffer.from('a'));
  t.equal(await store.get(`${prefix}forever`), undefined, 'a value without expiry is a miss');
};

const isShared: Part = async (t, { create, prefix }, store) => {
  const other = create(LONG_TIMEOUT);
  await other.connect();
  await store.set(`${prefix}shared`, Buffer.from('a'), 60_000);
  t.equal((await other.get(`${prefix}shared`))?.body.toString(), 'a');
  await other.close();
  await t.rejects(other.get(`${prefix}shared`), 'a closed store rejects');
  await t.rejects(other.set(`${prefix}shared`, Buffer.from('b'), 1000));
  await t.rejects(other.ping());
  t.equal((await store.get(`${prefix}shared`))?.body.toString(), 'a', 'and leaves the others alone');
};

const readsNoMore: Part = async (t, { prefix }, store) => {
  const body = randomBytes(3_000_000);
  await store.set(`${prefix}long`, body, 60_000);
  t.equal(await store.get(`${prefix}long`, body.length - 1), UNUSABLE, 'one byte too many');
  t.ok((await store.get(`${prefix}long`, body.length))?.body.equals(body), 'just as many');
  t.equal(await store.get(`${prefix}missing`, 10), undefined);
  // Beside other calls, whose answers must still be told apart.
  await store.set(`${prefix}short`, Buffer.from('short'), 60_000);
  const calls = Array.from({ length: 60 }, (_, index) =>
    store.get(`${prefix}${index % 2 === 0 ? 'long' : 'short'}`, 1000),
  );
  const found = await Promise.all(calls);
  t.ok(
    found.every((stored, index) =>
      index % 2 === 0 ? stored === UNUSABLE : stored?.body.equals(Buffer.from('short')),
    ),
  );
};

const removes: Part = async (t, { prefix }, store) => {
  const key = `${prefix}600.400.png?text=a`;
  await store.set(key, Buffer.from('a'), 60_000);
  t.equal(await store.delete(key), true);
  t.equal(await store.get(key), undefined);
  t.equal(await store.delete(key), false, 'it was there once');
};

const removesMatching: Part = async (t, { prefix }, store) => {
  const name = (index: number): string => `${prefix}many.${index}`;
  const body = Buffer.from('a');
  // Not all at once: a disk that is busy takes longer for them than one call may take.
  for (let start = 0; start < 2500; start += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => store.set(name(start + i), body, 60_000)));
  await store.set(`${prefix}[many].1`, body, 60_000);
  await store.set(`${prefix}other`, body, 60_000);
  t.equal(await store.deleteMatching(`${prefix}\\[many\\].*`, () => true), 1, 'escaped');
  t.equal(await store.deleteMatching(`${prefix}many.*`, (key) => key.endsWith('7')), 250, 'those that pass');
  t.equal(await store.deleteMatching(`${prefix}many.*`, () => true), 2250, 'page by page, every server');
  t.equal(await store.deleteMatching(`${prefix}many.*`, () => true), 0);
  t.ok(await store.get(`${prefix}other`), 'nothing else');
};

const tellsSize: Part = async (t, { prefix }, store) => {
  const before = await store.size?.();
  const body = randomBytes(1_000_000);
  for (const name of ['one', 'two', 'two']) await store.set(`${prefix}size ${name}`, body, 60_000);
  const after = await store.size?.();
  t.equal(after && before && after.entries - before.entries, 2);
  const more = (after?.bytes ?? 0) - (before?.bytes ?? 0);
  // Servers count buffers for replicas and clients, too.
  t.ok(more > 1_900_000 && more < 20_000_000, `${more} bytes for 2000000`);
};

const PARTS: Readonly<Record<string, Part>> = {
  'values come back byte for byte': readsBack,
  'keys are kept apart': keepsKeysApart,
  'the time left is reported': tellsTimeLeft,
  'values expire': expires,
  'values without expiry are not ours': wantsExpiry,
  'no more than the limit is read': readsNoMore,
  'a key is removed': removes,
  'matching keys are removed': removesMatching,
  'it reports its size': tellsSize,
  "instances receive each other's messages": hearsOthers,
  'stores share, until closed': isShared,
};

/** What every store does, proved on a real server. */
export async function storeContract(t: Test, subject: StoreSubject): Promise<void> {
  const store = subject.create(LONG_TIMEOUT);
  t.teardown(() => store.close());
  await store.connect();
  t.equal(store.name, subject.name);
  for (const [name, part] of Object.entries(PARTS)) await t.test(name, (t) => part(t, subject, store));
  const { server, createAt, maxKey = ANY_KEY } = subject;
  if (!server || !createAt) return;
  const outage = { ...subject, server, createAt, maxKey };
  for (const [name, part] of Object.entries(OUTAGES)) await t.test(name, (t) => part(t, outage));
}
