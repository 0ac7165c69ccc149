import { MAX_TARGET } from '../../src/http/protocol/message.ts';

/** What a header must be; null: it must not be there. */
type Expected = Readonly<Record<string, RegExp | null>>;

/** A rule, where it is from, the request line and header fields that ask for it, and what must come back. */
export type Rule = readonly [
  source: string,
  rule: string,
  request: readonly string[],
  status: number,
  Expected?,
];

export const HOST = 'Host: img.example';
export const PICTURE = 'GET /image/60x40.svg HTTP/1.1';
const AUTO = 'GET /image/60x40.auto HTTP/1.1';
/** Stands for the picture's entity tag. */
export const ETAG = '{etag}';
const DATE = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;
export const WHOLE: Expected = { 'content-length': /^\d+$/, etag: /^"[\x21\x23-\x7e]+"$/, date: DATE };
export const PROBLEM: Expected = {
  'content-type': /^application\/problem\+json$/,
  'cache-control': /^no-store$/,
  'access-control-allow-origin': /^\*$/,
  vary: /^Accept$/,
  date: DATE,
};
export const CLOSED: Expected = { ...PROBLEM, vary: null, connection: /^close$/ };
const ALLOW = /^GET, HEAD, OPTIONS$/;
/** What a 304 must repeat, and what it must not say of a body that it has not. */
const UNCHANGED: Expected = {
  date: DATE,
  etag: /^"/,
  'cache-control': /^public, max-age=3600, stale-while-revalidate=86400, stale-if-error=86400$/,
  'content-length': null,
  'content-type': null,
  'transfer-encoding': null,
};

