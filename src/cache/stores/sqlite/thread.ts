import { setTimeout } from 'node:timers/promises';
import { type Calls, isBusy, isFull, isRefusal, openDatabase, PURGES, WRITES } from './database.ts';
import { keepReserve, releaseReserve } from './reserve.ts';
import { SQLITES } from './sqlite.ts';

/** A call to the thread. */
export interface Call {
  readonly name: keyof Calls;
  readonly args: readonly unknown[];
  /** Until when it is retried, in ms since 1970. */
  readonly until: number;
  /** The file; the first call that can open it does. */
  readonly path: string;
  /** Which SQLite, see sqlite.ts. */
  readonly kind: string;
  /** How long opening may wait for another process, in ms. */
  readonly patience: number;
}

/** The outcome of a call; errors lose their properties on the way between threads. */
export type Outcome =
  | { readonly value: unknown }
  | {
      readonly error: string;
      /** Whether the database can be read but refused to write. */
      readonly isRefusal: boolean;
    };

/** How long a call waits before a retry while another process holds the lock, in ms. */
const RETRY = 5;

let calls: Calls | undefined;
/** Ends with the newest write. No write overtakes another: a purge must not overtake the writes that it removes. */
let writing: Promise<unknown> = Promise.resolve();

const now = (): number => performance.timeOrigin + performance.now();

function open({ path, kind, patience }: Call): Calls {
  const load = SQLITES[kind] as (typeof SQLITES)[string];
  const opened = openDatabase(load(), path, patience);
  keepReserve(path);
  return opened;
}

/** Makes a call on a full disk with the reserved space, and frees as much as possible. */
function performWithReserve(opened: Calls, call: Call): unknown {
  releaseReserve(call.path);
  const checkpoint = (): void => {
    try {
      opened.checkpoint();
    } catch {
      // There is no room for the whole log, or another process is reading. The call needs less room.
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
    // A write that had to wait for others is still tried: they may have waited for the same lock.
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
