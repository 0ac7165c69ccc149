import type { Sent } from '../../test/dialects/corpus.ts';
import { SERVICE_TARGETS, sentBy, WAYS, withSides } from '../../test/fuzz/service-urls.ts';

/** One request as bytes, in latin1. */
export interface FuzzRequest {
  readonly bytes: string;
  readonly isHead: boolean;
  /** Whether it is as RFC 9112 has it, so that its answer can be told from the next one. */
  readonly isWellFormed: boolean;
}

type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));

/** The slowest to draw is there once, beside many that are fast. */
const EXTENSIONS = [
  ...Array<string>(6).fill(''),
  ...Array<string>(6).fill('.svg'),
  '.png',
  '.jpg',
  '.webp',
  '.gif',
  '.svg',
  '.avif',
  '.auto',
  '.json',
  '.PNG',
  '.tiff',
  '.',
];
const COLORS = [
  'fff',
  'cccccc',
  'tomato',
  'transparent',
  'ff000080',
  '%23abc',
  'ff0000,128',
  'f00-00f',
  'no',
  '',
];
const TEXTS = [
  'Hi',
  '',
  'a%0Ab',
  '{width}',
  '%E6%97%A5%E6%9C%AC',
  '%F0%9F%98%80',
  '%D7%A9%D7%9C',
  '%3Cscript%3E',
  '%00',
  '%ff',
];
/** Pieces that break things elsewhere. */
const NASTY = [
  '%',
  '%zz',
  '%00',
  '%0d%0aX-Injected:%201',
  '../',
  '..%2f',
  '%2e%2e/',
  '//',
  '?',
  '&',
  '=',
  '#',
  ';',
  '"',
  "'",
  '<',
  '\\',
  '{',
  '[',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e9',
  '0x10',
  '9'.repeat(40),
  '%25',
  '@2x',
  '@',
  'x',
  ':',
  ',',
  '.',
  '~',
  '%E2%80%AE',
  '%EF%BF%BE',
  '%ED%A0%80',
  '\x7f',
  '$(id)',
  '`id`',
  '%s%n',
];

/** Values of each option, most of them good. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  text: TEXTS,
  bg: COLORS,
  fg: COLORS,
  angle: ['45', '360', '361'],
  font: ['inter', 'lato', 'comic', 'jetbrains-mono'],
  weight: ['100', '900', 'bold', '0'],
  size: ['4', '12', '500', '501'],
  format: ['png', 'svg', 'auto', 'json', 'exe'],
  quality: ['1', '80', '100', '0'],
  scale: ['1', '2', '5'],
  radius: ['0', '5', '50%25', '101%25'],
  border: ['0', '2', '2,f00', '-1'],
  pattern: ['none', 'cross', 'grid', 'checker', 'stripes', 'dots', 'x'],
  theme: ['ocean', 'none'],
  seed: ['a', '1', ''],
  utm_source: ['x'],
  [`__proto__`]: ['1'],
};

/** Few and small pictures, for drawing them is not what is tried out here; a few large ones. */
function side(random: Random): string {
  const roll = random();
  if (roll < 0.85) return String(1 + upTo(random, 9));
  return roll < 0.852
    ? String(1 + upTo(random, 2500))
    : pick(random, ['0', '00012', '16:9', '2001', '', 'a', '1.5', '-1']);
}

/** Small ones, and one in a hundred that is not. */
const NAMED = [...Array<string>(50).fill('favicon'), ...Array<string>(50).fill('7'), 'og'];

function pictureTarget(random: Random): string {
  const size = random() < 0.9 ? `${side(random)}x${side(random)}` : pick(random, NAMED);
  const scale = random() < 0.05 ? pick(random, ['@2x', '@4x', '@9x']) : '';
  const colors =
    random() < 0.2 ? `/${pick(random, COLORS)}${random() < 0.5 ? `/${pick(random, COLORS)}` : ''}` : '';
  const names = Object.keys(OPTIONS);
  const options = Array.from({ length: random() < 0.5 ? 0 : upTo(random, 3) }, () => {
    const name = pick(random, names);
    return `${name}=${pick(random, OPTIONS[name] ?? [''])}`;
  });
  return `/image/${size}${scale}${colors}${pick(random, EXTENSIONS)}${options.length > 0 ? `?${options.join('&')}` : ''}`;
}

