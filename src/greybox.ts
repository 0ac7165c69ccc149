import { ConfigError, checkIsObject, configOf, type Settings } from './config/config.ts';
import type { Config } from './config/settings.ts';
import { CORES, createCore } from './core.ts';
import type { DoorRequest } from './http/door-request.ts';
import { type FetchHandler, fetchHandler } from './http/fetch-door.ts';
import type { Answer } from './http/images/answer.ts';
import { type NodeHandler, nodeHandler } from './http/node-door.ts';
import { loggableError, Redactor } from './log/safe.ts';
import type { Log } from './log/told.ts';

/** The server's settings in camelCase; those for ports, processes and logging have no effect here. */
export interface GreyboxSettings extends Settings {
  /** Default: nothing is logged. */
  readonly log?: Log | undefined;
}

/** Placeholder pictures inside another program. */
export interface Greybox extends AsyncDisposable {
  /**
   * Answers a Fetch API request: in Next and SvelteKit routes, in Hono, Bun and Deno. Such a request does not identify
   * the client, so with `rateLimit` all clients share one budget.
   */
  readonly fetch: FetchHandler;
  /** A node:http listener, or middleware. Requests not meant for greybox go to `next`, or get a 404 without one. */
  readonly node: NodeHandler;
  /** Answers a request from any other server. It never fails: an error is an answer. */
  readonly answer: (request: DoorRequest) => Promise<Answer>;
  /** The path prefixes that it answers, wherever it is mounted. */
  readonly mounts: readonly string[];
  /** Ends its threads and its cache's connections, after all earlier requests have been answered. */
  readonly close: () => Promise<void>;
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };
const LEVELS = ['info', 'warn', 'error'] as const satisfies (keyof Log)[];

/** A log that never receives secrets. */
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

/** @throws ConfigError for wrong values from a program without types */
function checkForm(settings: GreyboxSettings): void {
  checkIsObject(settings);
  const log: Partial<Log> | undefined = settings.log ?? undefined;
  if (log !== undefined && !LEVELS.every((level) => typeof log[level] === 'function'))
    throw new ConfigError([`log must have the functions ${LEVELS.join(', ')}`]);
}

/**
 * Creates a greybox for another program. Neither reads nor changes the process or its environment.
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
  CORES.set(greybox, core);
  return greybox;
}
