import type { Redis } from 'ioredis';
import { Backoff } from '../../../backoff.ts';
import type { Bus, BusListener } from '../../store.ts';
import { unreferencedTimer } from '../../time-limit.ts';
import { plainError } from './client.ts';

/** Pauses between attempts to connect; ms. */
const RECONNECT = { first: 100, longest: 1000 } as const;
/** How often the server is pinged, in ms. This detects a connection that was cut silently. */
const HEARTBEAT = 1000;

interface Subscription extends BusListener {
  readonly channel: string;
}

/**
 * Redis pub/sub on its own connection, because a subscribed connection can do nothing else. Delivery is at most once,
 * so after each new connection the listener is told that it may have missed something.
 */
export class InvalidationBus implements Bus {
  readonly #open: () => Redis;
  readonly #publish: (channel: string, message: string) => Promise<unknown>;
  #subscription: Subscription | undefined;
  #redis: Redis | undefined;
  #cancel = (): void => {};
  readonly #backoff = new Backoff(RECONNECT);
  #started = false;
  #closed = false;
  #isSubscribed = false;
  /** Whether the server has answered that this user may not subscribe. */
  #isForbidden = false;

  /** @param open creates a client that is not connected yet and never reconnects by itself */
  constructor(open: () => Redis, publish: (channel: string, message: string) => Promise<unknown>) {
    this.#open = open;
    this.#publish = publish;
  }

  get hears(): boolean {
    return this.#isSubscribed || this.#isForbidden;
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#publish(channel, message);
  }

  /** Receiving begins with {@link connect}, or now if that was called before. */
  subscribe(channel: string, listener: BusListener): void {
    this.#subscription = { channel, ...listener };
    if (this.#started) void this.connect();
  }

  /** Resolves when the first attempt has succeeded or failed; reconnects until it is closed. */
  async connect(): Promise<void> {
    this.#started = true;
    if (!this.#subscription || this.#closed) return;
    const { channel, heard, gap, hears, deaf } = this.#subscription;
    const redis = this.#open();
    this.#redis = redis;
    redis.on('error', () => {});
    redis.on('message', (_channel: string, message: string) => {
      if (!this.#closed) heard(message);
    });
    redis.once('end', () => this.#lost(redis));
    try {
      await redis.connect();
      await redis.subscribe(channel);
      [this.#isSubscribed, this.#isForbidden] = [true, false];
      this.#backoff.reset();
      gap();
      hears?.();
      this.#beat(redis);
    } catch (error) {
      const plain = plainError(error);
      this.#isForbidden = plain.message.startsWith('NOPERM');
      deaf?.(plain);
      redis.disconnect();
      this.#lost(redis);
    }
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#redis?.disconnect();
  }

  #beat(redis: Redis): void {
    this.#cancel = unreferencedTimer(() => {
      redis.ping().then(
        () => redis === this.#redis && this.#beat(redis),
        () => redis.disconnect(),
      );
    }, HEARTBEAT);
  }

  #lost(redis: Redis): void {
    if (redis !== this.#redis || this.#closed) return;
    this.#redis = undefined;
    this.#cancel();
    if (this.#isSubscribed) {
      this.#isSubscribed = false;
      this.#subscription?.lost?.();
    }
    this.#cancel = unreferencedTimer(() => void this.connect(), this.#backoff.next());
  }
}
