import t from 'tap';
import { splitParagraph } from '../../src/label/breaks.ts';
import { type LabelBox, layoutLabel, MIN_LABEL_SIZE } from '../../src/label/layout.ts';
import type { PlacedLabel } from '../../src/label/position.ts';
import { type Measure, measureParagraph } from '../../src/label/wrap.ts';

const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}、。「」！]/u;

/** A made-up font: letters are half as wide as high, Chinese ones as wide; only g, j, p, q and y go below the line. */
const measure: Measure = (text) => {
  const advance = Array.from(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? 1 : 0.5), 0);
  const descent = /[gjpqy]/.test(text) ? 0.2 : 0;
  return text.trim() === ''
    ? { advance, left: 0, right: 0, ascent: 0, descent: 0 }
    : { advance, left: 0.05, right: advance - 0.05, ascent: 0.7, descent };
};

interface Bounds extends Partial<Omit<LabelBox, 'rooms'>> {
  readonly width: number;
  readonly height: number;
  /** What the smallest room has more than that, on either side. */
  readonly over?: number;
}

/** Lays out with bounds that wrap at once, unless they say otherwise. */
async function lay(
  text: string,
  { width, height, over = 0, ...box }: Bounds,
): Promise<PlacedLabel | undefined> {
  const size = box.size ?? 20;
  const rooms = [
    { width, height },
    { width: width + over, height: height + over },
    { width: width + 2 * over, height: height + 2 * over },
  ] as const;
  const segments = await Promise.all(text.split('\n').map(splitParagraph));
  const paragraphs = segments.map((one) => measureParagraph(one, false, measure));
  const defaults = { size, wrapBelow: size, comfortable: 6, mayCut: true, isExact: false } as const;
  return layoutLabel(
    paragraphs,
    { ...defaults, align: { x: 'center', y: 'center' }, ...box, rooms: [...rooms] },
    measure,
  );
}

const lines = async (text: string, box: Bounds): Promise<string[] | undefined> =>
  (await lay(text, box))?.lines.map((line) => line.text);

/** Text, width in letters of 20 px, lines. There is room below. */
const WRAPPED: readonly (readonly [text: string, letters: number, lines: readonly string[]])[] = [
  ['one two three', 13, ['one two three']],
  ['one two three', 12, ['one two', 'three']],
  ['one two three', 6, ['one', 'two', 'three']],
  ['  one   two ', 20, ['one two']],
  ['one\ntwo three', 20, ['one', 'two three']],
  ['one\ntwo three', 5, ['one', 'two', 'three']],
  ['600 × 400', 9, ['600 × 400']],
  ['at 600 × 400 px', 12, ['at 600 × 400', 'px']],
  ['at 600 × 400 px', 9, ['at', '600 × 400', 'px']],
  ['well-known', 5, ['well-', 'known']],
  ['and/or', 4, ['and/', 'or']],
  ['2024-05-06', 10, ['2024-05-06']],
  ['日本語の文', 6, ['日本語', 'の文']],
  ['「日本」語', 6, ['「日', '本」語']],
  ['日本語。', 6, ['日本', '語。']],
  ['日本！語', 4, ['日', '本！', '語']],
  ['日「本」', 6, ['日', '「本」']],
  ['カット', 4, ['カッ', 'ト']],
  ['日本ABC語', 6, ['日本', 'ABC語']],
];

t.test('wraps at words, and by grapheme where there are none', async (t) => {
  for (const [text, letters, expected] of WRAPPED) {
    const found = await lay(text, { width: letters * 10, height: 200, isExact: true });
    t.strictSame(
      found?.lines.map((line) => line.text.replaceAll('\u00A0', ' ')),
      expected,
      `${text} in ${letters}`,
    );
    t.equal(found?.size, 20, 'at full size');
  }
});

t.test(
  'shrinks down to a comfortable size before it wraps, then wraps before it shrinks further',
  async (t) => {
    const text = 'one two';
    const table: readonly (readonly [width: number, wrapBelow: number, lines: number, size: number])[] = [
      [70, 10, 1, 20],
      [35, 10, 1, 10],
      [34, 10, 2, 10],
      [35, 20, 2, 20],
      [15, 10, 2, 10],
      [12, 10, 2, 8],
      [9, 10, 2, 6],
    ];
    for (const [width, wrapBelow, count, size] of table) {
      const found = await lay(text, { width, height: 200, wrapBelow });
      t.equal(found?.lines.length, count, `${width} px`);
      t.ok(found && Math.abs(found.size - size) <= 0.25 && found.size <= size, `${width} px: ${found?.size}`);
    }
  },
);

t.test('then ends in an ellipsis', async (t) => {
  const table: readonly (readonly [
    text: string,
    width: number,
    height: number,
    lines: readonly string[] | undefined,
  ])[] = [
    ['abcdefghij', 30, 6, ['abcdefghij']],
    ['abcdefghij', 29, 6, ['abcdefgh…']],
    ['abcdefghij', 9, 6, ['ab…']],
    ['abcdefghij', 6, 6, ['a…']],
    ['abcdefghij', 5, 6, undefined],
    ['one two three', 9, 15, ['one', 'tw…']],
    ['one two three', 15, 6, ['one…']],
    ['a\n\nb', 30, 6, ['a…']],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 21, 6, ['👩‍👩‍👧…']],
    ['日本語日本語', 12, 6, ['日…']],
  ];
  for (const [text, width, height, expected] of table)
    t.strictSame(await lines(text, { width, height }), expected, `${text} in ${width}x${height}`);
});

