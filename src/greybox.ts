import { ConfigError, configOf, type Settings } from './config/config.ts';
import type { Config } from './config/settings.ts';
import { type Core, createCore } from './core.ts';
import type { DoorRequest } from './http/door-request.ts';
import { type FetchHandler, fetchHandler } from './http/fetch-door.ts';
import type { Answer } from './http/images/answer.ts';
import { type NodeHandler, nodeHandler } from './http/node-door.ts';
import { loggableError, Redactor } from './log/safe.ts';
import type { Log } from './log/told.ts';

/** The settings of the server in camelCase; those of a port, a process or its log mean nothing here. */
export interface GreyboxSettings extends Settings {
  /** Default: nothing is logged. */
  readonly log?: Log | undefined;
}

/** Placeholder pictures inside of another program. */
export interface Greybox extends AsyncDisposable {
  /**
   * Answers a request of the Fetch API: in Next and SvelteKit routes, in Hono, Bun and Deno. It does not say who asks: with
   * `rateLimit` all share one account.
   */
  readonly fetch: FetchHandler;
  /** A listener of node:http, or middleware: with `next` it passes on what is not its own, else that gets a 404. */
  readonly node: NodeHandler;
  /** Answers a request that any other server has taken in. It never fails: an error is an answer. */
  readonly answer: (request: DoorRequest) => Promise<Answer>;
  /** The paths that it answers below wherever it is mounted. */
  readonly mounts: readonly string[];
  /** Ends its threads and the connections of its cache, once what was asked of it before is answered. */
  readonly close: () => Promise<void>;
}

const cores = new WeakMap<Greybox, Core>();

/** What a greybox is put together from: for adapters that show more of it than pictures. */
export const coreOf = (greybox: Greybox): Core => cores.get(greybox) as Core;

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };
const LEVELS = ['info', 'warn', 'error'] as const satisfies (keyof Log)[];

/** A log that is told nothing secret. */
function withoutSecrets(log: Log, config: Config): Log {
  const redactor = new Redactor(config);
  const hide = (about: { readonly err?: unknown }): object => {
    const err = about.err instanceof Error ? loggableError(about.err, { stack: true }) : about.err;
    return JSON.parse(redactor.line(JSON.stringify({ ...about, err })));
  };
  return {
    info: (message) => log.info(redactor.text(message)),
    warn: (about, message) => log.warn(hide(about), redactor.text(message)),
    error: (about, message) => log.error(hide(about), redactor.text(message)),
  };
}

/** @throws ConfigError for what a program without types may give */
function checkForm(settings: GreyboxSettings): void {
  const log: Partial<Log> | undefined = isObject(settings) ? (settings.log ?? undefined) : undefined;
  const faults = [
    isObject(settings)
      ? []
      : `settings must be an object such as { maxDimension: 4000 }, got ${String(settings)}`,
    log === undefined || LEVELS.every((level) => typeof log[level] === 'function')
      ? []
      : `log must have the functions ${LEVELS.join(', ')}`,
  ].flat();
  if (faults.length > 0) throw new ConfigError(faults);
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Makes a greybox for another program. Neither the process nor its environment is changed or read.
 * @throws ConfigError naming every setting that is wrong
 */
export function createGreybox(settings: GreyboxSettings = {}): Greybox {
  checkForm(settings);
  const { log, ...rest } = settings;
  const config = configOf(rest);
  const safe = withoutSecrets(log ?? SILENT, config);
  const core = createCore(config, { log: () => safe, nameOf: (setting) => setting });
  const { service, table, door, tracing } = core;
  const connected = Promise.all([service.cache.shared?.connect(), tracing?.load()]);
  const answerWhenConnected = async (request: DoorRequest): Promise<Answer> => {
    await connected;
    return door.answer(request);
  };
  const pending = new Set<Promise<Answer>>();
  const answer = (request: DoorRequest): Promise<Answer> => {
    const answering = answerWhenConnected(request).finally(() => pending.delete(answering));
    pending.add(answering);
    return answering;
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= Promise.allSettled(pending).then(() => service.close());
    return closing;
  };
  const ours = { answer, owns: door.owns.bind(door) };
  const greybox: Greybox = {
    fetch: fetchHandler(ours),
    node: nodeHandler(ours),
    answer,
    mounts: table.mounts,
    close,
    [Symbol.asyncDispose]: close,
  };
  cores.set(greybox, core);
  return greybox;
}
