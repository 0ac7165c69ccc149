import t from 'tap';
import { readRedisUrl } from '../../../../src/cache/stores/redis/redis-url.ts';

const NONE = { tls: false, name: '', db: 0 };
const host = (name: string, port: number) => ({ host: name, port });

const CASES = {
  'redis://h': { ...NONE, kind: 'single', hosts: [host('h', 6379)] },
  'redis://h:1/2': { ...NONE, kind: 'single', hosts: [host('h', 1)], db: 2 },
  'rediss://:p%40s:x@[::1]:7': {
    ...NONE,
    kind: 'single',
    hosts: [host('::1', 7)],
    tls: true,
    password: 'p@s:x',
  },
  'redis://u:p@h/': { ...NONE, kind: 'single', hosts: [host('h', 6379)], username: 'u', password: 'p' },
  'redis+sentinel://h1:1,h2/mymaster': {
    ...NONE,
    kind: 'sentinel',
    hosts: [host('h1', 1), host('h2', 26_379)],
    name: 'mymaster',
  },
  'rediss+sentinel://u:p@h1/m/3?sentinelUsername=s&sentinelPassword=q%2B': {
    kind: 'sentinel',
    hosts: [host('h1', 26_379)],
    tls: true,
    name: 'm',
    db: 3,
    username: 'u',
    password: 'p',
    sentinelUsername: 's',
    sentinelPassword: 'q+',
  },
  'redis+cluster://h1:7000,h2:7001': {
    ...NONE,
    kind: 'cluster',
    hosts: [host('h1', 7000), host('h2', 7001)],
  },
};

t.test('addresses', async (t) => {
  for (const [url, address] of Object.entries(CASES)) t.strictSame(readRedisUrl(url), address, url);
});

t.test('other URLs are refused, without their password', async (t) => {
  for (const url of [
    '',
    'http://h',
    'redis://',
    'redis+sentinel://h',
    'redis://u:s3cret@h:99999',
    'redis://s3cret@h/x',
  ]) {
    t.throws(() => readRedisUrl(url), { message: 'the URL of the cache is malformed' }, url);
  }
});
