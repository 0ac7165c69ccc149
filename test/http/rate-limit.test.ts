import t from 'tap';
import { createGreybox } from '../../src/index.ts';
import { clientOf, RenderBudget, RenderLimiter } from '../../src/rate-limit.ts';
import { problemOf, testApp } from '../helper/app.ts';
import { fakeClock } from '../helper/clock.ts';

t.test("a budget holds a minute's renders, and refills evenly", async (t) => {
  const clock = fakeClock();
  const budget = new RenderBudget(6, clock.now);
  for (let i = 0; i < 6; i++) t.equal(budget.take('a'), 0);
  t.equal(budget.take('a'), 10, 'seconds');
  t.equal(budget.take('b'), 0, 'another client');
  clock.advance(9_400);
  t.equal(budget.take('a'), 1, 'asking in vain costs nothing');
  clock.advance(600);
  t.equal(budget.take('a'), 0, 'what was promised');
  t.equal(budget.take('a'), 10);
  clock.advance(3_600_000);
  for (let i = 0; i < 6; i++) t.equal(budget.take('a'), 0);
  t.equal(budget.take('a'), 10, 'an hour holds no more than a minute');
});

t.test('a client with nothing left is told when to come back', async (t) => {
  const left = [0, 7];
  const limiter = new RenderLimiter(6, async () => left.shift() ?? Number.NaN);
  await limiter.admit('a');
  await t.rejects(limiter.admit('a'), { code: 'rate-limited', retryAfter: 7, message: /\b6 .* 7 s$/ });
});

t.test('an expensive picture counts as several', async (t) => {
  const clock = fakeClock();
  const budget = new RenderBudget(60, clock.now);
  t.equal(budget.take('a', 50), 0);
  t.equal(budget.take('a', 20), 10, 'seconds until there are ten more');
  t.equal(budget.take('a', 10), 0);
  t.equal(budget.take('a'), 1);
  t.equal(budget.take('b', 1000), 0, 'it counts for no more than a minute holds');
  t.equal(budget.take('b'), 1);
});

t.test('memory for clients is bounded', async (t) => {
  const budget = new RenderBudget(1, () => 0);
  for (let i = 0; i < 20_000; i++) budget.take(`client ${i}`);
  t.equal(budget.size, 10_000);
});

t.test('who is one client', async (t) => {
  const table = [
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const;
  for (const [address, client] of table) t.equal(clientOf(address), client, address);
});

t.test('hits are never limited', async (t) => {
  const app = await testApp(t, { RATE_LIMIT: '2' });
  for (const url of ['/image/1x1', '/image/2x1']) t.equal((await app.inject(url)).statusCode, 200);
  const refused = await app.inject('/image/3x1');
  t.match(problemOf(t, refused, '/image/3x1'), {
    status: 429,
    code: 'rate-limited',
    detail: /try again in \d+ s$/,
  });
  t.match(refused.headers['retry-after'], /^(29|30)$/);
  for (let i = 0; i < 5; i++) t.equal((await app.inject('/image/1x1')).statusCode, 200);
  t.equal((await app.inject('/image/0')).statusCode, 400, 'errors are not renders');
  const other = await app.inject({ url: '/image/3x1', remoteAddress: '10.0.0.9' });
  t.equal(other.statusCode, 200, 'another client');
  t.equal((await app.inject('/image/3x1')).statusCode, 200, 'what it had drawn is there for all');
});

t.test('expensive pictures use up a budget sooner, and the error says so', async (t) => {
  const app = await testApp(t, { RATE_LIMIT: '3' });
  const ask = (path: string, client: string) =>
    app.inject({ url: `/image/${path}`, remoteAddress: `10.0.0.${client}` });
  t.equal((await ask('1100x1000.gif?pattern=dots', '1')).statusCode, 200);
  const refused = await ask('1101x1000.gif?pattern=dots', '1');
  t.equal(refused.statusCode, 429);
  t.match(refused.json().detail, /and this one counts for 2; try again in \d+ s$/);
  t.equal((await ask('31x20', '1')).statusCode, 200, 'one is left');
  t.equal((await ask('1400x1400?pattern=dots', '2')).statusCode, 200, 'whole budgets are enough for any');
  t.equal((await ask('32x20', '2')).statusCode, 429);
});

t.test('no client is refused because of another', async (t) => {
  const app = await testApp(t, { RATE_LIMIT: '1' });
  const ask = (remoteAddress: string) => app.inject({ url: '/image/300x300.webp', remoteAddress });
  await app.inject({ url: '/image/1x1', remoteAddress: '10.0.0.1' });
  const answers = await Promise.all(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.1'].map(ask));
  const statuses = answers.map(({ statusCode }) => statusCode);
  t.same(statuses.slice(0, 3), [429, 200, 200]);
});

const forwarded = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-host': 'img.example',
  'x-forwarded-proto': 'https',
};

t.test('X-Forwarded-For counts if a trusted proxy sent it', async (t) => {
  const ask = async (env: Record<string, string>) => {
    const app = await testApp(t, { RATE_LIMIT: '1', ...env });
    const addresses = ['203.0.113.7', '203.0.113.8'];
    const statuses: number[] = [];
    for (const [i, address] of addresses.entries()) {
      const headers = { ...forwarded, 'x-forwarded-for': address };
      statuses.push((await app.inject({ url: `/image/${i + 1}x9`, headers })).statusCode);
    }
    const { url } = (await app.inject({ url: '/image/1x9.json', headers: forwarded })).json();
    return [...statuses, url.replace(/\/image.*/, '')];
  };
  t.same(await ask({ TRUST_PROXY: '127.0.0.0/8' }), [200, 200, 'https://img.example']);
  t.same(await ask({ TRUST_PROXY: '10.0.0.0/8' }), [200, 429, 'http://localhost:80']);
  t.same(await ask({}), [200, 429, 'http://localhost:80']);
});

t.test('all fetch requests share one budget, whatever they say about the client', async (t) => {
  const greybox = createGreybox({ rateLimit: 2 });
  t.teardown(() => greybox.close());
  const ask = async (width: number): Promise<number> => {
    const headers = { 'x-forwarded-for': `10.0.0.${width}` };
    return (await greybox.fetch(new Request(`http://img.example/image/${width}x1.svg`, { headers }))).status;
  };
  t.same([await ask(1), await ask(2), await ask(3), await ask(1)], [200, 200, 429, 200]);
  const target = '/image/4x1.svg';
  const asked = { method: 'GET', target, url: target, host: 'img.example', origin: 'http://img.example' };
  const { status } = await greybox.answer({ ...asked, client: '10.0.0.4', field: () => undefined });
  t.equal(status, 200, 'who knows better says so');
});
