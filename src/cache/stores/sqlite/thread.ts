import { setTimeout } from 'node:timers/promises';
import { type Calls, isBusy, isRefusal, openDatabase, WRITES } from './database.ts';
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

async function make({ name, args, until, path, kind, patience }: Call): Promise<Outcome> {
  for (;;) {
    // A write that had to wait for others is tried all the same: it may be the lock that they have waited for.
    if (now() > until && !WRITES.has(name)) return { error: 'timed out', isRefusal: false };
    try {
      const load = SQLITES[kind] as (typeof SQLITES)[string];
      calls ??= openDatabase(load(), path, patience);
      return { value: (calls[name] as (...args: unknown[]) => unknown)(...args) };
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
