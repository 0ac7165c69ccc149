/** What a cache keeps: bytes, their validator, and when they stop being served. */
export interface Entry {
  readonly body: Buffer;
  /** Strong validator, quoted (RFC 9110, 8.8.3): a hash of the bytes. */
  readonly etag: string;
  /** On the cache's own clock, in ms. */
  readonly expiresAt: number;
}

/** Bytes from a shared tier, with the time that they have left there. */
export interface Stored {
  readonly body: Buffer;
  /** ms, more than 0 */
  readonly ttl: number;
}

/** The store answered, and would not write: it is full or read-only. What it holds can still be read. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/**
 * A second tier that processes share. Calls may reject for any reason; none may take longer than the store's own time
 * limit. Values are the bytes and nothing else.
 */
export interface SharedStore {
  /** The name in `X-Cache`, `Cache-Status`, metrics and logs. */
  readonly name: string;
  /** Resolves when the first attempt to connect has come to an end, either way; never rejects. */
  connect(): Promise<void>;
  get(key: string): Promise<Stored | undefined>;
  /**
   * Writes bytes and their expiry in one command; `ttl` in ms, more than 0.
   * @throws WriteRefusedError (as a rejection) where the store answers that it does not write
   */
  set(key: string, body: Buffer, ttl: number): Promise<void>;
  /** A call that costs nothing, to try whether the store answers. */
  ping(): Promise<void>;
  /** Calls back on each change of the connection; `error` says why it is down. */
  onConnection(listener: (up: boolean, error?: Error) => void): void;
  close(): Promise<void>;
}