t.test('below 6 px it is left out; what may not be cut, too', async (t) => {
  t.equal(MIN_LABEL_SIZE, 6);
  t.equal((await lay('abc', { width: 9, height: 4.2 }))?.size, 6);
  t.equal(await lay('abc', { width: 9, height: 4.1 }), undefined, 'too low');
  t.strictSame(await lines('abc', { width: 9, height: 6, mayCut: false }), ['abc']);
  t.equal(await lay('abc', { width: 8.9, height: 6, mayCut: false }), undefined);
  t.equal(await lay('abc', { width: 0, height: 0 }), undefined);
  t.equal(await lay('', { width: 100, height: 100 }), undefined);
});

t.test('an asked-for size is kept, unless it does not fit', async (t) => {
  t.equal((await lay('abc', { width: 500, height: 500, size: 33, isExact: true }))?.size, 33);
  t.equal(
    (await lay('abc', { width: 500, height: 500, size: 4, isExact: true }))?.size,
    4,
    'even one that is hard to read',
  );
  const shrunk = (await lay('abc', { width: 45, height: 500, size: 500, isExact: true }))?.size ?? 0;
  t.ok(shrunk > 29.7 && shrunk <= 30, `${shrunk}`);
});

t.test('lies in the middle, by its ink across and by its capitals down', async (t) => {
  const digits = (await lay('123', { width: 100, height: 100 }))?.lines[0];
  t.match(digits, { x: 35, y: 57, ink: { left: 36, right: 64, top: 43, bottom: 57 } });
  const letters = (await lay('gjp', { width: 100, height: 100 }))?.lines[0];
  t.match(letters, { y: 57, ink: { top: 43, bottom: 61 } }, 'on the same line, whatever goes below it');
  const two = (await lay('a\nb', { width: 100, height: 100 }))?.lines;
  t.match(two, [{ y: 45 }, { y: 70 }], 'lines are 1.25 em apart');
  t.match(
    (await lay('a\n\nb', { width: 100, height: 100 }))?.lines,
    [
      { text: 'a', y: 32 },
      { text: 'b', y: 82 },
    ],
    'an empty line takes room',
  );
});

t.test('whatever the box, ink stays within it', async (t) => {
  const texts = [
    'a',
    '600 × 400',
    'one two three four',
    'jgpqy\nabc',
    '日本語の「長い」文章。',
    'x'.repeat(300),
  ];
  for (const text of texts) {
    for (const width of [1, 7, 20, 33, 150, 2000]) {
      for (const height of [1, 5, 6, 13, 40, 700]) {
        const found = await lay(text, { width, height, size: 80, wrapBelow: 30 });
        for (const { ink } of found?.lines ?? []) {
          const inside =
            ink.left >= -0.5 && ink.right <= width + 0.5 && ink.top >= -0.5 && ink.bottom <= height + 0.5;
          if (!inside) t.fail(`${text} in ${width}x${height}: ${JSON.stringify(ink)}`);
        }
      }
    }
  }
  t.ok(await lay('a', { width: 20, height: 13 }), 'and there is some');
});

t.test('fewer lines are worth a quarter of the size', async (t) => {
  for (const width of [150, 160, 165]) {
    t.strictSame(
      await lines('Product image coming soon', { width, height: 200, size: 30, wrapBelow: 30 }),
      ['Product image', 'coming soon'],
      `${width} px`,
    );
  }
});

t.test('the padding gives way before a label is too small to read, or smaller than it asks', async (t) => {
  const crowded = { width: 40, height: 100, comfortable: 15, size: 30, wrapBelow: 15 };
  const [padded, free] = [await lay('abcdefgh', crowded), await lay('abcdefgh', { ...crowded, over: 40 })];
  t.equal(padded?.lines.length, 2, 'broken within a word where there is no more room');
  t.equal(free?.lines.length, 1);
  t.ok((free?.size ?? 0) > (padded?.size ?? 0));
  const own = { width: 100, height: 200, size: 40, wrapBelow: 40 };
  t.strictSame(await lines('a b\nc d e f', own), ['a b', 'c d e f'], 'lines of its own are seldom broken');
  t.equal((await lay('abcd', { width: 40, height: 100, size: 25, isExact: true, over: 10 }))?.size, 25);
});

t.test('stands at an edge by its capitals and its ink', async (t) => {
  const at = async (x: 'left' | 'right', y: 'top' | 'bottom'): Promise<object | undefined> =>
    (await lay('abp', { width: 100, height: 100, align: { x, y } }))?.lines[0];
  t.match(await at('left', 'top'), { x: -1, y: 14, ink: { left: 0, top: 0 } });
  t.match(await at('right', 'bottom'), { x: 71, y: 96, ink: { right: 100, bottom: 100 } });
});

t.test('a soft hyphen is seen where a line ends at it', async (t) => {
  const text = 'photo\u00ADgraphy';
  t.strictSame(await lines(text, { width: 60, height: 100, isExact: true }), ['photo-', 'graphy']);
  t.strictSame(await lines(text, { width: 200, height: 100 }), ['photography']);
});
