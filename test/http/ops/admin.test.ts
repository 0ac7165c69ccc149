import t, { type Test } from 'tap';
import { problemOf, testApp } from '../../helper/app.ts';
import { startRedis } from '../../helper/redis.ts';
import { eventually } from '../../helper/wait.ts';

const TOKEN = 's3cret-Token';
const authorization = `Bearer ${TOKEN}`;

/** An app with pictures in it, and a function that purges. */
async function filled(t: Test, env: Record<string, string> = {}, ...paths: string[]) {
  const app = await testApp(t, { ADMIN_TOKEN: TOKEN, ...env });
  for (const path of paths) t.equal((await app.inject(`/image/${path}`)).statusCode, 200);
  return {
    app,
    purge: (url: string, headers: Record<string, string> = { authorization }) =>
      app.inject({ method: 'DELETE', url, headers }),
    tier: async (path: string) => (await app.inject(`/image/${path}`)).headers['x-cache'],
  };
}

t.test('without a token the routes do not exist', async (t) => {
  const app = await testApp(t);
  for (const url of ['/cache', '/cache?match=*', '/cache/600.400.png']) {
    for (const method of ['DELETE', 'GET', 'POST'] as const) {
      const response = await app.inject({ method, url, headers: { authorization: 'Bearer undefined' } });
      t.match(problemOf(t, response, url), { status: 404, code: 'not-found' }, `${method} ${url}`);
    }
  }
});

const WRONG = {
  none: undefined,
  empty: '',
  'another scheme': `Basic ${TOKEN}`,
  'no scheme': TOKEN,
  'no token': 'Bearer ',
  'a part of it': `Bearer ${TOKEN.slice(0, -1)}`,
  'more than it': `Bearer ${TOKEN}x`,
  'in another case': `Bearer ${TOKEN.toLowerCase()}`,
  twice: `Bearer ${TOKEN}, Bearer ${TOKEN}`,
  'a very long one': `Bearer ${'x'.repeat(8000)}`,
};

