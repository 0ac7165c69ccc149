import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Test } from 'tap';
import { endServer, pauseProcess, type ServerProcess } from './process.ts';
import { launchAnywhere, launchRedis, VOLATILE } from './redis.ts';
import { eventually } from './wait.ts';

/** One server of a cluster. */
export interface ClusterNode {
  readonly port: number;
  server: ServerProcess;
  /** Starts it again on its port, where it finds the others. */
  readonly launch: () => Promise<ServerProcess>;
  /** To that server alone. */
  readonly client: Redis;
}

/** Three masters, then a replica of each. */
export interface RedisCluster {
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
  /** Kills every node. */
  stop(): Promise<void>;
  /** Stops every node without closing anything (SIGSTOP). */
  pause(): void;
  resume(): void;
  /** Kills every node and starts it again, empty, on its port. */
  restart(): Promise<void>;
}

const MASTERS = 3;
const SLOTS = 16_384;

/** The port of a node's bus: 10000 on by default, which may be past the last one. */
const busOf = (port: number): number => (port > 50_000 ? port - 10_000 : port + 10_000);

async function startNode(folder: string): Promise<ClusterNode> {
  const own = await mkdtemp(join(folder, 'node-'));
  const settings = {
    ...VOLATILE,
    'cluster-enabled': 'yes',
    // How long a node is silent until the others take it for dead, in ms.
    'cluster-node-timeout': 1000,
    'cluster-replica-validity-factor': 0,
    'repl-diskless-sync-delay': 0,
  };
  const launch = (on: number): Promise<ServerProcess> =>
    launchRedis(on, own, { ...settings, 'cluster-port': busOf(on) });
  const { port, server } = await launchAnywhere(launch);
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => {});
  return { port, server, client, launch: () => launch(port) };
}

/** Gives each master its third of the slots, and joins all nodes. */
async function joinAll(nodes: readonly ClusterNode[]): Promise<void> {
  const [first] = nodes;
  for (const [index, { client }] of nodes.entries()) {
    await client.call('cluster', 'set-config-epoch', String(index + 1));
    if (index >= MASTERS) continue;
    const [low, high] = [index, index + 1].map((part) => Math.floor((part * SLOTS) / MASTERS));
    await client.call('cluster', 'addslotsrange', String(low), String((high as number) - 1));
  }
  for (const { port } of nodes.slice(1)) {
    await first?.client.call('cluster', 'meet', '127.0.0.1', String(port), String(busOf(port)));
  }
}

async function replicate(nodes: readonly ClusterNode[]): Promise<void> {
  for (const [index, { client }] of nodes.slice(MASTERS).entries()) {
    const master = String(await nodes[index]?.client.call('cluster', 'myid'));
    // It must have heard of its master first.
    await eventually('the replica', () =>
      client.call('cluster', 'replicate', master).then(
        () => true,
        () => false,
      ),
    );
  }
}

/** Waits until every node answers a command with what is wanted. */
async function allTell(nodes: readonly ClusterNode[], command: 'info' | 'nodes', wanted: RegExp, times = 1) {
  const every = new RegExp(wanted, 'g');
  for (const { client, port } of nodes) {
    await eventually(`${wanted} at ${port}`, async () => {
      const text = await client.call('cluster', command).catch(() => '');
      return String(text).match(every)?.length === times;
    });
  }
}

/** Starts a real Redis Cluster of six nodes on free ports of the loopback; `t` ends it. */
export async function startCluster(t: Test): Promise<RedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-cluster-'));
  const nodes: ClusterNode[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(({ server }) => endServer(server)));
  };
  t.teardown(async () => {
    for (const { client } of nodes) client.disconnect();
    await stop();
    await rm(folder, { recursive: true, force: true });
  });
  for (const _ of Array.from({ length: 2 * MASTERS })) nodes.push(await startNode(folder));
  await joinAll(nodes);
  await allTell(nodes, 'info', new RegExp(`cluster_known_nodes:${2 * MASTERS}`));
  await replicate(nodes);
  await allTell(nodes, 'info', /cluster_state:ok/);
  await allTell(nodes, 'nodes', /\bslave\b/, MASTERS);
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    stop,
    pause: () => {
      for (const { server } of nodes) pauseProcess(server.pid as number);
    },
    resume: () => {
      for (const { server } of nodes) server.kill('SIGCONT');
    },
    async restart() {
      await stop();
      await Promise.all(
        nodes.map(async (node) => {
          node.server = await node.launch();
        }),
      );
      await allTell(nodes, 'info', /cluster_state:ok/);
    },
  };
}
