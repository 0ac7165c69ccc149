import type { HitRequest } from '../protocol/hit-request.ts';
import { isAuthority } from '../protocol/message.ts';

/** The longest request that is considered, in bytes: half of Node's limit. */
export const MAX_REQUEST = 8192;

/**
 * One complete request without a body and with nothing after it: a request line, then single-line fields of a token, a
 * colon, a space and visible ASCII (RFC 9112, 3 and 5). Narrower than the RFC: anything else goes to the parser.
 */
const REQUEST =
  /^(GET|HEAD) (\/[\x21\x23-\x3b\x3d\x3f-\x7e]*) HTTP\/1\.1\r\n((?:[\w-]+: [\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\r\n)+)\r\n$/;

/** Fields that do not affect a hit, and may be repeated. */
const IGNORED = new Set([
  'accept-encoding',
  'accept-language',
  'cache-control',
  'cookie',
  'device-memory',
  'dnt',
  'downlink',
  'dpr',
  'ect',
  'forwarded',
  'from',
  'if-modified-since',
  'origin',
  'pragma',
  'priority',
  'purpose',
  'referer',
  'rtt',
  'save-data',
  'sec-ch-dpr',
  'sec-ch-prefers-color-scheme',
  'sec-ch-ua',
  'sec-ch-ua-arch',
  'sec-ch-ua-mobile',
  'sec-ch-ua-model',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
  'sec-ch-width',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-storage-access',
  'sec-fetch-user',
  'sec-gpc',
  'sec-purpose',
  'traceparent',
  'tracestate',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
  'x-requested-with',
]);

type Decisive = 'host' | 'accept' | 'ifNoneMatch' | 'connection';

/** Fields that a hit depends on; each may appear once. */
const DECISIVE: ReadonlyMap<string, Decisive> = new Map([
  ['host', 'host'],
  ['accept', 'accept'],
  ['if-none-match', 'ifNoneMatch'],
  ['connection', 'connection'],
]);

/** Which requests are left to the router although a hit could answer them. */
export interface HitRules {
  /** Whether spans are made: a request that belongs to a trace needs one. */
  readonly isTracing?: boolean;
}

/** Recognises a request that a hit may answer; undefined for any doubtful one, which the parser must decide. */
export function recognise(bytes: string, { isTracing = false }: HitRules = {}): HitRequest | undefined {
  const [, method, target, lines] = REQUEST.exec(bytes) ?? [];
  if (target === undefined || lines === undefined) return undefined;
  const fields: Partial<Record<Decisive, string>> = {};
  for (let at = 0, end = 0; at < lines.length; at = end + 2) {
    end = lines.indexOf('\r\n', at);
    const colon = lines.indexOf(':', at);
    const name = lines.slice(at, colon).toLowerCase();
    if (name === 'traceparent' && isTracing) return undefined;
    if (IGNORED.has(name)) continue;
    const field = DECISIVE.get(name);
    if (field === undefined || fields[field] !== undefined) return undefined;
    fields[field] = lines.slice(colon + 2, end);
  }
  const { host, accept, ifNoneMatch, connection = 'keep-alive' } = fields;
  if (host === undefined || !isAuthority(host) || !/^keep-alive$/i.test(connection)) return undefined;
  return { method: method as HitRequest['method'], target, host, accept, ifNoneMatch };
}
