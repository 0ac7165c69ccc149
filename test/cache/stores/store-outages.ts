import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import type { SharedStore } from '../../../src/cache/store.ts';
import { freePort } from '../../helper/ports.ts';
import { eventually, timed } from '../../helper/wait.ts';

/** Bound on one call, in ms. */
const TIMEOUT = 200;
/** A bound so long that a call that waits for it is told from one that ends at once. */
export const LONG_TIMEOUT = 5000;
/** What a busy machine may add to either. */
export const SLACK = 400;
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
  /** Has every instance miss messages of the others, past the store. */
  readonly loseMessages: () => Promise<unknown>;
  /** How long a message takes at most to be heard, in ms. */
  readonly hears: number;
}

/** A part of the contract that does something to the server. */
export type Outage = (t: Test, subject: Required<StoreSubject>) => Promise<void>;

/** Waits for a point in time: the server's clock moves for nobody. */
const passed = (time: number): Promise<void> => setTimeout(Math.max(0, time - performance.now()));

const responds = (store: SharedStore): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

const answers = (store: SharedStore): Promise<boolean> => eventually('an answer', () => responds(store));

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

const tellsMissed: Outage = async (t, { create, server, prefix }) => {
  const store = create(LONG_TIMEOUT);
  t.teardown(() => store.close());
  let gaps = 0;
  const heard: string[] = [];
  store.bus?.subscribe(`${prefix}missed`, {
    heard: (message) => void heard.push(message),
    gap: () => {
      gaps += 1;
    },
  });
  await store.connect();
  await eventually('a bus', () => gaps === 1);
  await store.bus?.publish(`${prefix}missed`, 'first');
  await eventually('a message', () => heard.length > 0);
  await server.stop();
  await server.restart();
  await eventually('a gap', () => gaps > 1);
};

/** What every store does while its server hangs, ends, or is not there. */
export const OUTAGES: Readonly<Record<string, Outage>> = {
  'calls to a server that hangs end in time': survivesHanging,
  'a write that runs late expires in time': boundsLateWrites,
  'outages are told': tellsOutages,
  'a server that restarts has lost messages': tellsMissed,
  'nothing to connect to': connectsToNothing,
};
