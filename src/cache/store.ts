/** A cache entry: the bytes, their validator, and when they expire. */
export interface Entry {
  readonly body: Buffer;
  /** Strong validator, quoted (RFC 9110, 8.8.3): a hash of the bytes. */
  readonly etag: string;
  /** On the cache's own clock, in ms. */
  readonly expiresAt: number;
}

/** Bytes from a store, and how long they may still be served. */
export interface Stored {
  readonly body: Buffer;
  /** ms, more than 0 */
  readonly ttl: number;
}

/** For `maxBytes`: no limit. */
export const NO_BOUND = Number.POSITIVE_INFINITY;

/** Stands for a value that cannot be ours and was not read: it is too long, empty or of another type. */
export const UNUSABLE: Stored = Object.freeze({ body: Buffer.alloc(0), ttl: 1 });

/** The store refused to write, for example because it is full or read-only. It can still be read. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/** As {@link WriteRefusedError}, but only this entry was refused, for example because its key is too long. */
export class EntryRefusedError extends WriteRefusedError {}

/** What a store holds by its own count, other programs' entries included. */
export interface StoreSize {
  readonly entries: number;
  /** Undefined if the store does not report it. */
  readonly bytes: number | undefined;
}

/** The callbacks of a {@link Bus}. */
export interface BusListener {
  readonly heard: (message: string) => void;
  readonly gap: () => void;
  readonly lost?: () => void;
  readonly hears?: () => void;
  readonly deaf?: (error: Error) => void;
}

/** Messages between the instances that share a store. */
export interface Bus {
  /**
   * Whether messages published now will arrive sooner or later. False while a connection is lost or not made yet. True
   * if the server does not let this instance subscribe at all: there is nothing to wait for.
   */
  readonly hears: boolean;
  /** @throws the store's error (as a rejection) if the message cannot be sent */
  publish(channel: string, message: string): Promise<void>;
  /**
   * Receives published messages, its own included, in any order, for as long as the store is open. `gap` is called each
   * time that messages may have been missed: whenever receiving begins, the first time and after each loss. `lost` is
   * called when receiving stops and messages are not kept until it resumes. `deaf` is called for each failed attempt to
   * receive, and `hears` after each successful one.
   */
  subscribe(channel: string, listener: BusListener): void;
}

/**
 * The store behind the shared tier. Calls may reject for any reason. None may take longer than the store's own time
 * limit, except `deleteMatching`, where the limit is for each step. Values are the bytes and nothing else.
 */
export interface SharedStore {
  /** The name in `X-Cache`, `Cache-Status`, metrics and logs. */
  readonly name: string;
  /** Undefined if the store has no way to pass messages. */
  readonly bus?: Bus | undefined;
  /** Resolves when the first attempt to connect has succeeded or failed. It never rejects. */
  connect(): Promise<void>;
  /**
   * @param maxBytes most bytes that the value may have; default: any number
   * @returns undefined if there is none, {@link UNUSABLE} if it cannot be ours
   */
  get(key: string, maxBytes?: number): Promise<Stored | undefined>;
  /**
   * Writes bytes and their expiry in one command; `ttl` in ms, more than 0.
   * @throws WriteRefusedError (as a rejection) if the store answers that it does not write
   */
  set(key: string, body: Buffer, ttl: number): Promise<void>;
  /** @returns whether it was there */
  delete(key: string): Promise<boolean>;
  /** Removes the keys that match a glob (see glob.ts) and pass the test. @returns how many */
  deleteMatching(glob: string, passes: (key: string) => boolean): Promise<number>;
  /** A cheap call that checks whether the store answers. */
  ping(): Promise<void>;
  /** Counts the entries, which may take longer than other calls. */
  size?(): Promise<StoreSize>;
  /** Calls back on each change of the connection; `error` says why it is down. */
  onConnection(listener: (up: boolean, error?: Error) => void): void;
  close(): Promise<void>;
}
