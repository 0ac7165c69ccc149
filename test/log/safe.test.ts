import { pino } from 'pino';
import t from 'tap';
import { loggableError, Redactor, reasonOf, safeLogger } from '../../src/log/safe.ts';

const URLS: ReadonlyArray<readonly [url: string, secrets: readonly string[]]> = [
  ['redis://h:6379/1', []],
  ['redis://:s3cret@h', ['s3cret']],
  ['redis://app:p%40ss%20%22w@h', ['app', 'p%40ss%20%22w', 'p@ss "w', 'app:p%40ss%20%22w']],
  ['rediss://token-as-a-user@h', ['token-as-a-user']],
  [
    'redis+sentinel://u:one@h1,h2/m?sentinelUsername=watch&sentinelPassword=t+w%2Bo',
    ['one', 'watch', 't+w%2Bo', 't w+o'],
  ],
  ['redis+cluster://:a:b@h1:7000,h2:7001', ['a:b']],
  ['memcached://user:m3m@h', ['user', 'm3m']],
];

t.test('secrets of a URL are replaced wherever they occur', async (t) => {
  for (const [cacheUrl, secrets] of URLS) {
    const redactor = new Redactor({ cacheUrl, adminToken: 'admin/t0ken' });
    for (const secret of [...secrets, 'admin/t0ken']) {
      const text = `AUTH "${secret}" failed`;
      t.equal(redactor.text(text), 'AUTH "***" failed', secret);
      const line = JSON.parse(
        redactor.line(`${JSON.stringify({ level: 30, msg: text, deep: [{ [secret]: text }] })}\n`),
      );
      t.same(line, { level: 30, msg: 'AUTH "***" failed', deep: [{ '***': 'AUTH "***" failed' }] });
    }
    t.equal(
      redactor.text('ECONNREFUSED h:6379, default'),
      'ECONNREFUSED h:6379, default',
      'what is no secret stays',
    );
  }
  t.equal(
    new Redactor({ cacheUrl: 'redis://:e@h' }).text('never e mind'),
    'never *** mind',
    'a short one as a word',
  );
  t.equal(new Redactor({}).text('nothing'), 'nothing');
});

t.test('a log line has no secret in it, at any level, and stays JSON', async (t) => {
  const lines: string[] = [];
  const settings = { logLevel: 'trace', cacheUrl: 'redis://:12345@h', adminToken: 'a"b' };
  const log = pino(safeLogger(settings), { write: (line) => void lines.push(line) });
  const error = Object.assign(new Error('WRONGPASS'), {
    code: 'E12345',
    command: { name: 'auth', args: ['default', '12345'] },
    cause: new AggregateError([new Error('no 12345 here')], ''),
  });
  log.debug({ args: ['12345'], count: 12345 }, 'sent 12345');
  log.child({ token: 'a"b' }).error(error, 'a"b');
  t.same(
    lines.map((line) => JSON.parse(line)),
    [
      { ...JSON.parse(lines[0] as string), args: ['***'], count: 12345, msg: 'sent ***' },
      { ...JSON.parse(lines[1] as string), token: '***', msg: '***' },
    ],
  );
  const { err } = JSON.parse(lines[1] as string);
  t.match(err, { type: 'Error', message: 'WRONGPASS', code: 'E***', stack: /logging\.test/ });
  t.match(err.cause, { type: 'AggregateError', message: 'no *** here' });
  t.strictSame(Object.keys(err).sort(), ['cause', 'code', 'message', 'stack', 'type'], 'no command');
});

t.test('an error is logged by its message, code and name alone', async (t) => {
  const error = Object.assign(new TypeError('wrong'), { code: 7, args: ['secret'] });
  t.strictSame(loggableError(error), { type: 'TypeError', message: 'wrong', code: '7' });
  t.strictSame(loggableError('a word'), { type: 'Error', message: 'a word' });
  const loop = new Error('a', { cause: undefined });
  Object.assign(loop, { cause: loop });
  t.match(JSON.stringify(loggableError(loop)), /a/, 'one that causes itself');
  t.equal(
    reasonOf(new AggregateError([new Error('connect ECONNREFUSED ::1'), new Error('b')], '')),
    'connect ECONNREFUSED ::1, b',
  );
});