/** What requests and answers mean (RFC 9110), and what caches make of them (RFC 9111, RFC 9211). */
export const SEMANTICS: readonly Rule[] = [
  ['RFC 9110, 6.6.1', 'a date', [PICTURE, HOST], 200, { date: DATE }],
  [
    'RFC 9110, 7.8',
    'an upgrade is ignored',
    [PICTURE, HOST, 'Upgrade: websocket', 'Connection: upgrade, close'],
    200,
  ],
  [
    'RFC 9110, 8.4',
    'no coding',
    [PICTURE, HOST, 'Accept-Encoding: gzip, br'],
    200,
    { 'content-encoding': null },
  ],
  ['RFC 9110, 8.6', 'the length of the body', [PICTURE, HOST], 200, { ...WHOLE, 'transfer-encoding': null }],
  ['RFC 9110, 8.8.3', 'a strong validator', [PICTURE, HOST], 200, WHOLE],
  ['RFC 9110, 9.3.2', 'HEAD', ['HEAD /image/60x40.svg HTTP/1.1', HOST], 200, WHOLE],
  ['RFC 9110, 9.3.2', 'HEAD of an error', ['HEAD /image/0 HTTP/1.1', HOST], 400, PROBLEM],
  [
    'RFC 9110, 9.3.6',
    'no tunnels',
    ['CONNECT img.example:443 HTTP/1.1', HOST],
    405,
    { ...CLOSED, allow: ALLOW },
  ],
  [
    'RFC 9110, 9.3.7',
    'OPTIONS',
    ['OPTIONS /image/60x40 HTTP/1.1', HOST],
    204,
    { allow: ALLOW, date: DATE, 'content-length': null, 'access-control-allow-methods': null },
  ],
  [
    'Fetch, 4.8',
    'a preflight',
    [
      'OPTIONS /image/60x40 HTTP/1.1',
      HOST,
      'Origin: http://page.example',
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: traceparent, x-requested-with',
    ],
    204,
    {
      allow: ALLOW,
      'access-control-allow-origin': /^\*$/,
      'access-control-allow-methods': /^GET, HEAD$/,
      'access-control-allow-headers': /^traceparent, x-requested-with$/,
      'access-control-max-age': /^86400$/,
    },
  ],
  [
    'Fetch, 4.8',
    'a preflight for what is not there: a page is to read why',
    [
      'OPTIONS /nothing HTTP/1.1',
      HOST,
      'Origin: http://page.example',
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: traceparent',
    ],
    204,
    { 'access-control-allow-origin': /^\*$/, 'access-control-allow-headers': /^traceparent$/ },
  ],
  ['RFC 9110, 9.3.8', 'no TRACE', ['TRACE /image/60x40 HTTP/1.1', HOST], 405, { ...PROBLEM, allow: ALLOW }],
  ['RFC 9110, 10.1.1', 'an unknown expectation is ignored', [PICTURE, HOST, 'Expect: wonders'], 200, WHOLE],
  ['RFC 9110, 10.2.1', 'Allow', ['DELETE /image/60x40 HTTP/1.1', HOST], 405, { allow: ALLOW }],
  ['RFC 9110, 10.2.1', 'before the path is read', ['POST /image/%zz HTTP/1.1', HOST], 405, { allow: ALLOW }],
  ['RFC 9110, 12.5.5', 'auto varies', [AUTO, HOST], 200, { vary: /^Accept$/ }],
  [
    'RFC 9110, 12.5.5',
    'auto varies, its 304 too',
    [AUTO, HOST, 'If-None-Match: *'],
    304,
    { ...UNCHANGED, vary: /^Accept$/ },
  ],
  ['RFC 9110, 12.5.5', 'auto varies, its 406 too', [AUTO, HOST, 'Accept: text/html'], 406, PROBLEM],
  ['RFC 9110, 12.5.5', 'nothing else does', [PICTURE, HOST, 'Accept: image/png'], 200, { vary: null }],
  ['RFC 9110, 13.1.1', 'If-Match of another', [PICTURE, HOST, 'If-Match: "other"'], 412, PROBLEM],
  ['RFC 9110, 13.1.1', 'If-Match compares strongly', [PICTURE, HOST, `If-Match: W/${ETAG}`], 412, PROBLEM],
  ['RFC 9110, 13.1.1', 'If-Match of this', [PICTURE, HOST, `If-Match: "a", ${ETAG}`], 200, WHOLE],
  ['RFC 9110, 13.1.1', 'If-Match of any', [PICTURE, HOST, 'If-Match: *'], 200, WHOLE],
  [
    'RFC 9110, 13.1.2',
    'strong',
    [PICTURE, HOST, `If-None-Match: ${ETAG}`],
    304,
    { ...UNCHANGED, vary: null },
  ],
  ['RFC 9110, 13.1.2', 'weak', [PICTURE, HOST, `If-None-Match: W/${ETAG}`], 304, UNCHANGED],
  ['RFC 9110, 13.1.2', 'a list', [PICTURE, HOST, `If-None-Match: "a,b", W/"c" ,${ETAG}`], 304, UNCHANGED],
  [
    'RFC 9110, 13.1.2',
    'two fields',
    [PICTURE, HOST, 'If-None-Match: "a"', `If-None-Match: ${ETAG}`],
    304,
    UNCHANGED,
  ],
  ['RFC 9110, 13.1.2', 'any', [PICTURE, HOST, 'If-None-Match: *'], 304, UNCHANGED],
  [
    'RFC 9110, 13.1.2',
    'any, of a picture not drawn yet',
    ['GET /image/61x40 HTTP/1.1', HOST, 'If-None-Match: *'],
    304,
    UNCHANGED,
  ],
  [
    'RFC 9110, 13.1.2',
    'HEAD',
    ['HEAD /image/60x40.svg HTTP/1.1', HOST, `If-None-Match: ${ETAG}`],
    304,
    UNCHANGED,
  ],
  ['RFC 9110, 13.1.2', 'others', [PICTURE, HOST, 'If-None-Match: "a", W/"b", "*"'], 200, WHOLE],
  ['RFC 9110, 13.1.2', 'no entity tag', [PICTURE, HOST, 'If-None-Match: a'], 200, WHOLE],
  [
    'RFC 9110, 13.1.3',
    'no date of change',
    [PICTURE, HOST, 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'],
    200,
    { ...WHOLE, 'last-modified': null },
  ],
  [
    'RFC 9110, 13.1.4',
    'no date of change',
    [PICTURE, HOST, 'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'],
    200,
    WHOLE,
  ],
  [
    'RFC 9110, 13.2.1',
    'no condition on an error',
    ['GET /image/0 HTTP/1.1', HOST, 'If-None-Match: *'],
    400,
    PROBLEM,
  ],
  [
    'RFC 9110, 13.2.2',
    'If-Match goes first',
    [PICTURE, HOST, 'If-Match: "a"', 'If-None-Match: *'],
    412,
    PROBLEM,
  ],
  [
    'RFC 9110, 13.2.2',
    'then If-None-Match',
    [PICTURE, HOST, `If-Match: ${ETAG}`, `If-None-Match: ${ETAG}`],
    304,
    UNCHANGED,
  ],
  [
    'RFC 9110, 14.2',
    'ranges are ignored',
    [PICTURE, HOST, 'Range: bytes=0-9'],
    200,
    { ...WHOLE, 'content-range': null, 'accept-ranges': null },
  ],
  [
    'RFC 9110, 14.2',
    'and so is what depends on them',
    [PICTURE, HOST, 'Range: bytes=9-1,x', `If-Range: ${ETAG}`],
    200,
    WHOLE,
  ],
  [
    'RFC 9110, 15.5.15',
    'a URL too long',
    [`GET /image/1?v=${'1'.repeat(MAX_TARGET)} HTTP/1.1`, HOST],
    414,
    { ...PROBLEM, connection: /^close$/ },
  ],
  ['RFC 9110, 4.1', '8,000 bytes are not', [`GET /image/1?v=${'1'.repeat(7989)} HTTP/1.1`, HOST], 200, WHOLE],
  [
    'RFC 9111, 5.2.2',
    'fresh for an hour',
    [PICTURE, HOST],
    200,
    { 'cache-control': /^public, max-age=3600, stale-/, expires: null, pragma: null },
  ],
  ['RFC 9111, 5.2.2.5', 'errors are not stored', ['GET /nothing HTTP/1.1', HOST], 404, PROBLEM],
  [
    'RFC 9211, 2',
    'how the cache did',
    [PICTURE, HOST],
    200,
    { 'cache-status': /^greybox-memory; hit; ttl=\d+$/ },
  ],
];
