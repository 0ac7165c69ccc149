import { Repetition } from '../repetition.ts';
import type { Bus, BusListener } from '../store.ts';

/** How often an instance looks for messages, in ms. A message arrives at most this time and one call later. */
export const POLL = 500;

/** The most messages that are read one by one. An instance that is further behind forgets everything instead. */
const MOST = 1000;

/**
 * Numbered messages in a store that cannot call back. Numbers go up by one, and messages are kept for ten minutes. A
 * store that loses them continues with a number that was never used: see {@link firstNumber}.
 */
export interface MessageLog {
  /** The number of the newest message, or the number before the first if there is none yet. */
  last(): Promise<number>;
  append(message: string): Promise<void>;
  /** The messages that exist above `after` and up to `upTo`, in order. */
  read(after: number, upTo: number): Promise<readonly string[]>;
}

/** The first number of a log that may have lost its count. It is made from the time, so it was never used before. */
export const firstNumber = (now: number): number => Math.floor(now) * 1000 + Math.floor(Math.random() * 1000);

/** A message as stored in the log. */
interface Envelope {
  readonly to: string;
  readonly text: string;
}

const seal = (envelope: Envelope): string => JSON.stringify(envelope);

/** Undefined if another program wrote it. */
function open(message: string): Envelope | undefined {
  try {
    const { to, text } = JSON.parse(message);
    return typeof to === 'string' && typeof text === 'string' ? { to, text } : undefined;
  } catch {
    return undefined;
  }
}

interface Subscription extends BusListener {
  readonly channel: string;
}

/**
 * A bus for stores without pub/sub: each instance regularly asks for the newest number and reads new messages. If a
 * number or a message is missing, or not ours, the listener is told that it may have missed something.
 */
export class PolledBus implements Bus {
  /** Messages are kept until they are read. */
  readonly hears = true;
  readonly #log: MessageLog;
  #polls: Repetition | undefined;
  #place: number | undefined;

  constructor(log: MessageLog) {
    this.#log = log;
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#log.append(seal({ to: channel, text: message }));
  }

  /** Receiving begins with {@link start}. */
  subscribe(channel: string, listener: BusListener): void {
    this.#polls = new Repetition(() => this.#poll({ channel, ...listener }), POLL);
  }

  /** Resolves when the first poll has succeeded or failed; polls until it is closed. */
  async start(): Promise<void> {
    await this.#polls?.start();
  }

  close(): void {
    this.#polls?.end();
  }

  async #poll(subscription: Subscription): Promise<void> {
    try {
      await this.#look(subscription);
      subscription.hears?.();
    } catch (error) {
      // The position is kept: messages published in the meantime are read when the store is back.
      subscription.deaf?.(error as Error);
    }
  }

  async #look({ channel, heard, gap }: Subscription): Promise<void> {
    const place = this.#place;
    const last = await this.#log.last();
    if (last === place) return;
    const missed = last - (place ?? Number.POSITIVE_INFINITY);
    const messages = missed > 0 && missed <= MOST ? await this.#log.read(place ?? 0, last) : [];
    if (this.#polls?.hasEnded) return;
    this.#place = last;
    const envelopes = messages.flatMap((message) => open(message) ?? []);
    if (envelopes.length !== missed) return gap();
    for (const { to, text } of envelopes) if (to === channel) heard(text);
  }
}