/** Those that name a size: others stand for pictures that take their time. */
const SIZED = SERVICE_TARGETS.filter((target) => withSides(target, [1]) !== target);

/** A URL of another service, small, below its name, at its host or at the root. */
function serviceTarget(random: Random): Sent {
  const sides = [1 + upTo(random, 30), 1 + upTo(random, 30)];
  const target = withSides(pick(random, SIZED), sides).replace(/[^!-~]/g, encodeURIComponent);
  return sentBy(pick(random, WAYS), target);
}

const PATHS = [
  '/',
  '/image',
  '/image/',
  '/healthz',
  '/readyz',
  '/status.json',
  '/cache/1.1.png',
  '/cache?match=*',
  '/../etc/passwd',
  '/image/../../etc/passwd',
  '/image/%2e%2e/%2e%2e/etc/passwd',
  'http://a/image/1',
  'http://a',
  'http:///image/1',
  'https://',
  'https://[::1]:1/image/1?x',
  '*',
  '//image/1',
  '/favicon.ico',
  '/%69mage/1',
];

/** Puts nasty pieces into a string, or takes pieces out. */
function mutate(random: Random, text: string, pieces: readonly string[]): string {
  let mutated = text;
  for (let i = upTo(random, 2); i >= 0; i -= 1) {
    const at = upTo(random, mutated.length);
    mutated = mutated.slice(0, at) + pick(random, pieces) + mutated.slice(at + upTo(random, 2));
  }
  return mutated;
}

const METHODS = [
  ...Array<string>(16).fill('GET'),
  'HEAD',
  'HEAD',
  'POST',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
];

/** Header fields that change, or might be thought to change, what is answered. */
const FIELDS = [
  'Accept: image/avif,image/webp,*/*;q=0.8',
  'Accept: image/*',
  'Accept: text/html',
  'Accept: */*;q=0',
  'Accept: ;;q=,,a/b/c;q=9',
  'If-None-Match: *',
  'If-None-Match: "a", W/"b',
  'If-Match: "a"',
  'If-Modified-Since: yesterday',
  'Range: bytes=0-0,5-',
  'Accept-Encoding: gzip, br;q=0',
  'Expect: wonders',
  'Authorization: Bearer x',
  'X-Forwarded-For: 1.2.3.4, ::1, x',
  'X-Forwarded-Host: a"b',
  'Cookie: a=b; c',
  'Upgrade: h2c',
  'Cache-Control: no-cache',
  `A: ${'b'.repeat(3000)}`,
];
const HOSTS = [
  ...Array<string>(30).fill('Host: a'),
  '',
  'Host:',
  'Host: a\r\nHost: b',
  'Host: a b',
  'Host: [::1]:80',
];
const BODIES = [
  ...Array<string>(20).fill(''),
  'Content-Length: 3\r\n\r\nabc',
  'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
];
const BYTES = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  '\x80',
  '\xff',
  'HTTP/1.1',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: x\r\n',
  'x'.repeat(20_000),
];

/** The share of requests that are URLs of other services. */
const SERVICES = 0.3;

/** The next request: most are right, many nearly so, and one in thirty is hardly HTTP. */
export function nextRequest(random: Random): FuzzRequest {
  const method = pick(random, METHODS);
  const roll = random();
  const service = roll < SERVICES ? serviceTarget(random) : undefined;
  const plain = service?.target ?? (roll < 0.9 ? pictureTarget(random) : pick(random, PATHS));
  // A space or a control character would end the target: those come with the broken bytes.
  const target = random() < 0.25 ? mutate(random, plain, NASTY).replace(/[^!-~]/g, '') : plain;
  const host = service && random() < 0.9 ? `Host: ${service.host}` : pick(random, HOSTS);
  const fields = [host, ...(random() < 0.5 ? [pick(random, FIELDS)] : [])].filter(Boolean);
  const body = pick(random, BODIES);
  const head = `${method} ${target || '/'} HTTP/1.1\r\n${fields.map((field) => `${field}\r\n`).join('')}`;
  const bytes = `${head}${body || '\r\n'}`;
  const isWellFormed = random() > 1 / 30;
  return {
    bytes: isWellFormed ? bytes : mutate(random, bytes, BYTES),
    isHead: method === 'HEAD',
    isWellFormed,
  };
}
