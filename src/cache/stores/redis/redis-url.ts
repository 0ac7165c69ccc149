/** The address of a Redis, read from its URL. */
export interface RedisAddress {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** The master's name in the sentinels' configuration. */
  readonly name: string;
  readonly db: number;
  /** The sentinels' own credentials: `?sentinelUsername=…&sentinelPassword=…`. */
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
}

const PATTERN =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^@/]*)@)?(?<hosts>[^/?#]+)(?:\/(?<path>[^?#]*))?(?:\?(?<query>.*))?$/;

const HOST = /^(?<host>\[[\da-f:.]+\]|[^:[\]\s]+)(?::(?<port>\d{1,5}))?$/i;

const PORTS = { single: 6379, sentinel: 26379, cluster: 6379 } as const;

/** Only the members that have a value. */
const given = <T extends Record<string, string | undefined>>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value)) as {
    [Name in keyof T]?: string;
  };

/**
 * Reads `redis://`, `redis+sentinel://h1:26379,h2:26379/mymaster` and `redis+cluster://h1:7000,h2:7001`; with `rediss`
 * for TLS, `user:password@` before the hosts, and a database number at the end.
 * @throws Error that does not repeat the URL: it may hold a password
 */
export function readRedisUrl(url: string): RedisAddress {
  const parts = PATTERN.exec(url)?.groups;
  const kind = (parts?.['kind'] ?? 'single') as RedisAddress['kind'];
  const hosts = (parts?.['hosts'] ?? '').split(',').map((text) => {
    const { host, port } = HOST.exec(text)?.groups ?? {};
    return { host: host?.replace(/^\[|\]$/g, '') ?? '', port: Number(port ?? PORTS[kind]) };
  });
  const path = (parts?.['path'] ?? '').split('/').filter(Boolean).map(decodeURIComponent);
  const name = kind === 'sentinel' ? (path.shift() ?? '') : '';
  const db = Number(path[0] ?? 0);
  const wrong =
    !parts || hosts.some(({ host, port }) => host === '' || port > 65_535) || !Number.isInteger(db);
  if (wrong || (kind === 'sentinel') !== (name !== '')) throw new Error('the URL of the cache is malformed');
  const [username, ...password] = (parts['user'] ?? '').split(':').map(decodeURIComponent);
  const query = new URLSearchParams(parts['query']);
  return {
    kind,
    hosts,
    tls: parts['tls'] === 's',
    name,
    db,
    ...given({
      username,
      password: password.join(':'),
      sentinelUsername: query.get('sentinelUsername') ?? undefined,
      sentinelPassword: query.get('sentinelPassword') ?? undefined,
    }),
  };
}
