import { readFileSync } from 'node:fs';
import type { Test } from 'tap';
import { type RedisCluster, startCluster } from '../../test/helper/cluster.ts';
import { runNginx } from '../../test/helper/nginx.ts';
import { freePort } from '../../test/helper/ports.ts';
import { type Service, startService } from '../../test/helper/service.ts';
import { eventually } from '../../test/helper/wait.ts';

/** One greybox of a fleet. */
export interface Instance {
  readonly port: number;
  readonly url: string;
  /** The user that it is to Redis. */
  readonly user: string;
  service: Service;
}

/** Three greyboxes on a Redis Cluster, behind nginx. */
export interface Site {
  /** Of nginx, without a slash at the end. */
  readonly origin: string;
  readonly cluster: RedisCluster;
  readonly instances: readonly [Instance, Instance, Instance];
  readonly token: string;
  /** Starts an instance again on its port, and waits until it is ready. */
  readonly start: (instance: Instance) => Promise<void>;
}

const TOKEN = 'token-of-a-fleet';
const PASSWORD = 'password-of-a-fleet';
/** Processes of each instance. */
const WORKERS = ['1', '1', '2'];

/** deploy/nginx/fleet.conf as it is, but for its addresses. */
function nginxConfig(ports: readonly number[], listen: number): string {
  const config = readFileSync(new URL('../../deploy/nginx/fleet.conf', import.meta.url), 'utf8');
  return ports
    .reduce((text, port, index) => text.replace(`greybox-${index + 1}:3000`, `127.0.0.1:${port}`), config)
    .replace('listen 3000;', `listen 127.0.0.1:${listen};`);
}

/** Has a user of its own for each instance on every node, so that one of them can be cut off. */
async function addUsers(cluster: RedisCluster, users: readonly string[]): Promise<void> {
  for (const { client } of cluster.nodes)
    for (const user of users)
      await client.call('ACL', 'SETUSER', user, 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
}

async function launch(
  t: Test,
  { port, user }: { readonly port: number; readonly user: string },
  cluster: RedisCluster,
  workers: string,
): Promise<Service> {
  const service = await startService(t, {
    env: {
      PORT: String(port),
      CACHE_URL: cluster.url.replace('://', `://${user}:${PASSWORD}@`),
      ADMIN_TOKEN: TOKEN,
      WORKERS: workers,
    },
  });
  await eventually(`${user} to be ready`, async () => {
    const answer = await fetch(`${service.url}/readyz`).catch(() => undefined);
    return answer?.status === 200;
  });
  return service;
}

/** Starts all of it on free ports of the loopback; `t` ends it. */
export async function startFleet(t: Test): Promise<Site> {
  const cluster = await startCluster(t);
  const users = WORKERS.map((_, index) => `greybox-${index + 1}`);
  await addUsers(cluster, users);
  const instances: Instance[] = [];
  for (const [index, user] of users.entries()) {
    const port = await freePort();
    const service = await launch(t, { port, user }, cluster, WORKERS[index] ?? '1');
    instances.push({ port, user, url: `http://127.0.0.1:${port}`, service });
  }
  const ports = instances.map(({ port }) => port);
  const origin = await runNginx(t, (listen) => nginxConfig(ports, listen));
  return {
    origin,
    cluster,
    instances: instances as unknown as Site['instances'],
    token: TOKEN,
    async start(instance) {
      const workers = WORKERS[instances.indexOf(instance)] ?? '1';
      instance.service = await launch(t, instance, cluster, workers);
    },
  };
}

/** Cuts an instance off from every node of the cluster: its user is switched off, its connections are closed. */
export async function cutOff({ cluster }: Site, { user }: Instance): Promise<void> {
  for (const { client } of cluster.nodes) {
    await client.call('ACL', 'SETUSER', user, 'off').catch(() => {});
    await client.call('CLIENT', 'KILL', 'USER', user).catch(() => {});
  }
}

/** Ends what {@link cutOff} did. */
export async function letBack({ cluster }: Site, { user }: Instance): Promise<void> {
  for (const { client } of cluster.nodes) await client.call('ACL', 'SETUSER', user, 'on').catch(() => {});
}
