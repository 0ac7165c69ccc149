import t from 'tap';
import { ERRORS, type ErrorCode, GreyboxError, invalid, quote } from '../src/errors.ts';

/** The codes and statuses that clients may rely on. */
const CONTRACT = {
  'invalid-size': 400,
  'invalid-color': 400,
  'invalid-option': 400,
  'unsupported-format': 400,
  unauthorized: 401,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'rate-limited': 429,
  internal: 500,
  overloaded: 503,
} as const;

t.test('codes keep their statuses', async (t) => {
  for (const [code, status] of Object.entries(CONTRACT)) {
    const error = new GreyboxError(code as ErrorCode, 'a detail');
    t.match(error, { name: 'GreyboxError', code, status, message: 'a detail', title: /^[A-Z]/ });
    t.ok(error instanceof Error);
  }
  for (const [code, { status }] of Object.entries(ERRORS)) t.ok(status >= 400 && status < 600, code);
});

t.test('what an error adds', async (t) => {
  const cause = new Error('why');
  const error = new GreyboxError('overloaded', 'x', {
    parameter: 'p',
    value: 'v',
    retryAfter: 2,
    allow: 'GET',
    cause,
  });
  t.match(error, { parameter: 'p', value: 'v', retryAfter: 2, allow: 'GET' });
  t.equal(error.cause, cause);
  t.notOk('cause' in new GreyboxError('internal', 'x'));
  t.equal(new GreyboxError('internal', 'x').value, undefined);
});

t.test('input is quoted safely', async (t) => {
  const table = [
    ['600x400', '600x400'],
    ['', ''],
    ['é×日本', 'é×日本'],
    ['a\0b\nc\x1bd\u202ee\u200bf', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf'],
    ['\ud800x', '\uFFFDx'],
    ['x\udc00', 'x\uFFFD'],
    ['a'.repeat(100), 'a'.repeat(100)],
    ['a'.repeat(101), `${'a'.repeat(100)}…`],
    [`${'a'.repeat(99)}😀b`, `${'a'.repeat(99)}\uFFFD…`],
  ] as const;
  for (const [input, output] of table) t.equal(quote(input), output, JSON.stringify(input).slice(0, 40));
  t.ok(quote('\u{10ffff}'.repeat(10_000)).isWellFormed());
});

t.test('the sentence of a bad parameter', async (t) => {
  const error = invalid('invalid-size', 'width', 'an integer from 1 to 2000', '2001');
  t.equal(error.message, 'width must be an integer from 1 to 2000, got 2001');
  t.match(error, { code: 'invalid-size', parameter: 'width', value: '2001' });
  t.match(invalid('invalid-size', 'width', 'a number', '').message, /, got nothing$/);
  t.equal(invalid('invalid-size', 'width', 'a number', 'x'.repeat(9999)).value?.length, 101);
});
