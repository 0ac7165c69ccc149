import type { Worker } from 'node:cluster';
import type { Purge } from '../cache/purge.ts';
import { GreyboxError } from '../errors.ts';
import type { Peers } from '../stats/peers.ts';
import type { Report } from '../stats/report.ts';
import { Channel, senderTo } from './channel.ts';
import { type Failure, LIMITS, type PrimaryMethods, type WorkerMethods } from './protocol.ts';

/** Seconds after which a purge or a page may be requested again. */
const RETRY_AFTER = 2;

/** A worker's end of its channel to the primary. Through it the worker reaches the other workers. */
export class Link implements Peers {
  onForget: Peers['onForget'] = () => [];
  onReport: Peers['onReport'] = () => Promise.reject(new Error('there is nothing to report yet'));
  /** Called when the primary ends the service, or has ended itself. */
  onDrain: (why: string) => void = () => {};
  readonly #channel: Channel<WorkerMethods, PrimaryMethods>;

  constructor(worker: Worker) {
    this.#channel = new Channel<WorkerMethods, PrimaryMethods>(senderTo(worker), {
      report: () => this.onReport(),
      forget: (purge) => this.onForget(purge),
      drain: (why) => this.onDrain(why),
    });
    worker.on('message', (message) => this.#channel.receive(message));
    worker.on('disconnect', () => {
      // Otherwise node:cluster ends the process at once.
      worker.exitedAfterDisconnect = true;
      this.#channel.close();
      this.onDrain('the primary process is gone');
    });
  }

  /** Tells the primary that this worker answers calls. */
  async join(): Promise<void> {
    await this.#channel.call('join', undefined, LIMITS.primary.join);
  }

  /** Tells the primary why this worker cannot start. */
  async failed(failure: Failure): Promise<void> {
    await this.#channel.call('failed', failure, LIMITS.primary.failed);
  }

  async leave(last: Report): Promise<void> {
    await this.#channel.call('leave', last, LIMITS.primary.leave).catch(() => {});
  }

  async forget(purge: Purge): Promise<readonly string[]> {
    try {
      return await this.#channel.call('forget', purge, LIMITS.primary.forget);
    } catch (cause) {
      const detail = 'a worker did not say that it has purged its memory; try again';
      throw new GreyboxError('overloaded', detail, { cause, retryAfter: RETRY_AFTER });
    }
  }

  async reports(): Promise<readonly Report[]> {
    try {
      return await this.#channel.call('reports', undefined, LIMITS.primary.reports);
    } catch (cause) {
      const detail = 'the numbers of the other workers cannot be had now; try again';
      throw new GreyboxError('overloaded', detail, { cause, retryAfter: RETRY_AFTER });
    }
  }

  /** If the primary does not answer, nobody is limited. */
  async take(client: string, weight: number): Promise<number> {
    return this.#channel.call('take', { client, weight }, LIMITS.primary.take).catch(() => 0);
  }
}
