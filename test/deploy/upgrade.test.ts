import { hash } from 'node:crypto';
import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import t, { type Test } from 'tap';
import { VERSION } from '../../src/package-root.ts';
import { startRedis } from '../helper/redis.ts';
import { buildRelease, releaseBefore } from '../helper/release-before.ts';
import { type Service, startService } from '../helper/service.ts';

t.setTimeout(180_000);

/** s that a picture lives, here. */
const LIFE = 6;
/** Clients that ask at the same time, each for the next picture when it has one. */
const CLIENTS = 4;

/** What both releases know: of each format and each way to draw some. */
const TARGETS = [
  ...['png', 'jpg', 'webp', 'gif', 'svg'].map((format) => `/image/300x200.${format}`),
  ...['png', 'svg'].map((format) => `/image/300x200.${format}?text=Ag\\nfjord+of+many+words&font=lora`),
  '/image/64x64.avif',
  '/image/200x150@2x.png',
  '/image/og/336699/fff.png?text=Hello,+world',
  '/image/320x240?bg=f00-00f&angle=45&radius=20',
  '/image/320x240.webp?pattern=dots&border=4',
  '/image/200?text=नमस्ते',
  '/image/200?text=',
  '/image/24x120',
];

/** One answer, as a client saw it. */
interface Seen {
  readonly port: number;
  readonly target: string;
  readonly status: number;
  readonly cache: string;
  /** Of its bytes. */
  readonly digest: string;
  readonly body: Buffer;
}

function ask({ url, port }: Service, target: string, agent?: Agent): Promise<Seen> {
  return new Promise((resolve) => {
    const end = (status: number, cache: string, body: Buffer): void =>
      resolve({ port, target, status, cache, digest: hash('sha256', body), body });
    const request = get(url + encodeURI(target), { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end(0, '', Buffer.alloc(0)));
      response.on('end', () =>
        end(response.statusCode ?? 0, String(response.headers['x-cache']), Buffer.concat(chunks)),
      );
    });
    request.on('error', () => end(0, '', Buffer.alloc(0)));
  });
}

/** What a release draws, asked of one that shares nothing. */
async function drawings(t: Test, cli?: string): Promise<ReadonlyMap<string, string>> {
  const alone = await startService(t, cli === undefined ? {} : { cli });
  const seen = await Promise.all(TARGETS.map((target) => ask(alone, target)));
  for (const { target, status, body } of seen) {
    t.equal(status, 200, target);
    await t.resolves(sharp(body).toBuffer(), 'a whole picture');
  }
  await alone.stop();
  return new Map(seen.map(({ target, digest }) => [target, digest]));
}

/** Asks one of the instances at a time for everything, until it is stopped. */
function startLoad(instances: readonly Service[]) {
  const seen: Seen[] = [];
  let isOver = false;
  let asked = 0;
  const agent = new Agent({ keepAlive: true });
  const client = async (): Promise<void> => {
    while (!isOver) {
      asked += 1;
      const service = instances[asked % instances.length] as Service;
      seen.push(await ask(service, TARGETS[asked % TARGETS.length] as string, agent));
      await wait(2);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  const stop = async (): Promise<void> => {
    isOver = true;
    await clients;
    agent.destroy();
  };
  return { seen, stop };
}

const before = await releaseBefore(VERSION);
const cli = before === undefined ? '' : await buildRelease(before, t.testdir());
const skip = before === undefined && 'this clone has no history: the release before cannot be built';

t.test('a rolling upgrade on one Redis, under load', { skip }, async (t) => {
  const [older, newer] = [await drawings(t, cli), await drawings(t)];
  const changed = TARGETS.filter((target) => older.get(target) !== newer.get(target));
  t.ok(changed.length > 0 && changed.length < TARGETS.length, `${changed.length} are drawn otherwise`);

  const redis = await startRedis(t);
  const env = { CACHE_URL: redis.url, CACHE_TTL_SECONDS: String(LIFE), REDIS_TIMEOUT_MS: '5000' };
  const token = 'of-both';
  const instances = [
    await startService(t, { cli, env: { ...env, ADMIN_TOKEN: token } }),
    await startService(t, { cli, env }),
  ];
  const load = startLoad(instances);
  await wait(1000);
  // One after the other: a new one is there before an old one goes.
  for (const old of [...instances]) {
    instances.push(await startService(t, { env: { ...env, ADMIN_TOKEN: token } }));
    await wait(500);
    instances.splice(instances.indexOf(old), 1);
    t.equal(await old.stop(), 0, 'the older one has drained');
  }
  await wait(LIFE * 1000 + 500);
  const [one, other] = instances as [Service, Service];
  // What the last of the older drew is over by now, for nobody gives a picture more time than it had.
  const late = await Promise.all(
    instances.flatMap((service) => TARGETS.map((target) => ask(service, target))),
  );
  await load.stop();

  const all = [...load.seen, ...late];
  t.strictSame(
    all.filter(({ status }) => status !== 200).map(({ status, target }) => `${status} ${target}`),
    [],
    `none of ${all.length} requests failed`,
  );
  const isOld = ({ target, digest }: Seen): boolean => digest === older.get(target);
  const isNew = ({ target, digest }: Seen): boolean => digest === newer.get(target);
  t.strictSame(
    all.filter((seen) => !isOld(seen) && !isNew(seen)).map(({ target }) => target),
    [],
    'each is the drawing of one of the two, whole',
  );
  const ports = [one.port, other.port];
  const lived = load.seen.filter(
    (seen) => ports.includes(seen.port) && changed.includes(seen.target) && isOld(seen),
  );
  t.ok(lived.length > 0, `the newer served pictures of the older ${lived.length} times`);
  t.strictSame(late.filter((seen) => !isNew(seen)).length, 0, 'and none of them for longer than it lives');

  const [target = ''] = changed;
  const purged = await fetch(`${one.url}/cache?match=*`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  t.equal(purged.status, 200);
  t.equal((await ask(other, target)).cache, 'miss', 'a purge reaches all');
});

t.test('CACHE_KEY_PREFIX parts two releases', { skip }, async (t) => {
  const redis = await startRedis(t);
  const env = { CACHE_URL: redis.url, REDIS_TIMEOUT_MS: '5000' };
  const old = await startService(t, { cli, env });
  const fresh = await startService(t, { env: { ...env, CACHE_KEY_PREFIX: 'v2:' } });
  const target = '/image/300x200.png';
  const { digest } = await ask(old, target);
  t.equal((await ask(fresh, target)).cache, 'miss');
  const back = await startService(t, { cli, env });
  const again = await ask(back, target);
  t.strictSame([again.cache, again.digest], ['hit-redis', digest], 'going back finds what was there');
});
