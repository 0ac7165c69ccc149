import type { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { ioredis } from './client.ts';
import { type RedisAddress, readRedisUrl } from './redis-url.ts';

/** Longest wait between two attempts to connect, in ms. */
const RECONNECT_MAX = 2000;

/** How often a cluster's slots are read again, in ms: a fail-over is noticed within this time. */
const SLOTS_REFRESH = 1000;

/** How keys are spread over servers, and the connections that follow from it. */
export interface Topology {
  /** For commands; not yet connected. */
  readonly client: Redis | Cluster;
  /** A connection to each server that has keys of its own. */
  masters(): readonly Redis[];
  /** A new connection for pub/sub, not yet connected; it never comes back by itself. */
  subscriber(): Redis;
}

const backOff = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), RECONNECT_MAX);

/** No call outlives `timeout`, waits for a connection, or is sent twice. ioredis' own settings hang for seconds. */
function connectionOptions({ username, password, db, tls }: RedisAddress, timeout: number) {
  return {
    commandTimeout: timeout,
    connectTimeout: Math.max(timeout * 10, 1000),
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
  } satisfies RedisOptions;
}

const NEVER_AGAIN = { retryStrategy: () => null, sentinelRetryStrategy: () => null } as const;

function single(address: RedisAddress, timeout: number): Topology {
  const common = {
    ...connectionOptions(address, timeout),
    ...address.hosts[0],
    lazyConnect: true,
    enableOfflineQueue: false,
  };
  const client = new (ioredis().Redis)({ ...common, retryStrategy: backOff });
  return {
    client,
    masters: () => [client],
    subscriber: () => new (ioredis().Redis)({ ...common, ...NEVER_AGAIN }),
  };
}

/** A master that was demoted answers READONLY before its sentinels close the connection: that asks them again. */
const demoted = (error: Error): boolean => error.message.startsWith('READONLY');

function sentinel(address: RedisAddress, timeout: number): Topology {
  const { hosts, name, tls, sentinelUsername, sentinelPassword } = address;
  const common = {
    ...connectionOptions(address, timeout),
    lazyConnect: true,
    enableOfflineQueue: false,
    sentinels: hosts.map((host) => ({ ...host })),
    name,
    // A sentinel that hangs must not keep us from asking the next one.
    sentinelCommandTimeout: Math.max(timeout, 250),
    ...(sentinelUsername !== undefined && { sentinelUsername }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
  };
  const client = new (ioredis().Redis)({
    ...common,
    retryStrategy: backOff,
    sentinelRetryStrategy: backOff,
    reconnectOnError: demoted,
  });
  return {
    client,
    masters: () => [client],
    subscriber: () => new (ioredis().Redis)({ ...common, ...NEVER_AGAIN }),
  };
}

function cluster(address: RedisAddress, timeout: number): Topology {
  const redisOptions = connectionOptions(address, timeout);
  const options = {
    redisOptions,
    lazyConnect: true,
    // Top-level: in redisOptions it has no effect. Auto-pipelining stays off: it fails where slots move.
    enableOfflineQueue: false,
    clusterRetryStrategy: backOff,
    slotsRefreshInterval: SLOTS_REFRESH,
    slotsRefreshTimeout: Math.max(timeout, 250),
    maxRedirections: 3,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 0,
  } satisfies ClusterOptions;
  const client = new (ioredis().Cluster)([...address.hosts], options);
  // A node connects at its first command, and refuses others until it has: it is made to do so at once.
  client.on('+node', (node: Redis) => void node.ping().catch(() => {}));
  // Messages reach every node of a cluster, so that any will do.
  const subscriber = (): Redis => {
    const nodes = [
      ...client.nodes().map(({ options: { host, port } }) => ({ host, port })),
      ...address.hosts,
    ];
    const { host = '127.0.0.1', port = 6379 } = nodes[Math.floor(Math.random() * nodes.length)] ?? {};
    return new (ioredis().Redis)({ ...redisOptions, ...NEVER_AGAIN, lazyConnect: true, host, port });
  };
  return { client, masters: () => client.nodes('master'), subscriber };
}

const TOPOLOGIES = { single, sentinel, cluster };

/**
 * @param url see {@link readRedisUrl}
 * @param timeout bound on one command in ms, from 20: less cuts off the handshake (redis/ioredis#1431)
 */
export function openTopology(url: string, timeout: number): Topology {
  const address = readRedisUrl(url);
  return TOPOLOGIES[address.kind](address, timeout);
}
