import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import type { Test } from 'tap';
import { startRedis } from '../../test/helper/redis.ts';
import { type Service, startService } from '../../test/helper/service.ts';
import { coldPicture, type Picture } from './load.ts';

const INSTANCES = 3;
const TOKEN = 'token-of-a-bench';

/** Sends one request and gives its `X-Cache`; throws on any other answer than 200. */
async function ask(agent: Agent, method: string, url: string): Promise<string> {
  const outgoing = send(url, { agent, method, headers: { authorization: `Bearer ${TOKEN}` } }).end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${method} ${url}: ${response.statusCode}`);
  return String(response.headers['x-cache']);
}

/** Puts a picture into every instance's memory, purges it at one, and asks the others until none has it any more. */
async function reach(agent: Agent, services: readonly Service[], { path, key }: Picture): Promise<number> {
  const [first] = services as [Service];
  for (const { url } of services) {
    await ask(agent, 'GET', url + path);
    if ((await ask(agent, 'GET', url + path)) !== 'hit-memory') throw new Error(`${key} is not in memory`);
  }
  const started = performance.now();
  const purged = ask(agent, 'DELETE', `${first.url}/cache/${encodeURIComponent(key)}`);
  const forgotten = services.map(async ({ url }) => {
    // HEAD would be as good, but this is what a user does.
    while ((await ask(agent, 'GET', url + path)) === 'hit-memory')
      if (performance.now() - started > 5000) throw new Error(`${url} has not heard`);
  });
  await Promise.all([purged, ...forgotten]);
  return performance.now() - started;
}

/** How long purges take to reach three real services on one Redis, in ms each, seen from outside; `t` ends all of it. */
export async function runPurges(t: Test, times: number): Promise<number[]> {
  const redis = await startRedis(t);
  const env = { CACHE_URL: redis.url, ADMIN_TOKEN: TOKEN };
  const services: Service[] = [];
  for (let index = 0; index < INSTANCES; index += 1) services.push(await startService(t, { env }));
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push(await reach(agent, services, coldPicture()));
  return all;
}
