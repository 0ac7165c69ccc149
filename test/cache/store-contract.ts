import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import type { SharedStore } from '../../src/cache/store.ts';
import { freePort } from '../helper/ports.ts';
import { eventually, timed } from '../helper/wait.ts';

/** Bound on one call, in ms. */
const TIMEOUT = 200;
/** A bound so long that a call that waits for it is told from one that ends at once. */
const LONG_TIMEOUT = 5000;
/** What a busy machine may add to either. */
const SLACK = 400;
/** A key as long as any of ours, where a store takes any. */
const ANY_KEY = 300;
/** Life of a value that is written while the server hangs, in ms. */
const LIFE = 600;

/** A kind of store, and the real server that the contract is proved on. */
export interface StoreSubject {
  readonly name: string;
  /** Makes a store for the server, not yet connected. */
  readonly create: (timeout: number) => SharedStore;
  /** As `create`, for a port of the loopback where nothing listens; only with a server. */
  readonly createAt?: (port: number, timeout: number) => SharedStore;
  /** Undefined where there is none that could hang or end. */
  readonly server?: {
    stop(): Promise<void>;
    pause(): void;
    resume(): void;
    restart(): Promise<void>;
  };
  /** Put before every key. */
  readonly prefix: string;
  /** Longest key that the store takes, in bytes; default any. */
  readonly maxKey?: number;
  /** Writes a value that never expires, past the store. */
  readonly writeForever: (key: string, body: Buffer) => Promise<void>;
}

type Part = (t: Test, subject: StoreSubject, store: SharedStore) => Promise<void>;

/** A part that does something to the server. */
type Outage = (t: Test, subject: Required<StoreSubject>, store: SharedStore) => Promise<void>;

const BODIES: Readonly<Record<string, Buffer>> = {
  'every byte': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  'line ends and zeros': Buffer.from('\r\n$-1\r\n\0\0+OK\r\n'),
  'not UTF-8': Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80]),
  'one byte': Buffer.from([0]),
  'more than one read': randomBytes(3_000_000),
};

const sha = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** Waits for a point in time: the server's clock moves for nobody. */
const passed = (time: number): Promise<void> => setTimeout(Math.max(0, time - performance.now()));

const responds = (store: SharedStore): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

const answers = (store: SharedStore): Promise<boolean> => eventually('an answer', () => responds(store));

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
  const all = Array.from({ length: 2500 }, (_, index) => index);
  await Promise.all(all.map((index) => store.set(name(index), body, 60_000)));
  await store.set(`${prefix}[many].1`, body, 60_000);
  await store.set(`${prefix}other`, body, 60_000);
  t.equal(await store.deleteMatching(`${prefix}\\[many\\].*`, () => true), 1, 'escaped');
  t.equal(await store.deleteMatching(`${prefix}many.*`, (key) => key.endsWith('7')), 250, 'those that pass');
  t.equal(await store.deleteMatching(`${prefix}many.*`, () => true), 2250, 'page by page, every server');
  t.equal(await store.deleteMatching(`${prefix}many.*`, () => true), 0);
  t.ok(await store.get(`${prefix}other`), 'nothing else');
};

/** A write that the server reads when it wakes keeps nothing longer than it was to be kept when it was sent. */
const boundsLateWrites: Outage = async (t, { create, server, prefix }) => {
  const store = create(TIMEOUT);
  t.teardown(() => store.close());
  await store.connect();
  // It may have to learn the server's time first.
  await answers(store);
  await store.set(`${prefix}early`, Buffer.from('a'), 60_000);
  server.pause();
  t.teardown(() => server.resume());
  // A server of several threads stops a moment after it is told to.
  await eventually('silence', async () => !(await responds(store)));
  const sent = performance.now();
  await t.rejects(store.set(`${prefix}late`, Buffer.from('a'), LIFE));
  await passed(sent + LIFE);
  server.resume();
  await answers(store);
  t.equal(await store.get(`${prefix}late`), undefined);
};

const CALLS: Readonly<Record<string, (store: SharedStore, key: string) => Promise<unknown>>> = {
  get: (store, key) => store.get(key),
  set: (store, key) => store.set(key, Buffer.from('late'), 1000),
  ping: (store) => store.ping(),
};

/** Every kind of call rejects, within `bound` ms and what a busy machine adds. */
async function allReject(t: Test, store: SharedStore, key: string, bound: number): Promise<void> {
  for (const [name, call] of Object.entries(CALLS)) {
    const { ms, outcome } = await timed(() => call(store, key));
    t.equal(outcome.status, 'rejected', name);
    t.ok(ms < bound + SLACK, `${name} took ${Math.round(ms)} ms`);
  }
}

const survivesHanging: Outage = async (t, { create, server, prefix }) => {
  const store = create(TIMEOUT);
  t.teardown(() => store.close());
  await store.connect();
  await answers(store);
  server.pause();
  t.teardown(() => server.resume());
  await allReject(t, store, `${prefix}hung`, TIMEOUT);
  server.resume();
  await answers(store);
};

const tellsOutages: Outage = async (t, { server, create, prefix }) => {
  const store = create(LONG_TIMEOUT);
  t.teardown(() => store.close());
  const told: boolean[] = [];
  store.onConnection((up) => void told.push(up));
  await store.connect();
  await eventually('up', () => told.at(-1));
  await server.stop();
  await eventually('down', () => told.at(-1) === false);
  await allReject(t, store, `${prefix}down`, 0);
  await server.restart();
  await eventually('up again', () => told.at(-1));
  t.equal(told[0], true);
  t.equal(await store.get(`${prefix}down`), undefined, 'no write was kept for later');
};

const connectsToNothing: Outage = async (t, { createAt, prefix }) => {
  const store = createAt(await freePort(), LONG_TIMEOUT);
  t.teardown(() => store.close());
  let reason: Error | undefined;
  store.onConnection((up, error) => {
    if (!up) reason ??= error;
  });
  const { ms, outcome } = await timed(() => store.connect());
  t.equal(outcome.status, 'fulfilled', 'connect never rejects');
  t.ok(ms < SLACK, `connect took ${Math.round(ms)} ms`);
  await allReject(t, store, `${prefix}nothing`, 0);
  await eventually('a reason', () => reason);
  t.match(reason?.message, /ECONNREFUSED/);
};

const PARTS: Readonly<Record<string, Part>> = {
  'values come back byte for byte': readsBack,
  'keys are kept apart': keepsKeysApart,
  'the time left is told': tellsTimeLeft,
  'values expire': expires,
  'values without expiry are not ours': wantsExpiry,
  'a key is removed': removes,
  'keys that match are removed': removesMatching,
  'stores share, until closed': isShared,
};

const OUTAGES: Readonly<Record<string, Outage>> = {
  'calls to a server that hangs end in time': survivesHanging,
  'a write that runs late expires in time': boundsLateWrites,
  'outages are told': tellsOutages,
  'nothing to connect to': connectsToNothing,
};

/** What every second tier does, proved on a real server. */
export async function storeContract(t: Test, subject: StoreSubject): Promise<void> {
  const store = subject.create(LONG_TIMEOUT);
  t.teardown(() => store.close());
  await store.connect();
  t.equal(store.name, subject.name);
  for (const [name, part] of Object.entries(PARTS)) await t.test(name, (t) => part(t, subject, store));
  const { server, createAt, maxKey = ANY_KEY } = subject;
  if (!server || !createAt) return;
  const outage = { ...subject, server, createAt, maxKey };
  for (const [name, part] of Object.entries(OUTAGES)) await t.test(name, (t) => part(t, outage, store));
}
