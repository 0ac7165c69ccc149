import type { Purge } from '../cache/purge.ts';
import { RenderBudget } from '../rate-limit.ts';
import { mergeEnded } from '../stats/merge.ts';
import type { Report } from '../stats/report.ts';
import { Channel } from './channel.ts';
import { type Failure, LIMITS, type PrimaryMethods, type WorkerMethods } from './protocol.ts';

/** A worker as the primary knows it. */
export interface Member {
  readonly channel: Channel<PrimaryMethods, WorkerMethods>;
  /** Whether it answers calls. */
  joined: boolean;
  /** Its last report. */
  report?: Report;
  /** Why it could not start. */
  failure?: Failure;
}

/** All workers together, and what each may ask of all. */
export class Fleet {
  readonly #members = new Set<Member>();
  readonly #budget: RenderBudget | undefined;
  /** The counts of ended workers: at most one report. */
  #ended: Promise<readonly Report[]> = Promise.resolve([]);

  constructor(rateLimit: number | 'off') {
    this.#budget = rateLimit === 'off' ? undefined : new RenderBudget(rateLimit, () => performance.now());
  }

  /** @param send passes a message to the worker */
  add(send: (message: object) => void): Member {
    const member: Member = {
      joined: false,
      channel: new Channel<PrimaryMethods, WorkerMethods>(send, {
        join: () => {
          member.joined = true;
        },
        leave: (last) => {
          member.report = last;
        },
        failed: (failure) => {
          member.failure = failure;
        },
        reports: () => this.#reports(),
        forget: (purge) => this.#forget(purge, member),
        take: ({ client, weight }) => this.#budget?.take(client, weight) ?? 0,
      }),
    };
    this.#members.add(member);
    return member;
  }

  /** A worker has ended. Its counts stay, because a counter never goes back. */
  remove(member: Member): void {
    this.#members.delete(member);
    member.channel.close();
    const { report } = member;
    if (report) this.#ended = this.#ended.then((ended) => [mergeEnded([...ended, report])]);
  }

  /** Collects every worker's report, for use after it ends. A worker that does not answer keeps its previous report. */
  async poll(): Promise<void> {
    const take = async (member: Member): Promise<void> => {
      member.report = await member.channel.call('report', undefined, LIMITS.worker.report);
    };
    await Promise.allSettled(this.#joined().map(take));
  }

  #joined(): Member[] {
    return [...this.#members].filter(({ joined }) => joined);
  }

  async #reports(): Promise<readonly Report[]> {
    await this.poll();
    // Both are read at the same moment: a worker that has just ended is in one of them.
    const [living, ended] = [this.#joined(), this.#ended];
    const lasting = (await ended).map((report) => ({ ...report, uptime: process.uptime() }));
    return [...living.flatMap(({ report }) => report ?? []), ...lasting];
  }

  async #forget(purge: Purge, asking: Member): Promise<readonly string[]> {
    const forget = async (member: Member): Promise<readonly string[]> => {
      try {
        return await member.channel.call('forget', purge, LIMITS.worker.forget);
      } catch (error) {
        // An ended worker's memory is gone with it.
        if (!this.#members.has(member)) return [];
        throw error;
      }
    };
    const others = this.#joined().filter((member) => member !== asking);
    return [...new Set((await Promise.all(others.map(forget))).flat())];
  }
}
