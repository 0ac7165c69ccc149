import { checkIsObject, configOf } from './config/config.ts';
import { createCore } from './core.ts';
import type { Dialect } from './dialects/dialect.ts';
import { grammarsNamed } from './dialects/source.ts';
import { DIALECTS } from './dialects/table.ts';
import { kindOf } from './errors.ts';
import type { GreyboxSettings } from './greybox.ts';
import type { DoorRequest } from './http/door-request.ts';
import type { Log } from './log/told.ts';

/** The part of a Playwright request that is needed here. */
export interface InterceptedRequest {
  url(): string;
  method(): string;
  headers(): Record<string, string>;
}

/** The part of a Playwright route that is needed here. */
export interface InterceptedRoute {
  request(): InterceptedRequest;
  fulfill(response: { status: number; headers: Record<string, string>; body: Buffer }): Promise<unknown>;
}

type Predicate = (url: URL) => boolean;
type RouteHandler = (route: InterceptedRoute) => Promise<unknown>;

/** The part of Playwright's `Page` and `BrowserContext` that is needed here. */
export interface Routable {
  route(url: Predicate, handler: RouteHandler): Promise<unknown>;
  unroute?(url: Predicate, handler: RouteHandler): Promise<unknown>;
}

export interface InterceptOptions extends Omit<GreyboxSettings, 'log'> {
  /** The services to answer for, each named by any of its hosts; default: all that greybox knows. */
  readonly hosts?: string | readonly string[] | undefined;
  /** Varies photographs and figures, but gives the same ones in each run. */
  readonly seed?: string | undefined;
}

/** Stops answering for a page: its requests then go where they went before. */
export interface Interception extends AsyncDisposable {
  readonly close: () => Promise<void>;
}

/** A grammar that prepends another seed to the seeds of its pictures. */
function seededBy(seed: string, row: Dialect): Dialect {
  return {
    ...row,
    read: (target, context) => {
      const meant = row.read(target, context);
      if (meant.kind === 'data' || meant.options.seed === undefined) return meant;
      return { ...meant, options: { ...meant.options, seed: `${seed} ${meant.options.seed}` } };
    },
  };
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Answers the requests of a page, or of all pages of a context, to hosts of placeholder services. Nothing goes to the
 * network. Requests to other hosts are left to the page's other routes.
 * @param target a `Page` or `BrowserContext` of Playwright
 * @throws TypeError (as a rejection) for another target or a host of no known service, ConfigError for a wrong setting
 */
export async function interceptPlaceholders(
  target: Routable,
  options: InterceptOptions = {},
): Promise<Interception> {
  if (typeof target?.route !== 'function')
    throw new TypeError(
      `interceptPlaceholders takes a page or a browser context of Playwright, got ${kindOf(target)}`,
    );
  checkIsObject(options);
  const { hosts, seed, ...settings } = options;
  const rows = hosts ? grammarsNamed(hosts, 'hosts') : DIALECTS;
  const dialects = seed === undefined ? rows : rows.map((row) => seededBy(seed, row));
  const { door, table, service } = createCore(configOf(settings), {
    log: () => SILENT,
    dialects,
    nameOf: (setting) => setting,
  });
  await service.cache.shared?.connect();
  const isOurs: Predicate = (url) => table.ofHost(url.host) !== undefined;
  const answer: RouteHandler = async (route) => {
    const { status, fields, body = Buffer.alloc(0) } = await door.answer(fromPlaywright(route.request()));
    // Fails if the page was closed in the meantime: nobody waits for it.
    await route.fulfill({ status, headers: toObject(fields), body }).catch(() => undefined);
  };
  await target.route(isOurs, answer);
  const close = async (): Promise<void> => {
    // Fails if the page is closed, which ends its routes too.
    await target.unroute?.(isOurs, answer).catch(() => undefined);
    await service.close();
  };
  return { close, [Symbol.asyncDispose]: close };
}

/** Converts a Playwright request for the door. */
function fromPlaywright(request: InterceptedRequest): DoorRequest {
  const { host, origin, pathname, search } = new URL(request.url());
  const headers = request.headers();
  const target = pathname + search;
  return {
    method: request.method(),
    target,
    url: target,
    host,
    origin,
    client: 'playwright',
    field: (name) => headers[name],
  };
}

/** Converts alternating names and values to an object. */
function toObject(fields: readonly string[]): Record<string, string> {
  const pairs = fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? ''] as const] : []));
  return Object.fromEntries(pairs);
}
