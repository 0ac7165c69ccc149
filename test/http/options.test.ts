import sharp from 'sharp';
import t from 'tap';
import { problemOf, testApp } from '../helper/app.ts';

/** A picture's corner, as hex with alpha. */
async function corner(body: Buffer): Promise<string> {
  const image = sharp(body)
    .toColourspace('srgb')
    .ensureAlpha()
    .extract({ left: 0, top: 0, width: 1, height: 1 });
  return (await image.raw().toBuffer()).toString('hex');
}

t.test('an option may be in the path or in the query', async (t) => {
  const app = await testApp(t);
  const table: readonly (readonly [path: string, query: string, corner?: string])[] = [
    ['60x40/f00', '60x40?bg=f00', 'ff0000ff'],
    ['60x40/%230ff', '60x40?bg=%230ff', '00ffffff'],
    ['60x40/ff0000,128', '60x40?bg=ff000080', 'ff000080'],
    ['60x40/transparent', '60x40?bg=transparent', '00000000'],
    ['60x40/red-f00-blue?angle=0', '60x40?bg=red,f00-blue&angle=360'],
    ['60x40/000/fff.webp', '60x40?fg=fff&bg=000&format=webp', '000000ff'],
    ['60x40@2x.png', '60x40?scale=2', 'ccccccff'],
    ['60x3:2/0f0', '60x40?bg=lime', '00ff00ff'],
  ];
  for (const [path, query, expected] of table) {
    const [a, b] = [await app.inject(`/image/${path}`), await app.inject(`/image/${query}`)];
    t.same([a.statusCode, b.statusCode], [200, 200], path);
    if (expected) t.equal(await corner(a.rawPayload), expected, path);
    t.same([a.headers['x-cache'], b.headers['x-cache']], ['miss', 'hit-memory'], `${query}: one cache entry`);
    t.equal(a.headers.etag, b.headers.etag);
  }
});

t.test('the path wins, and unknown parameters are ignored', async (t) => {
  const app = await testApp(t);
  await app.inject('/image/60x40/red.png');
  for (const target of [
    '60x40/red.png?bg=blue&format=webp',
    '60x40/red?_=1&v=2&utm_source=x&Bg=blue&background=blue',
    '60x40@1x/red?scale=3',
    '60x40/red?__proto__=1&constructor=2',
  ]) {
    const response = await app.inject(`/image/${target}`);
    t.equal(response.headers['x-cache'], 'hit-memory', target);
    t.equal(await corner(response.rawPayload), 'ff0000ff', target);
  }
});

/** Targets whose error reaches the client as a problem; test/options has the others. */
const BAD = [
  ['60x40?bg=12345', 'invalid-color', 'bg', '12345'],
  ['60x40/12345', 'invalid-color', 'bg', '12345'],
  ['60x40?bg=red,12345', 'invalid-color', 'bg', '12345'],
  ['60x40?size=0', 'invalid-option', 'size', '0'],
  ['60x40?scale=9', 'invalid-option', 'scale', '9'],
  ['60x40@5x', 'invalid-option', 'scale', '5'],
  ['4k', 'invalid-size', 'width', '3840'],
  ['2000@3x', 'invalid-size', 'size', '2000x2000@3x'],
  ['60x40?text=%00', 'invalid-option', 'text', '\uFFFD'],
  [`60x40?text=${'a'.repeat(301)}`, 'invalid-option', 'text', `${'a'.repeat(100)}…`],
  ['60x40.nope', 'unsupported-format', 'format', 'nope'],
  ['60x40?text=a&text=b', 'invalid-option', 'text', 'a and b'],
] as const;

t.test('a bad value is a problem that names it', async (t) => {
  const app = await testApp(t);
  for (const [target, code, parameter, value] of BAD) {
    const url = `/image/${target}`;
    const response = await app.inject(url);
    t.equal(response.statusCode, 400, target.slice(0, 40));
    t.match(problemOf(t, response, url), { code, parameter, value }, target.slice(0, 40));
    t.equal(response.headers.etag, undefined);
  }
});

/** Texts that somebody may try: an error or a picture. */
const TEXTS: readonly (readonly [what: string, text: string, status: number])[] = [
  ['300 combining marks', `a${'\u0301'.repeat(299)}`, 200],
  ['2,000 of them', `a${'\u0301'.repeat(1999)}`, 200],
  ['2,001 of them', `a${'\u0301'.repeat(2001)}`, 400],
  ['10,000 characters', 'a'.repeat(10_000), 400],
  ['zero width', '\u200B\u200C\u200D\uFEFF\u2060', 200],
  ['bidi overrides', '\u202E\u202D\u2066abc\u2069\u2067', 200],
  ['unknown characters', '\u{10FFFD}\uE000\u{E0001}\u0378', 200],
  ['noncharacters', '\uFFFE', 400],
  ['an escape', '\u001B[2J', 400],
  ['markup', '</svg><script>', 200],
  ['300 emoji', '😀'.repeat(300), 200],
  ['variation selectors alone', '\uFE0F\uFE0F', 200],
  ['joiners at the ends', '\u200D👩\u200D', 200],
  ['wide scripts', '﷽𒐫꧅', 200],
];

t.test('odd texts', async (t) => {
  const app = await testApp(t);
  for (const [what, text, status] of TEXTS) {
    for (const ext of ['png', 'svg']) {
      const response = await app.inject(`/image/120x80.${ext}?text=${encodeURIComponent(text)}`);
      t.equal(response.statusCode, status, `${what}, ${ext}`);
      if (status === 200)
        t.match(await sharp(response.rawPayload).metadata(), { width: 120, height: 80 }, what);
    }
  }
  // Halves of surrogate pairs in percent-encoding are no UTF-8: the query takes them for U+FFFD.
  t.equal((await app.inject('/image/120x80?text=%ED%A0%80')).statusCode, 200);
});
