import { GreyboxError } from '../errors.ts';

/** Longest `Retry-After` for a refused client, in s. */
const MAX_RETRY_AFTER = 60;

const MEBI = 2 ** 20;

export function overloaded(why: string, retryAfter: number): GreyboxError {
  return new GreyboxError('overloaded', `${why}; try again in ${retryAfter} s`, { retryAfter });
}

/** The errors of a queue that takes no more. One error per kind of answer, because thousands are sent. */
export class Refusals {
  readonly full: GreyboxError;
  /** The process has grown: what a task takes would be more than the limit. */
  readonly noMemory = overloaded('there is no memory left to draw a picture as large as this one', 5);
  readonly #late: (GreyboxError | undefined)[] = [];

  /** @param limit number of tasks that may wait */
  constructor(limit: number) {
    this.full = overloaded(`more than ${limit} pictures are waiting to be drawn`, 1);
  }

  /** @param wait how long the task would wait, in ms */
  late(wait: number): GreyboxError {
    const seconds = Math.min(MAX_RETRY_AFTER, Math.ceil(wait / 1000));
    this.#late[seconds] ??= overloaded(`drawing what waits already takes about ${seconds} s`, seconds);
    return this.#late[seconds];
  }

  /** Refuses a task that takes more memory than there is, even alone. */
  tooLarge(bytes: number, memory: number): GreyboxError {
    const [needs, has] = [bytes, memory].map((value) => Math.ceil(value / MEBI));
    const detail =
      `drawing this picture takes about ${needs} MiB, and this service has ${has} MiB for it: ` +
      'ask for a smaller one, for PNG or SVG, or raise the memory limit';
    return new GreyboxError('overloaded', detail, { retryAfter: MAX_RETRY_AFTER });
  }
}
