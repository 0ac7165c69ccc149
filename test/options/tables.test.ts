import { createHash } from 'node:crypto';
import t from 'tap';
import { parseImageUrl } from '../../src/dialects/image.ts';
import { cacheKey, fileName } from '../../src/options/cache-key.ts';
import { NAMED_SIZES, SIZE_GROUPS } from '../../src/options/named-sizes.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { DEFAULT_LIMITS, parseSize } from '../../src/options/sizes.ts';

t.test('what a size means', async (t) => {
  const table = [
    ['600x400', 600, 400],
    ['600X400', 600, 400],
    ['600×400', 600, 400],
    ['400', 400, 400],
    ['0600x00400', 600, 400],
    ['640x16:9', 640, 360],
    ['640×16:9', 640, 360],
    ['16:9x360', 640, 360],
    ['100x3:2', 100, 67],
    ['3:2x67', 101, 67],
    ['1000x1.91:1', 1000, 524],
    ['1x1:1', 1, 1],
    ['88X31', 88, 31],
    ['og', 1200, 630],
    ['OG', 1200, 630],
  ] as const;
  for (const [segment, width, height] of table)
    t.strictSame(parseSize(segment, DEFAULT_LIMITS), { width, height }, segment);
});

t.test('every named size is what its name says, in any case, or says why not', async (t) => {
  t.match(NAMED_SIZES, {
    leaderboard: [728, 90],
    'medium-rectangle': [300, 250],
    skyscraper: [120, 600],
    og: [1200, 630],
    story: [1080, 1920],
    hd720: [1280, 720],
    hd1080: [1920, 1080],
    a4: [1240, 1754],
  });
  const names = Object.values(SIZE_GROUPS).flatMap((group) => Object.keys(group));
  t.equal(new Set(names).size, names.length, 'no name in two groups');
  for (const [name, [width, height]] of Object.entries(NAMED_SIZES)) {
    const make = () => parseImageUrl(name.toUpperCase(), DEFAULT_LIMITS).options;
    const needed = new RegExp(`\\(${name}\\); MAX_DIMENSION=${width} allows it$`);
    if (width > 2000) t.throws(make, { code: 'invalid-size', message: needed }, name);
    else t.match(make(), { width, height }, name);
  }
});

const key = (options: Partial<RenderOptions>): string =>
  cacheKey(createPlaceholderValue({ width: 600, height: 400, ...options }));

t.test('keys: names sorted, values canonical, text percent-encoded', async (t) => {
  const table: readonly (readonly [Partial<RenderOptions>, string])[] = [
    [{ text: 'Hi', bg: 'red' }, '600.400.png?bg=ff0000&text=Hi'],
    [{ text: 'a b&c=d?é/😀' }, '600.400.png?text=a%20b%26c%3Dd%3F%C3%A9%2F%F0%9F%98%80'],
    [
      {
        weight: 700,
        text: 'x',
        size: 40,
        scale: 2,
        radius: 8,
        quality: 50,
        pattern: 'dots',
        font: 'lora',
        fg: '#000',
        border: '2,red',
        bg: 'fff,ccc',
        angle: 45,
        format: 'jpg',
      },
      '1200.800.jpeg?angle=45&bg=ffffff-cccccc&border=2,ff0000&fg=000000&font=lora&pattern=dots&quality=50&radius=8' +
        '&scale=2&size=40&text=x&weight=700',
    ],
    [{ scale: 4 }, '2400.1600.png?scale=4'],
  ];
  for (const [options, expected] of table) t.equal(key(options), expected);
});

t.test('a key over 200 bytes is a hash', async (t) => {
  const options = (length: number): string => `text=${'a'.repeat(length)}`;
  const longest = 200 - '600.400.png?text='.length;
  t.equal(key({ text: 'a'.repeat(longest) }), `600.400.png?${options(longest)}`, '200 bytes are spelled out');
  const hash = createHash('sha256')
    .update(options(longest + 1))
    .digest('hex');
  t.equal(key({ text: 'a'.repeat(longest + 1) }), `600.400.png?${hash}`, '201 bytes are not');
  t.match(key({ text: 'é'.repeat(40) }), /^600\.400\.png\?[0-9a-f]{64}$/, 'each é takes six');
});

t.test('file names', async (t) => {
  for (const [options, name] of [
    [{ width: 600, height: 400 }, '600x400.png'],
    [{ width: 600, height: 400, scale: 2, format: 'jpg' }, '600x400@2x.jpeg'],
  ] as const)
    t.equal(fileName(createPlaceholderValue(options)), name);
});
