import { createRequire } from 'node:module';
import t from 'tap';
import { createCanvas, GlobalFonts } from '../../src/label/canvas.ts';
import { readCmap, within } from '../../src/label/cmap.ts';
import { readCoverage, readRenamed, readTable } from '../../src/label/woff2.ts';

const require = createRequire(import.meta.url);
const INTER = require.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
const MATH = require.resolve('@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2');

const point = (character: string): number => character.codePointAt(0) ?? 0;

t.test('a font tells what it has', async (t) => {
  const inter = readCoverage(INTER);
  for (const one of 'aZ0é…') t.ok(within(inter, point(one)), one);
  for (const one of 'Жℝ漢') t.notOk(within(inter, point(one)), one);
  const math = readCoverage(MATH);
  for (const one of 'ℝ∛⟶𝐀') t.ok(within(math, point(one)), `${one}, in tables of both formats`);
  t.throws(() => readCoverage(require.resolve('@fontsource-variable/inter/unicode.json')), {
    message: 'WOFF2',
  });
});

/** A cmap of one table of format 4. */
function format4(
  segments: readonly (readonly [first: number, last: number, delta: number, offset: number])[],
  glyphs: number[],
): Buffer {
  const size = segments.length * 2;
  const column = (i: number): number[] => segments.map((segment) => segment[i] as number);
  const words = [
    4,
    0,
    0,
    size,
    0,
    0,
    0,
    ...column(1),
    0,
    ...column(0),
    ...column(2),
    ...column(3),
    ...glyphs,
  ];
  const head = [0, 1, 3, 1, 0, 12];
  return Buffer.from(new Uint16Array([...head, ...words]).buffer).swap16();
}

t.test('a code point within a segment, but without a glyph, is not covered', async (t) => {
  const cmap = format4(
    [
      [0x41, 0x43, 0, 4],
      [0xffff, 0xffff, 1, 0],
    ],
    [7, 0, 9],
  );
  t.strictSame(readCmap(cmap), [
    [0x41, 0x41],
    [0x43, 0x43],
  ]);
  const moved = format4(
    [
      [0x61, 0x63, 0x10000 - 0x62, 0],
      [0xffff, 0xffff, 1, 0],
    ],
    [],
  );
  t.strictSame(
    readCmap(moved),
    [
      [0x61, 0x61],
      [0x63, 0x63],
    ],
    'glyph 0 is none',
  );
  t.throws(() => readCmap(Buffer.from(new Uint16Array([0, 1, 3, 1, 0, 12, 6]).buffer).swap16()), {
    message: 'no readable cmap',
  });
});

t.test('a font is registered under no name but the one that it is given', async (t) => {
  const before = GlobalFonts.families.map(({ family }) => family);
  t.ok(GlobalFonts.register(readRenamed(INTER, 'test only')));
  const added = GlobalFonts.families.map(({ family }) => family).filter((family) => !before.includes(family));
  t.strictSame(added, ['test only']);
  const context = createCanvas(10, 10).getContext('2d');
  context.font = '100px "test only"';
  const { width } = context.measureText('Wide');
  t.ok(GlobalFonts.registerFromPath(INTER, 'as it is'));
  context.font = '100px "as it is"';
  t.equal(context.measureText('Wide').width, width, 'and is the same font');
  t.ok(readTable(INTER, 'name').length > 100, 'the file is left as it is');
});
