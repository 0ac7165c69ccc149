import fc, { type Arbitrary } from 'fast-check';

/** Targets of pictures that are ready. */
export const TARGETS = ['/image/60x40', '/image/61x40.svg?v=1', '/image/2000x2000'] as const;
/** Its own tag is among those that clients send. */
export const ETAG = '"tag"';

const one = fc.constantFrom<string[]>;

const VALUES: Readonly<Record<string, readonly string[]>> = {
  Host: ['a', 'img.example:80', '[::1]:1', 'a/b', '', ' a ', 'a, b'],
  Accept: ['*/*', 'image/avif,image/*;q=0.8', 'text/html'],
  'User-Agent': ['wrk', 'Mozilla/5.0 (X11; Linux x86_64) "a"', '\xe9'],
  'If-None-Match': [ETAG, `W/${ETAG}`, `"a", ${ETAG}`, '*', '"other"', `${ETAG} `, ''],
  'If-Match': [ETAG, '*', '"other"'],
  Connection: ['keep-alive', 'Keep-Alive', 'close', 'upgrade', 'keep-alive, close', 'TE'],
  'Content-Length': ['0', '3', '3, 3', '-1', '+3', '0x3', '3 4', '99999999999999999999'],
  'Transfer-Encoding': ['chunked', 'identity', 'chunked, chunked', 'gzip', ' chunked', 'xchunked'],
  Expect: ['100-continue'],
  Upgrade: ['h2c', 'websocket'],
  Cookie: ['a=b; c=d'],
  'Accept-Encoding': ['gzip, br'],
  Range: ['bytes=0-1'],
  'X-Unknown': ['1'],
  Trailer: ['Host'],
};

/** A field line as it should be, and as it should not. */
const FIELD: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...Object.keys(VALUES)),
    fc.nat(6),
    fc.constantFrom('as it is', 'as it is', 'as it is', 'lower', 'UPPER'),
    one(': ', ': ', ': ', ': ', ': ', ':', ' : ', ':\t', ':  ', ''),
    one('\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', ' \r\n', '\t\r\n', '\r\n ', '\0\r\n'),
  )
  .map(([name, at, spelled, colon, end]) => {
    const values = VALUES[name] as readonly string[];
    const spelling = { 'as it is': name, lower: name.toLowerCase(), UPPER: name.toUpperCase() };
    return `${spelling[spelled as keyof typeof spelling]}${colon}${values[at % values.length]}${end}`;
  });

/** Fields that leave a hit a hit. */
const HARMLESS: Arbitrary<string> = one(
  'Accept: */*\r\n',
  'User-Agent: wrk\r\n',
  'Accept-Encoding: gzip\r\n',
  'Cookie: a=b\r\n',
  `If-None-Match: ${ETAG}\r\n`,
  'If-None-Match: *\r\n',
  'Connection: keep-alive\r\n',
  'Referer: http://a/b?c\r\n',
);

const TARGET: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TARGETS) },
  {
    weight: 1,
    arbitrary: one(
      '/',
      '/nothing',
      '*',
      'http://a/image/60x40',
      '/image/60x40#a',
      '/image/60x40 ',
      '//image',
      '',
    ),
  },
);

const LINE: Arbitrary<string> = fc
  .tuple(
    one('GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'get', 'CONNECT', 'GETX', '\r\nGET', ' GET'),
    TARGET,
    one(
      ' HTTP/1.1',
      ' HTTP/1.1',
      ' HTTP/1.1',
      ' HTTP/1.1',
      ' HTTP/1.0',
      ' HTTP/2.0',
      '',
      '  HTTP/1.1',
      ' http/1.1',
    ),
    one('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r'),
  )
  .map((parts) => parts.join(''));

const BODY: Arbitrary<string> = one('', '', '', 'abc', '3\r\nabc\r\n0\r\n\r\n', '0\r\n\r\n', '\r\n', '\0');

/** A hit that the lane should answer. */
const HIT: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('GET', 'HEAD'),
    fc.constantFrom(...TARGETS),
    fc.uniqueArray(HARMLESS, { maxLength: 4 }),
  )
  .map(([method, target, fields]) => `${method} ${target} HTTP/1.1\r\nHost: a\r\n${fields.join('')}\r\n`);

/** What is left of being a hit is one thing: a field that decides, another Host, or another version. */
const NEARLY: Arbitrary<string> = fc
  .tuple(
    HIT,
    fc.constantFrom(...Object.entries(VALUES)),
    fc.nat(6),
    fc.constantFrom('add', 'add', 'add', 'host', 'version'),
  )
  .map(([hit, [name, values], at, way]) => {
    const value = (from: readonly string[]): string => from[at % from.length] as string;
    if (way === 'version') return hit.replace('HTTP/1.1', 'HTTP/1.0');
    if (way === 'host') return hit.replace('Host: a', `Host: ${value(VALUES['Host'] ?? [])}`);
    return hit.replace(/\r\n$/, `${name}: ${value(values)}\r\n\r\n`);
  });

/** Anything that is made of the pieces of requests. */
const ANY: Arbitrary<string> = fc
  .tuple(
    LINE,
    fc.array(fc.oneof(FIELD, HARMLESS, fc.constant('Host: a\r\n')), { maxLength: 6 }),
    one('\r\n', '\r\n', '\r\n', '\n', '', '\r\n\r\n'),
    BODY,
  )
  .map(([line, fields, end, body]) => `${line}${fields.join('')}${end}${body}`);

/** A hit in which bytes are cut out, put in, or replaced. */
const MUTATED: Arbitrary<string> = fc
  .tuple(
    HIT,
    fc.array(
      fc.tuple(
        fc.nat(300),
        fc.nat(2),
        one('\0', '\r', '\n', ' ', ':', '\t', '\x7f', '\x80', '"', 'A', ',', ';'),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([hit, edits]) =>
    edits.reduce((text, [at, cut, put]) => {
      const place = at % (text.length + 1);
      return `${text.slice(0, place)}${cut === 0 ? '' : put}${text.slice(place + (cut === 1 ? 0 : 1))}`;
    }, hit),
  );

/** What one connection sends, in pieces that go one by one; latin1. */
export const CONVERSATION: Arbitrary<string[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: HIT },
        { weight: 4, arbitrary: NEARLY },
        { weight: 3, arbitrary: ANY },
        { weight: 3, arbitrary: MUTATED },
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.constantFrom('each', 'each', 'each', 'together', 'split', 'bytes'),
    fc.array(fc.nat(2000), { maxLength: 6 }),
  )
  .map(([requests, way, places]) => {
    if (way === 'each') return requests;
    const text = requests.join('');
    if (way === 'together') return [text];
    if (way === 'bytes') return text.length < 400 ? [...text] : [text];
    const cuts = [...new Set(places.map((place) => place % text.length))].sort((a, b) => a - b);
    return [0, ...cuts].map((from, i) => text.slice(from, cuts[i]));
  });
