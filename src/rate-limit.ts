import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { GreyboxError } from './errors.ts';

/** How many clients are remembered. Beyond that, the one that was quiet longest is forgotten and starts anew. */
const MAX_CLIENTS = 10_000;
const MINUTE = 60_000;

/** What counts as one client: an IPv4 address, or the /64 that an IPv6 network gives to one customer (RFC 6177). */
export function clientOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const known = [groups(head), groups(tail ?? '')] as const;
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - known[0].length - known[1].length);
  const all = [...known[0], ...Array<string>(zeros).fill('0'), ...known[1]];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

interface Bucket {
  renders: number;
  /** When that was counted, in ms. */
  at: number;
}

/** Renders per minute and client: a bucket that holds one minute's worth and refills evenly. */
export class RenderBudget {
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CLIENTS });
  readonly #perMinute: number;
  readonly #now: () => number;

  /** @param now a clock in ms that never goes back */
  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Number of remembered clients. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes a render from a client's budget.
   * @param weight how many plain pictures it counts as, limited to one minute's worth
   * @returns 0, or the seconds until enough is left, at least 1
   */
  take(address: string, weight = 1): number {
    const client = clientOf(address);
    const now = this.#now();
    const bucket = this.#buckets.get(client) ?? { renders: this.#perMinute, at: now };
    const filled = bucket.renders + ((now - bucket.at) / MINUTE) * this.#perMinute;
    bucket.renders = Math.min(this.#perMinute, filled);
    bucket.at = now;
    this.#buckets.set(client, bucket);
    const missing = Math.min(weight, this.#perMinute) - bucket.renders;
    if (missing > 0) return Math.ceil((missing * MINUTE) / this.#perMinute / 1000);
    bucket.renders = -missing;
    return 0;
  }
}

/** Like {@link RenderBudget.take}, wherever the budget is kept. */
type Take = (address: string, weight: number) => number | Promise<number>;

/** Refuses a client that has used up its budget. */
export class RenderLimiter {
  readonly #perMinute: number;
  readonly #take: Take;

  constructor(perMinute: number, take: Take) {
    this.#perMinute = perMinute;
    this.#take = take;
  }

  /**
   * @param weight how many plain pictures the request counts as
   * @throws GreyboxError `rate-limited` (as a rejection) if not enough is left
   */
  async admit(address: string, weight = 1): Promise<void> {
    const retryAfter = await this.#take(address, weight);
    if (retryAfter === 0) return;
    const counts = weight > 1 ? `, and this one counts for ${Math.min(weight, this.#perMinute)}` : '';
    const detail = `a client may have ${this.#perMinute} new pictures drawn per minute${counts}; try again in ${retryAfter} s`;
    throw new GreyboxError('rate-limited', detail, { retryAfter });
  }
}
