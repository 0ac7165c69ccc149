import { configOf } from './config/config.ts';
import { createCore } from './core.ts';
import type { Dialect } from './dialects/dialect.ts';
import { grammarsNamed } from './dialects/source.ts';
import { DIALECTS } from './dialects/table.ts';
import type { GreyboxSettings } from './greybox.ts';
import type { DoorRequest } from './http/door-request.ts';
import type { Log } from './log/told.ts';

/** A request of Playwright, as far as it is needed here. */
export interface InterceptedRequest {
  url(): string;
  method(): string;
  headers(): Record<string, string>;
}

/** A route of Playwright, as far as it is needed here. */
export interface InterceptedRoute {
  request(): InterceptedRequest;
  fulfill(response: { status: number; headers: Record<string, string>; body: Buffer }): Promise<unknown>;
}

type Predicate = (url: URL) => boolean;
type RouteHandler = (route: InterceptedRoute) => Promise<unknown>;

/** A `Page` or a `BrowserContext` of Playwright, as far as it is needed here. */
export interface Routable {
  route(url: Predicate, handler: RouteHandler): Promise<unknown>;
  unroute?(url: Predicate, handler: RouteHandler): Promise<unknown>;
}

export interface InterceptOptions extends Omit<GreyboxSettings, 'log'> {
  /** The services that are answered, by any of their hosts; default: all that greybox knows. */
  readonly hosts?: readonly string[] | undefined;
  /** Has photographs and figures show something else than without it, the same in each run. */
  readonly seed?: string | undefined;
}

/** Ends what answers a page: from then on its requests go where they went before. */
export interface Interception extends AsyncDisposable {
  readonly close: () => Promise<void>;
}

/** A grammar whose pictures with a seed have one that begins with another. */
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
 * Answers what a page, or all pages of a context, ask of the hosts of placeholder services. Nothing goes to the network.
 * Requests for other hosts are left to the page's other routes.
 * @param target a `Page` or `BrowserContext` of Playwright
 * @throws TypeError (as a rejection) for a host that no service has, ConfigError for a setting that is wrong
 */
export async function interceptPlaceholders(
  target: Routable,
  { hosts, seed, ...settings }: InterceptOptions = {},
): Promise<Interception> {
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
    // It fails where the page was closed meanwhile: nobody waits for it.
    await route.fulfill({ status, headers: toObject(fields), body }).catch(() => undefined);
  };
  await target.route(isOurs, answer);
  const close = async (): Promise<void> => {
    // It fails where the page is closed, which ends its routes too.
    await target.unroute?.(isOurs, answer).catch(() => undefined);
    await service.close();
  };
  return { close, [Symbol.asyncDispose]: close };
}

/** A request of Playwright as the door takes it. */
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

/** Names and values in turn, as an object. */
function toObject(fields: readonly string[]): Record<string, string> {
  const pairs = fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? ''] as const] : []));
  return Object.fromEntries(pairs);
}
