import t from 'tap';
import { prettyFormat } from '../../src/log/pretty.ts';

const NOON = new Date(2026, 10, 26, 12, 0, 5).getTime();
const line = (fields: object): string =>
  `${JSON.stringify({ level: 30, time: NOON, pid: 7, hostname: 'h', ...fields })}\n`;

t.test('what a person wants to know, and no more', async (t) => {
  const format = prettyFormat(false);
  const url = 'Server listening at http://127.0.0.1:3000';
  t.equal(format(line({ msg: url })), `12:00:05 ${url}\n`);
  t.equal(
    format(
      line({ reqId: 'a-1', method: 'GET', path: '/image/6x4', status: 200, tier: 'miss', msg: 'request' }),
    ),
    '12:00:05 request method=GET path=/image/6x4 status=200 tier=miss\n',
  );
  t.equal(format(line({ level: 40, msg: 'redis is down' })), '12:00:05 warning redis is down\n');
  t.equal(format(line({ level: 50, list: [1, 'a'] })), '12:00:05 error list=[1,"a"]\n');
});

t.test('an error is shown with its stack', async (t) => {
  const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at here' };
  t.equal(
    prettyFormat(false)(line({ level: 50, err, msg: 'request failed' })),
    '12:00:05 error request failed\n    Error: no\n        at here\n',
  );
});

t.test('colours only where there are some', async (t) => {
  const warning = line({ level: 40, msg: 'redis is down' });
  t.match(prettyFormat(true)(warning), '\u001b[33mwarning\u001b[39m redis is down\n');
  t.notMatch(prettyFormat(false)(warning), '\u001b');
});