t.test('without the token nothing is purged', async (t) => {
  const { purge, tier } = await filled(t, {}, '6x4');
  for (const [name, value] of Object.entries(WRONG)) {
    for (const url of ['/cache/6.4.png', '/cache?match=*', '/cache']) {
      const response = await purge(url, value === undefined ? {} : { authorization: value });
      t.match(problemOf(t, response, url), { status: 401, code: 'unauthorized' }, name);
      t.match(response.headers['www-authenticate'], /^Bearer realm="/, 'RFC 9110, 11.6.1');
      t.notMatch(response.body, TOKEN, 'the token is no secret any more');
    }
  }
  t.equal(await tier('6x4'), 'hit-memory');
});

t.test('nothing to purge is said to be nothing', async (t) => {
  const { purge } = await filled(t);
  for (const [url, got] of [
    ['/cache/', 'nothing'],
    ['/cache', 'nothing'],
    ['/cache?match=', 'nothing'],
    ['/cache?match=&match=', 'nothing'],
    ['/cache?match=a%0A&match=b', 'a\uFFFD and b'],
    ['/cache/a', 'a'],
  ] as const) {
    const { detail } = problemOf(t, await purge(url), url);
    t.equal(/, got (.*)$/s.exec(String(detail))?.[1], got, url);
  }
});

t.test('one key', async (t) => {
  const { app, purge, tier } = await filled(t, {}, '6x4', '6x5', '6x4?text=a%20b%25&bg=f00');
  const plain = await purge('/cache/6.4.png');
  t.same([plain.statusCode, plain.json()], [200, { purged: 1, key: '6.4.png' }]);
  t.equal(plain.headers['cache-control'], 'no-store');
  t.same(await tier('6x4'), 'miss');
  t.same((await purge('/cache/6.4.png', { authorization: `bearer  ${TOKEN} ` })).json().purged, 1);
  t.same((await purge('/cache/6.4.png')).json().purged, 0, 'it is gone already');
  t.equal(await tier('6x5'), 'hit-memory', 'others stay');

  const { cacheKey } = (await app.inject('/image/6x4.json?text=a%20b%25&bg=f00')).json();
  t.equal(cacheKey, '6.4.png?bg=ff0000&text=a%20b%25');
  t.equal(await tier('6x4?text=a%20b%25&bg=f00'), 'hit-memory');
  t.same((await purge(`/cache/${encodeURIComponent(cacheKey)}`)).json(), { purged: 1, key: cacheKey });
  await tier('6x4?text=a%20b%25&bg=f00');
  t.same((await purge(`/cache/${cacheKey}`)).json(), { purged: 1, key: cacheKey }, 'as it is');
});

t.test('by glob', async (t) => {
  const { purge, tier } = await filled(t, {}, '6x4', '6x4.webp', '7x4', '6x4?bg=f00');
  const response = await purge('/cache?match=6.4.*');
  t.same([response.statusCode, response.json()], [200, { purged: 3, match: '6.4.*' }]);
  t.same([await tier('7x4'), await tier('6x4')], ['hit-memory', 'miss']);
  t.same((await purge('/cache?match=%3F.4.%5Bpq%5Dng')).json(), { purged: 2, match: '?.4.[pq]ng' });
  for (const url of ['/cache', '/cache?match=', '/cache?match=a&match=b', '/cache?other=*'])
    t.match(problemOf(t, await purge(url), url), { status: 400, code: 'invalid-option', parameter: 'match' });
});

/** As an operator may type them, and as other programs may have them in the same Redis. */
const FOREIGN = {
  'sessions:42': 'sessions:42',
  '6.notes': '6.notes',
  '6.4.pngx': '6.4.pngx',
  '06.4.png': '06.4.png',
  'a/6.4.png': 'a/6.4.png',
  '6.4.png%0A': '6.4.png\n',
  '%zz': '',
  '': '',
};

t.test('without a prefix, no key of another program', async (t) => {
  const { url, client } = await startRedis(t);
  const { purge } = await filled(t, { REDIS_URL: url, REDIS_TIMEOUT_MS: '5000' });
  for (const [spelled, key] of Object.entries(FOREIGN)) {
    if (key) await client.set(key, 'theirs');
    const response = await purge(`/cache/${spelled}`);
    const wanted = { status: 400, code: 'invalid-option', parameter: 'key', detail: /such as 600\.400\.png/ };
    t.match(problemOf(t, response, `/cache/${spelled}`), wanted, spelled);
    if (key) t.equal(await client.exists(key), 1, 'it is still there');
  }
});

t.test('no other method', async (t) => {
  const { app } = await filled(t);
  for (const url of ['/cache', '/cache/6.4.png']) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url, headers: { authorization } });
      t.same([response.statusCode, response.headers['allow']], [405, 'DELETE'], `${method} ${url}`);
    }
  }
});

t.test('every instance that shares the shared tier', async (t) => {
  const { url } = await startRedis(t);
  const env = { REDIS_URL: url, REDIS_TIMEOUT_MS: '5000' };
  const [one, other] = [await filled(t, env, '6x4', '7x4'), await filled(t, env, '6x4', '7x4')];
  t.equal((await one.purge('/cache/6.4.png')).json().purged, 1);
  const held = async (): Promise<number> =>
    (await other.app.inject('/status.json')).json().tiers.memory.entries;
  await eventually('the purge', async () => (await held()) === 1);
  t.same([await other.tier('6x4'), await other.tier('7x4')], ['miss', 'hit-memory']);
});

t.test('both tiers, and nothing of another program', async (t) => {
  const { url, client } = await startRedis(t);
  const { purge, tier } = await filled(t, { REDIS_URL: url, REDIS_TIMEOUT_MS: '5000' }, '6x4', '6x5', '7x5');
  await eventually('three keys', async () => (await client.dbsize()) === 3);
  await client.mset('6.notes', 'a', 'theirs', 'b');
  t.same((await purge('/cache/7.5.png')).json().purged, 1);
  t.equal(await client.exists('7.5.png'), 0);
  t.same((await purge('/cache?match=*')).json().purged, 2);
  t.same((await client.keys('*')).sort(), ['6.notes', 'theirs']);
  t.same([await tier('6x4'), await tier('6x5')], ['miss', 'miss']);
});
