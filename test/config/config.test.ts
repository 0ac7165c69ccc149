import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import t, { type Test } from 'tap';
import { ConfigError, configOf, readConfig, type Settings } from '../../src/config/config.ts';
import { drawingMemory, memoryLeft } from '../../src/config/memory-limit.ts';
import { type Config, flagOf, SETTINGS } from '../../src/config/settings.ts';

type Env = Record<string, string | undefined>;

/** What is wrong, sentence by sentence; fails the test where nothing is. */
function faultsOf(t: Test, env: Env, ...args: string[]): readonly string[] {
  const error = t.throws(() => readConfig({ env, args }), ConfigError);
  if (!(error instanceof ConfigError)) return [];
  t.equal(error.message, error.faults.join('\n'), 'the message is all faults');
  return error.faults;
}

/** Every setting with another value than its default, and with one that is not allowed. */
const CASES: ReadonlyArray<readonly [keyof Config, string, string, unknown, string]> = [
  ['port', 'PORT', '8080', 8080, '65536'],
  ['host', 'HOST', '::1', '::1', 'a b'],
  ['opsPort', 'OPS_PORT', '9090', 9090, '65536'],
  ['cacheUrl', 'CACHE_URL', 'rediss://h:1/2', 'rediss://h:1/2', 'http://h'],
  ['cacheTtlSeconds', 'CACHE_TTL_SECONDS', '60', 60, '0'],
  ['cacheKeyPrefix', 'CACHE_KEY_PREFIX', 'img:', 'img:', 'a b'],
  ['memoryCacheMb', 'MEMORY_CACHE_MB', '0', 0, '1.5'],
  ['redisTimeoutMs', 'REDIS_TIMEOUT_MS', '20', 20, '19'],
  ['maxDimension', 'MAX_DIMENSION', '4000', 4000, '-1'],
  ['maxPixels', 'MAX_PIXELS', '1000', 1000, '1e6'],
  ['workers', 'WORKERS', '3', 3, '0'],
  ['renderConcurrency', 'RENDER_CONCURRENCY', '7', 7, '0x7'],
  ['renderQueue', 'RENDER_QUEUE', '0', 0, ' 1'],
  ['rateLimit', 'RATE_LIMIT', '60', 60, '0'],
  ['drainSeconds', 'DRAIN_SECONDS', '12.5', 12.5, '3601'],
  ['trustProxy', 'TRUST_PROXY', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1'], '1'],
  ['adminToken', 'ADMIN_TOKEN', 's3cret', 's3cret', 's3cret token'],
  ['dialect', 'DIALECT', 'Placehold.co', 'placehold.co', 'https://placehold.co'],
  ['cdnMaxAge', 'CDN_MAX_AGE', '86400', 86_400, '-1'],
  ['cacheTagHeader', 'CACHE_TAG_HEADER', 'Surrogate-Key', 'Surrogate-Key', 'Content-Length'],
  ['logLevel', 'LOG_LEVEL', 'warn', 'warn', 'WARN'],
  ['fastLane', 'FAST_LANE', 'off', false, 'fast'],
  ['otelTraces', 'OTEL_TRACES', 'on', true, 'otlp'],
  ['logRequests', 'LOG_REQUESTS', 'on', true, 'yes'],
];

t.test('defaults', async (t) => {
  t.strictSame(readConfig({ env: {}, memoryMb: Number.POSITIVE_INFINITY }), {
    port: 3000,
    host: '127.0.0.1',
    opsPort: undefined,
    cacheUrl: undefined,
    cacheTtlSeconds: 3600,
    cacheKeyPrefix: '',
    memoryCacheMb: 64,
    redisTimeoutMs: 100,
    maxDimension: 2000,
    maxPixels: 16_000_000,
    workers: 1,
    renderConcurrency: availableParallelism(),
    renderQueue: 256,
    rateLimit: 'off',
    drainSeconds: 0.5,
    trustProxy: undefined,
    adminToken: undefined,
    dialect: undefined,
    cdnMaxAge: 'off',
    cacheTagHeader: 'off',
    logLevel: 'info',
    fastLane: true,
    otelTraces: false,
    logRequests: false,
  });
});

t.test('every setting has its case here', async (t) => {
  t.strictSame(Object.keys(SETTINGS).sort(), CASES.map(([name]) => name).sort());
});

for (const [name, variable, given, value, wrong] of CASES) {
  t.test(variable, async (t) => {
    const flag = `--${variable.toLowerCase().replaceAll('_', '-')}`;
    const initial = readConfig({ env: {} })[name];
    t.equal(`--${flagOf(SETTINGS[name])}`, flag);
    t.not(value, initial, 'the case differs from the default');
    t.strictSame(readConfig({ env: { [variable]: given } })[name], value, 'variable');
    t.strictSame(readConfig({ env: {}, args: [flag, given] })[name], value, 'flag');
    t.strictSame(readConfig({ env: {}, args: [`${flag}=${given}`] })[name], value, 'flag with =');
    t.strictSame(
      readConfig({ env: { [variable]: wrong }, args: [flag, given] })[name],
      value,
      'the flag wins',
    );
    t.equal(readConfig({ env: { [variable]: '' } })[name], initial, 'an empty variable is unset');
    for (const [source, env, args] of [
      [variable, { [variable]: wrong }, []],
      [flag, {}, [`${flag}=${wrong}`]],
    ] as const) {
      const faults = faultsOf(t, env, ...args);
      t.equal(faults.length, 1);
      t.ok(faults[0]?.startsWith(`${source} must be ${SETTINGS[name].allowed}`));
    }
  });
}

t.test('CACHE_URL wins over REDIS_URL', async (t) => {
  const read = (env: Env) => readConfig({ env }).cacheUrl;
  t.equal(read({ REDIS_URL: 'redis://b' }), 'redis://b');
  t.equal(read({ CACHE_URL: 'redis://a', REDIS_URL: 'redis://b' }), 'redis://a');
  t.equal(read({ CACHE_URL: '', REDIS_URL: 'redis://b' }), 'redis://b');
  t.match(faultsOf(t, { REDIS_URL: 'b' })[0], /^REDIS_URL must be one of redis:\/\/, rediss:\/\/, /);
});

const CACHE_URLS = {
  right: [
    'redis://u:p@[::1]:6379/3?x=y',
    'redis://h:1/',
    'redis://h',
    'rediss://:p@h:1/2',
    'redis://[::1]:6379',
    'redis+sentinel://h1:26379,h2:26379/mymaster',
    'redis+sentinel://u:p@h1/mymaster/3?sentinelPassword=q',
    'rediss+sentinel://h1,[::1]:1/m',
    'redis+cluster://h1:7000,h2:7001',
    'rediss+cluster://u:p@h1:7000/',
    'memcached://h',
    'memcached://[::1]:11211/',
    'sqlite:/var/cache/greybox.db',
    'file:/var/cache/greybox',
    'file:///var/cache/greybox',
    'file:./cache of mine',
    'redis://u:p%40ss%2Fw%23rd@h',
    'file:/100%25',
  ],
  wrong: [
    'redis://',
    'redis:///1',
    'redis://h/one',
    'rediss://u:p@/0',
    'redis:h',
    'http://h',
    'h:6379',
    'redis+sentinel://h1:26379',
    'redis+sentinel:///mymaster',
    'redis+cluster://',
    'redis+cluster://h1:7000/1',
    'redis+cluster://h1:70000',
    'redis+other://h',
    'memcached://h1,h2',
    'memcached://u:p@h',
    'memcached://h:70000',
    'redis://u:p%zz@h',
    'redis://u:p@ss@h',
    'redis://u:p/w@h',
    'redis+sentinel://h1,,h2/m',
    'redis+sentinel://h1,h2:70000/m',
    'redis+sentinel://h1/m%zz',
    'redis+cluster://h1:7000,h2:x',
    'redis+cluster://h1:7000,',
    'sqlite:/100%',
    'file:/100%',
    'sqlite:',
    'file:',
    'file://',
  ],
};

t.test('shared tiers', async (t) => {
  for (const url of CACHE_URLS.right) t.equal(readConfig({ env: { CACHE_URL: url } }).cacheUrl, url);
  for (const url of CACHE_URLS.wrong) t.equal(faultsOf(t, { CACHE_URL: url }).length, 1, url);
});

const NETWORKS = {
  right: ['10.0.0.0/8', '10.0.0.1', '::1', 'fd00::/8', '10.0.0.0/8,fd00::/8 , 127.0.0.1/32'],
  wrong: [
    '1',
    'true',
    'loopback',
    '10.0.0.0/0',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10/8',
    '10.0.0.0/8,',
    '/8',
  ],
};

t.test('proxies are networks, never a count', async (t) => {
  for (const list of NETWORKS.right) {
    const { trustProxy } = readConfig({ env: { TRUST_PROXY: list } });
    t.strictSame(trustProxy, list.split(/ *, */));
    t.ok(Object.isFrozen(trustProxy));
  }
  for (const list of NETWORKS.wrong) t.equal(faultsOf(t, { TRUST_PROXY: list }).length, 1, list);
  t.equal(readConfig({ env: { RATE_LIMIT: 'off' } }).rateLimit, 'off');
});

t.test('workers, and the cores that each draws on', async (t) => {
  const read = (env: Env) => {
    const { workers, renderConcurrency } = readConfig({ env });
    return [workers, renderConcurrency];
  };
  const cores = availableParallelism();
  t.same(read({ WORKERS: 'auto' }), [cores, 1]);
  t.same(read({ WORKERS: '2' }), [2, Math.max(1, Math.floor(cores / 2))]);
  t.same(read({ WORKERS: '1000' }), [1000, 1], 'at least one');
  t.same(read({ WORKERS: '2', RENDER_CONCURRENCY: '9' }), [2, 9], 'what is set is of each worker');
  for (const wrong of ['Auto', '-1', '1.5', '1025'])
    t.equal(faultsOf(t, { WORKERS: wrong }).length, 1, wrong);
  t.same(faultsOf(t, { WORKERS: 'all' }), ['WORKERS must be auto or an integer from 1 to 1024, got all']);
});

t.test('defaults fit a memory limit, and what is set stays', async (t) => {
  const read = (memoryMb: number, env: Env = {}) => {
    const { memoryCacheMb, renderConcurrency } = readConfig({ env, memoryMb });
    return [memoryCacheMb, renderConcurrency];
  };
  const cores = availableParallelism();
  t.same(read(Number.POSITIVE_INFINITY), [64, cores]);
  t.same(read(16_384), [64, Math.min(cores, 81)]);
  t.same(read(512), [32, 1]);
  t.same(read(256), [16, 1]);
  t.same(read(1), [0, 1], 'it draws one at least');
  t.same(read(512, { WORKERS: '2' }), [16, 1], 'workers share it');
  t.same(read(256, { MEMORY_CACHE_MB: '100', RENDER_CONCURRENCY: '3' }), [100, 3]);
});

t.test('a memory limit leaves so much for drawing', async (t) => {
  const mebi = (limit: number | undefined, memoryCacheMb: number, workers = 1): number =>
    drawingMemory({ workers, memoryCacheMb }, limit) / 2 ** 20;
  t.equal(mebi(256, 16), 35);
  t.equal(mebi(512, 32), 275);
  t.equal(mebi(512, 16, 2), 35, 'each worker has its share');
  t.equal(mebi(64, 4), 24, 'a default label can always be drawn');
});

t.test('numbers are integers within their bounds, to the last one', async (t) => {
  const read = (port: string) => readConfig({ env: { PORT: port } }).port;
  t.equal(read('0'), 0);
  t.equal(read('65535'), 65_535);
  t.equal(read('08080'), 8080);
  for (const wrong of ['65536', '-1', '+1', '1.0', '1e3', '0x10', 'NaN', 'Infinity', '٣', '9'.repeat(400)]) {
    t.match(
      faultsOf(t, { PORT: wrong })[0],
      /^PORT must be an integer from 0 to 65535, got /,
      wrong.slice(0, 9),
    );
  }
});

t.test('seconds may have decimals', async (t) => {
  const read = (seconds: string) => readConfig({ env: { DRAIN_SECONDS: seconds } }).drainSeconds;
  t.equal(read('0'), 0);
  t.equal(read('3600'), 3600);
  t.equal(read('2.125'), 2.125);
  for (const wrong of ['-1', '3600.1', '1e2', '.5', '1.', '0.1234', 'NaN', '0x1', '1s'])
    t.same(faultsOf(t, { DRAIN_SECONDS: wrong }), [
      `DRAIN_SECONDS must be a number from 0 to 3600, got ${wrong}`,
    ]);
});

t.test('the header of cache tags is one that no answer has already', async (t) => {
  for (const name of ['Cache-Tag', 'surrogate-key', 'Edge-Cache-Tag', 'xkey', 'x-amz-meta-cache-tag', 'off'])
    t.equal(readConfig({ env: { CACHE_TAG_HEADER: name } }).cacheTagHeader, name);
  for (const wrong of ['a b', 'X:', 'étiquette', 'ETag', 'transfer-encoding', 'X-Cache', 'x'.repeat(101)])
    t.equal(faultsOf(t, { CACHE_TAG_HEADER: wrong }).length, 1, wrong);
});

t.test('a dialect is named by its host', async (t) => {
  for (const wrong of ['a..b', 'placehold.co:80', '/placehold.co', 'a b', 'x'.repeat(64)])
    t.equal(faultsOf(t, { DIALECT: wrong }).length, 1, wrong);
});

t.test('a program gives the same settings by their names', async (t) => {
  t.strictSame(configOf({}), readConfig({ env: {} }));
  for (const [name, variable, given, value] of CASES) {
    const wanted = readConfig({ env: { [variable]: given } });
    t.strictSame(configOf({ [name]: value }), wanted, name);
    t.strictSame(configOf({ [name]: undefined }), configOf({}), `${name} unset`);
  }
  const wrong = { port: 65_536, maxPixels: 1.5, colour: 'red', adminToken: 's3cret token' } as Settings;
  const error = t.throws(() => configOf(wrong), ConfigError);
  t.strictSame([...((error as ConfigError).faults ?? [])].sort(), [
    `adminToken must be ${SETTINGS.adminToken.allowed}`,
    'maxPixels must be an integer from 1 to 268000000, got 1.5',
    'port must be an integer from 0 to 65535, got 65536',
    `unknown setting colour; settings are ${Object.keys(SETTINGS).join(', ')}`,
  ]);
  const near = { memoryCacheMB: 1, MAX_PIXELS: 1 } as Settings;
  t.throws(() => configOf(near), { message: /did you mean memoryCacheMb\?; did you mean maxPixels\?$/ });
});

t.test('switches', async (t) => {
  for (const [value, on] of Object.entries({
    true: true,
    ON: true,
    1: true,
    False: false,
    off: false,
    0: false,
  })) {
    t.equal(readConfig({ env: { LOG_REQUESTS: value } }).logRequests, on, value);
  }
  for (const wrong of ['2', 'constructor', '__proto__']) {
    t.strictSame(faultsOf(t, { LOG_REQUESTS: wrong }), [
      `LOG_REQUESTS must be on, off, true or false, got ${wrong}`,
    ]);
  }
});

t.test('everything that is wrong is said at once', async (t) => {
  const faults = faultsOf(
    t,
    { PORT: 'x', LOG_LEVEL: 'loud' },
    '--max-pixels=0',
    'stray',
    '--nope',
    '-p',
    '--host',
  );
  t.strictSame([...faults].sort(), [
    '--host must be an address of this machine or its name, or 0.0.0.0 for all, got nothing',
    '--max-pixels must be an integer from 1 to 268000000, got 0',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, got loud',
    'PORT must be an integer from 0 to 65535, got x',
    'unexpected argument stray',
    'unknown flag --nope',
    'unknown flag -p',
  ]);
});

t.test('flags', async (t) => {
  const port = '--port must be an integer from 0 to 65535, got nothing';
  t.strictSame(faultsOf(t, {}, '--port'), [port]);
  t.strictSame(faultsOf(t, {}, '--port='), [port]);
  t.strictSame(faultsOf(t, {}, '--port', '--host=h'), [port], 'a flag is not the value of another');
  t.strictSame(faultsOf(t, {}, '--port', '--host', 'h'), [port], 'and keeps its own value');
  const prefix = '--cache-key-prefix must be at most 100 printable ASCII characters, got nothing';
  t.strictSame(faultsOf(t, {}, '--cache-key-prefix', '--log-requests=on'), [prefix]);
  t.equal(readConfig({ env: {}, args: ['--cache-key-prefix=--x'] }).cacheKeyPrefix, '--x');
  t.equal(readConfig({ env: { CACHE_KEY_PREFIX: 'x' }, args: ['--cache-key-prefix='] }).cacheKeyPrefix, '');
  for (const [unknown, near] of [
    ['--no-port', ''],
    ['--Port', '; did you mean --port?'],
    ['--prot', '; did you mean --port?'],
    ['--max-dimensions', '; did you mean --max-dimension?'],
    ['--constructor', ''],
  ] as const) {
    t.strictSame(faultsOf(t, {}, `${unknown}=1`), [`unknown flag ${unknown}${near}`]);
  }
  const url = 'redis://a';
  t.equal(readConfig({ env: {}, args: ['--redis-url', url] }).cacheUrl, url, 'each variable has one');
  t.match(faultsOf(t, {}, '--redis-url=a'), [/^--redis-url must be one of redis:/]);
  const misspelt = 'unknown flag --prot; did you mean --port?';
  t.strictSame(faultsOf(t, {}, '--prot', '80'), [misspelt], 'its value is no argument of its own');
  t.strictSame(faultsOf(t, {}, '--prot', '80', '90'), [misspelt, 'unexpected argument 90']);
  t.strictSame(faultsOf(t, {}, '-p', '80'), ['unknown flag -p']);
  t.equal(readConfig({ env: {}, args: ['--port=1', '--port=2'] }).port, 2, 'the last one wins');
});

t.test('what is quoted is short and printable', async (t) => {
  const [fault = ''] = faultsOf(t, { HOST: `a b\u001b[31m${'x'.repeat(5000)}` });
  t.ok(fault.length < 200);
  t.notMatch(fault, /\p{C}/u);
});

t.test('a password in a URL is not repeated', async (t) => {
  for (const url of ['http://u:s3cret@h', 'redis//u:s3cret@h', 'http://:s3cret@x@h']) {
    t.notMatch(faultsOf(t, { CACHE_URL: url })[0], /s3cret/);
    t.notMatch(faultsOf(t, { REDIS_URL: url })[0], /s3cret/);
    t.notMatch(faultsOf(t, {}, `--cache-url=${url}`)[0], /s3cret/);
    t.notMatch(faultsOf(t, {}, '--redis-url', url).join(), /s3cret/, 'nor as a stray argument');
  }
});

t.test('nor is a token', async (t) => {
  t.notMatch(faultsOf(t, { ADMIN_TOKEN: 's3cret token' })[0], /s3cret/);
  t.notMatch(faultsOf(t, {}, '--admin-token=s3cret\u00e9')[0], /s3cret/);
});

t.test('the settings cannot be changed', async (t) => {
  const config = readConfig({ env: {} });
  t.ok(Object.isFrozen(config));
  t.throws(() => Object.assign(config, { port: 1 }), TypeError);
});

t.test(
  'what is left of a limit',
  { skip: !existsSync('/proc/self/status') && 'it is read from proc(5)' },
  async (t) => {
    const mebi = (limit?: number): number => memoryLeft({ workers: 1 }, limit) / 2 ** 20;
    t.equal(mebi(), Number.POSITIVE_INFINITY, 'any amount without a limit');
    const before = mebi(1024);
    const kept = Buffer.alloc(64 * 2 ** 20, 1);
    t.ok(Math.abs(before - mebi(1024) - 64) < 24, `${kept.length} bytes more are fewer left`);
  },
);
