import { setTimeout } from 'node:timers/promises';
import { type Calls, isBusy, isFull, isRefusal, openDatabase, PURGES, WRITES } from './database.ts';
import { keepReserve, releaseReserve } from './reserve.ts';
import { SQLITES } from './sqlite.ts';

/** What the thread is asked to do. */
export interface Call {
  readonly name: keyof Calls;
  readonly args: readonly unknown[];
  /** Until when it is tried again, in ms since 1970. */
  readonly until: number;
  /** The file, which is opened by the first call that can. */
  readonly path: string;
  /** Which SQLite, see sqlite.ts. */
  readonly kind: string;
  /** How long opening may wait for another process, in ms. */
  readonly patience: number;
}

/** What comes of a call; errors lose their members on the way between threads. */
export type Outcome =
  | { readonly value: unknown }
  | {
      readonly error: string;
      /** The database is there to be read, and would not write. */
      readonly isRefusal: boolean;
    };

/** How long a call waits until it is tried again while another process holds the lock, in ms. */
const RETRY = 5;

let calls: Calls | undefined;
/** Ends when the newest write has: none overtakes another, such as a purge the writing of what it purges. */
let writing: Promise<unknown> = Promise.resolve();

const now = (): number => performance.timeOrigin + performance.now();

function open({ path, kind, patience }: Call): Calls {
  const load = SQLITES[kind] as (typeof SQLITES)[string];
  const opened = openDatabase(load(), path, patience);
  keepReserve(path);
  return opened;
}

/** Makes a call on a full disk with the room of the reserve, and frees as much as can be. */
function performWithReserve(opened: Calls, call: Call): unknown {
  releaseReserve(call.path);
  const checkpoint = (): void => {
    try {
      opened.checkpoint();
    } catch {
      // There is no room for all of it, or somebody reads: the call needs less.
    }
  };
  checkpoint();
  const value = performOnce(opened, call);
  checkpoint();
  return value;
}

const performOnce = (opened: Calls, { name, args }: Call): unknown =>
  (opened[name] as (...args: unknown[]) => unknown)(...args);

/** @throws Error of the database */
function attempt(call: Call): unknown {
  calls ??= open(call);
  if (call.name === 'sweep') keepReserve(call.path);
  try {
    return performOnce(calls, call);
  } catch (error) {
    if (!isFull(error) || !PURGES.has(call.name)) throw error;
    return performWithReserve(calls, call);
  }
}

async function make(call: Call): Promise<Outcome> {
  const { name, until } = call;
  for (;;) {
    // A write that had to wait for others is tried all the same: it may be the lock that they have waited for.
    if (now() > until && !WRITES.has(name)) return { error: 'timed out', isRefusal: false };
    try {
      return { value: attempt(call) };
    } catch (error) {
      if (!isBusy(error) || now() + RETRY > until)
        return { error: (error as Error).message, isRefusal: WRITES.has(name) && isRefusal(error) };
    }
    await setTimeout(RETRY);
  }
}

/** Makes one call. Reads do not wait for writes. */
export default function perform(call: Call): Promise<Outcome> {
  if (!WRITES.has(call.name)) return make(call);
  const outcome = writing.then(() => make(call));
  writing = outcome;
  return outcome;
}
