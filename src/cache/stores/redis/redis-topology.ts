import type { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { pauseAfter } from '../../../backoff.ts';
import { heedAuth, ioredis } from './client.ts';
import { type RedisAddress, readRedisUrl } from './redis-url.ts';

/** Pauses between attempts to connect, in ms. */
const RECONNECT = { first: 100, longest: 2000 } as const;

/** How long a command may stay unanswered before the connection is replaced: it may have been lost on the way; ms. */
const silenceLimit = (timeout: number): number => Math.max(timeout * 4, 1000);

/** How often a cluster's slots are read again, in ms: a fail-over is noticed within this time. */
const SLOTS_REFRESH = 1000;

/** How keys are spread over servers, and the connections needed for that. */
export interface Topology {
  /** For commands; not yet connected. */
  readonly client: Redis | Cluster;
  /** The number of the database; a cluster has only 0. */
  readonly db: number;
  /** The explanation for a connection that ends without a reason. */
  readonly silence: string;
  /** A connection to each server that has keys of its own. */
  masters(): readonly Redis[];
  /** A new client for pub/sub, not yet connected; it never reconnects by itself. */
  subscriber(): Redis;
}

const backOff = (attempt: number): number => pauseAfter(attempt - 1, RECONNECT);

/** No call outlives `timeout`, waits for a connection, or is sent twice. ioredis' own settings hang for seconds. */
function connectionOptions({ username, password, db, tls }: RedisAddress, timeout: number) {
  return {
    commandTimeout: timeout,
    connectTimeout: Math.max(timeout * 10, 1000),
    socketTimeout: silenceLimit(timeout),
    disconnectTimeout: timeout,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    db,
    lazyConnect: true,
    // Only a password is sent at the start, so every other answer belongs to one of our calls.
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
  } satisfies RedisOptions;
}

function connection(options: Omit<RedisOptions, 'replyMapping'>): Redis {
  const redis = new (ioredis().Redis)(options);
  heedAuth(redis);
  return redis;
}

const NEVER_AGAIN = { retryStrategy: () => null, sentinelRetryStrategy: () => null } as const;

/**
 * A connection for pub/sub. Nobody waits for it, and losing it means clearing the whole memory. So it is given up only
 * when the server is silent, not when one answer is late on a busy machine.
 */
const subscriberOf = (options: RedisOptions, timeout: number): Redis =>
  connection({ ...options, ...NEVER_AGAIN, commandTimeout: silenceLimit(timeout) });

/** A single server, or one that sentinels find again after it moves. @param options of a connection to it */
const oneMaster = (client: Redis, db: number, options: RedisOptions, timeout: number): Topology => ({
  client,
  db,
  silence: 'the connection was closed',
  masters: () => [client],
  subscriber: () => subscriberOf(options, timeout),
});

function single(address: RedisAddress, timeout: number): Topology {
  const common = {
    ...connectionOptions(address, timeout),
    ...address.hosts[0],
    enableOfflineQueue: false,
  };
  const client = connection({ ...common, retryStrategy: backOff });
  return oneMaster(client, address.db, common, timeout);
}

/** A demoted master answers READONLY before its sentinels close the connection: then the sentinels are asked again. */
const demoted = (error: Error): boolean => error.message.startsWith('READONLY');

function sentinel(address: RedisAddress, timeout: number): Topology {
  const { hosts, name, tls, sentinelUsername, sentinelPassword } = address;
  const common = {
    ...connectionOptions(address, timeout),
    // This detects a server that is no longer the master.
    enableReadyCheck: true,
    enableOfflineQueue: false,
    sentinels: hosts.map((host) => ({ ...host })),
    name,
    // A sentinel that hangs must not keep us from asking the next one.
    sentinelCommandTimeout: Math.max(timeout, 250),
    ...(sentinelUsername !== undefined && { sentinelUsername }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
  };
  const client = connection({
    ...common,
    retryStrategy: backOff,
    sentinelRetryStrategy: backOff,
    reconnectOnError: demoted,
  });
  return oneMaster(client, address.db, common, timeout);
}

function cluster(address: RedisAddress, timeout: number): Topology {
  const redisOptions = connectionOptions(address, timeout);
  const options = {
    redisOptions,
    lazyConnect: true,
    // Top-level: in redisOptions it has no effect. Auto-pipelining stays off: it fails where slots move.
    enableOfflineQueue: false,
    clusterRetryStrategy: backOff,
    // Its own timer starts again when the client is closed during a refresh, and then runs for ever.
    slotsRefreshInterval: 0,
    slotsRefreshTimeout: Math.max(timeout, 250),
    maxRedirections: 3,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 0,
  } satisfies ClusterOptions;
  const client = new (ioredis().Cluster)([...address.hosts], options);
  // A node connects at its first command and refuses others until it is connected, so it is connected at once.
  client.on('+node', (node: Redis) => {
    heedAuth(node);
    void node.ping().catch(() => {});
  });
  let refreshing: NodeJS.Timeout | undefined;
  client.on('ready', () => {
    refreshing ??= setInterval(() => client.refreshSlotsCache(), SLOTS_REFRESH).unref();
  });
  client.on('close', () => {
    clearInterval(refreshing);
    refreshing = undefined;
  });
  // Messages reach every node of a cluster, so any node will do.
  const subscriber = (): Redis => {
    const nodes = [
      ...client.nodes().map(({ options: { host, port } }) => ({ host, port })),
      ...address.hosts,
    ];
    const { host = '127.0.0.1', port = 6379 } = nodes[Math.floor(Math.random() * nodes.length)] ?? {};
    return subscriberOf({ ...redisOptions, host, port }, timeout);
  };
  const silence = 'the cluster names no server that holds keys: it is not set up, or still settles';
  return { client, db: 0, silence, masters: () => client.nodes('master'), subscriber };
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
