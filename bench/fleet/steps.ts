import { endServer } from '../../test/helper/process.ts';
import { eventually } from '../../test/helper/wait.ts';
import { coldPicture, type Picture } from '../faults/load.ts';
import { cutOff, type Instance, letBack, type Site } from './site.ts';

interface Seen {
  readonly from: string;
  /** Seconds that the picture had left; undefined for one that was drawn for this request. */
  readonly left: number | undefined;
}

/** Asks one instance for a picture. @throws Error for any other answer than 200 */
async function see(url: string, { path }: Picture): Promise<Seen> {
  const answer = await fetch(url + path);
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url}${path}: ${answer.status}`);
  const ttl = /ttl=(\d+)/.exec(answer.headers.get('cache-status') ?? '')?.[1];
  return { from: answer.headers.get('x-cache') ?? '', left: ttl === undefined ? undefined : Number(ttl) };
}

/** Has every instance keep pictures in memory: each worker too, for every connection may meet another one. */
async function keep(instances: readonly Instance[], pictures: readonly Picture[]): Promise<void> {
  for (const picture of pictures)
    for (const { url } of instances) for (let time = 0; time < 4; time += 1) await see(url, picture);
}

async function purge({ token }: Site, { url }: Instance, { key }: Picture): Promise<void> {
  // After a fail-over a purge may be refused (503, Retry-After) until the cluster is whole again.
  await eventually(`a purge of ${key}`, async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/cache/${encodeURIComponent(key)}`, { method: 'DELETE', headers });
    await answer.arrayBuffer();
    return answer.status === 200;
  });
}

/** How long the purged pictures had been kept before; s. Whoever has less than this is newer than the purge. */
const AGE = 3;
const LIFE = 3600;

/** Pictures that came back: not drawn since the purge, by the time that they have left. */
async function returned(instances: readonly Instance[], pictures: readonly Picture[]): Promise<string[]> {
  const back: string[] = [];
  for (const picture of pictures) {
    for (const { url, user } of instances) {
      for (let time = 0; time < 4; time += 1) {
        const { from, left = LIFE } = await see(url, picture);
        if (left < LIFE - AGE + 1) back.push(`${picture.path} at ${user}: ${from}, ${left} s left`);
      }
    }
  }
  return back;
}

const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Purges pictures that all have, one after another, and asks for each at once. @returns those that came back */
export async function purgeStep(site: Site, count: number): Promise<string[]> {
  const pictures = Array.from({ length: count }, coldPicture);
  await keep(site.instances, pictures);
  await wait(AGE + 1);
  const back: string[] = [];
  for (const picture of pictures) {
    await purge(site, site.instances[0], picture);
    back.push(...(await returned(site.instances, [picture])));
  }
  return back;
}

/** Kills a master, and waits until its replica has taken over. @returns how long that took, in ms */
export async function masterStep({ cluster }: Site): Promise<number> {
  const [master, another] = cluster.nodes as [(typeof cluster.nodes)[0], (typeof cluster.nodes)[0]];
  const began = performance.now();
  await endServer(master.server);
  await eventually('a replica to take over', async () => {
    const nodes = String(await another.client.call('cluster', 'nodes').catch(() => ''));
    const masters = nodes.split('\n').filter((line) => /\bmaster\b/.test(line));
    const others = masters.filter((line) => !line.includes(`:${master.port}@`));
    return (
      others.length === 3 && /cluster_state:ok/.test(String(await another.client.call('cluster', 'info')))
    );
  });
  return performance.now() - began;
}

/** The killed master comes back, empty, as the replica of the one that took over. */
export async function masterReturns({ cluster }: Site): Promise<void> {
  const [master] = cluster.nodes;
  if (!master) return;
  master.server = await master.launch();
  await eventually('it to be a replica', async () =>
    /role:slave/.test(String(await master.client.call('info', 'replication').catch(() => ''))),
  );
}

/** Kills an instance without a word, and starts it again. */
export async function killStep(site: Site, instance: Instance): Promise<void> {
  await instance.service.stop('SIGKILL');
  await wait(0.5);
  await site.start(instance);
}

/** Drains an instance as a deploy does, and starts it again. @returns its exit code */
export async function drainStep(site: Site, instance: Instance): Promise<number | null> {
  const code = await instance.service.stop('SIGTERM');
  await site.start(instance);
  return code;
}

/**
 * Cuts an instance off from the cluster, purges at another one meanwhile, and lets it back.
 * @returns purged pictures that came back after it was
 */
export async function partitionStep(site: Site, count: number): Promise<string[]> {
  const [here, apart] = site.instances;
  const pictures = Array.from({ length: count }, coldPicture);
  await keep(site.instances, pictures);
  await wait(AGE + 1);
  await cutOff(site, apart);
  const tier = async (): Promise<string> => {
    const answer = await fetch(`${apart.url}/readyz`);
    return ((await answer.json()) as { status: string }).status;
  };
  await eventually('it to notice', async () => (await tier()) === 'degraded');
  for (const picture of pictures) await purge(site, here, picture);
  await letBack(site, apart);
  await eventually('it to be back', async () => (await tier()) === 'ready');
  // Its connection for purges is another one, which may be back a little later.
  await eventually('its memory to be empty', async () => {
    const { left = LIFE } = await see(apart.url, pictures[0] as Picture);
    return left >= LIFE - AGE + 1;
  });
  return returned(site.instances, pictures);
}
