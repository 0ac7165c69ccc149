import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config.ts';
import type { Config } from '../config/settings.ts';
import { createLog } from '../log/log.ts';
import { longestDrain, SIGNALS } from '../server/drain.ts';
import { senderTo } from './channel.ts';
import { Fleet, type Member } from './fleet.ts';
import { LIMITS } from './protocol.ts';
import { Respawn } from './respawn.ts';

/** How long after the workers' own limit the remaining ones are killed; ms. */
const GRACE = 1000;
/** How often the workers' counts are collected, in case one is killed; ms. */
const POLL = 1000;

/** Starts the workers, restarts those that die, and ends when they have drained. It serves nothing itself. */
class Primary {
  readonly #log: Logger;
  readonly #fleet: Fleet;
  readonly #places: readonly Respawn[];
  readonly #workers = new Map<Worker, Member>();
  readonly #listening = new Set<Worker>();
  readonly #giveUp: (error: Error) => void;
  readonly #drainSeconds: number;
  #phase: 'running' | 'draining' | 'over' = 'running';
  #status = 0;
  /** Whether any worker has ever listened. */
  #begun = false;

  /** @param giveUp called once if no worker serves and one could not start; all have been ended by then */
  constructor(config: Config, giveUp: (error: Error) => void) {
    this.#log = createLog(config);
    this.#fleet = new Fleet(config.rateLimit);
    this.#giveUp = giveUp;
    this.#drainSeconds = config.drainSeconds;
    this.#places = Array.from({ length: config.workers }, () => {
      const place: Respawn = new Respawn({ start: () => this.#fork(place) });
      return place;
    });
  }

  start(): void {
    for (const signal of SIGNALS) process.on(signal, () => this.#drain(signal));
    for (const place of this.#places) this.#fork(place);
    setInterval(() => void this.#fleet.poll(), POLL).unref();
  }

  #fork(place: Respawn): void {
    const worker = cluster.fork();
    const member = this.#fleet.add(senderTo(worker));
    this.#workers.set(worker, member);
    worker.on('message', (message) => member.channel.receive(message));
    worker.once('listening', () => {
      this.#begun = true;
      this.#listening.add(worker);
      place.well();
    });
    worker.once('exit', (code, signal) => this.#ended(worker, place, signal ?? code));
    // A process that could not be started at all emits no `exit`.
    worker.on('error', (error) => {
      if (worker.process.pid === undefined) this.#ended(worker, place, error.message);
    });
  }

  /** @param how the exit code, the signal, or why there was no process */
  #ended(worker: Worker, place: Respawn, how: number | string): void {
    const member = this.#workers.get(worker);
    if (!member) return;
    this.#workers.delete(worker);
    this.#fleet.remove(member);
    const served = this.#listening.delete(worker);
    if (this.#phase === 'draining') {
      // A worker that had not begun to serve may be killed without loss.
      if (served && how !== 0) this.#status = 1;
      if (this.#workers.size === 0) process.exit(this.#status);
    }
    if (this.#phase !== 'running') return;
    const end = `worker ${worker.process.pid} ended (${how})`;
    const failure = member.failure ?? { message: `${end} before it served` };
    // A worker killed right after its start need not mean that the next one fails; a fault that stops all of them does.
    const hopeless = member.failure !== undefined || !this.#begun;
    if (hopeless && !served && this.#listening.size === 0) {
      this.#end();
      this.#giveUp(failure.faults ? new ConfigError(failure.faults) : new Error(failure.message));
      return;
    }
    this.#log.warn(`${served ? end : failure.message}; another starts in ${place.ended()} ms`);
  }

  /** At the second signal the process ends at once. */
  #drain(signal: NodeJS.Signals): void {
    const end = (): never => {
      this.#end();
      process.exit(1);
    };
    if (this.#phase !== 'running') end();
    this.#phase = 'draining';
    this.#log.info(`${signal}: draining ${this.#workers.size} workers`);
    for (const place of this.#places) place.stop();
    for (const [worker, { joined, channel }] of this.#workers) {
      if (joined) channel.call('drain', signal, LIMITS.worker.drain).catch(() => {});
      else worker.process.kill(signal);
    }
    if (this.#workers.size === 0) process.exit(0);
    setTimeout(end, longestDrain(this.#drainSeconds) + GRACE);
  }

  #end(): void {
    this.#phase = 'over';
    for (const place of this.#places) place.stop();
    for (const worker of this.#workers.keys()) worker.process.kill('SIGKILL');
  }
}

/**
 * Runs several workers until a signal ends the process.
 * @throws Error, or ConfigError (as a rejection) if none of them can serve
 */
export function supervise(config: Config): Promise<never> {
  return new Promise((_resolve, reject) => new Primary(config, reject).start());
}
