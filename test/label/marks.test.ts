import t from 'tap';
import { GlobalFonts } from '../../src/label/canvas.ts';
import type { FontStack } from '../../src/label/canvas-font.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { attaches, inkOf, placeMarks } from '../../src/label/marks.ts';
import { placePieces } from '../../src/label/place.ts';
import { FONT_NAMES, nearestWeight } from '../../src/options/font-table.ts';

/** A face of Inter, for the subset of a character. */
function faceOf(character: string): FontStack {
  const font = fitFonts(character, 'inter', 600).font.drawingOf(character)?.font;
  if (!font) throw new Error(`no face has ${character}`);
  return font;
}

t.test('ink is that of the outlines', async (t) => {
  const { advance, left, right, ascent, descent } = inkOf('H', faceOf('H'));
  t.ok(left > 0.02 && right < advance - 0.02 && right > 0.6, `${left} to ${right} of ${advance}`);
  t.ok(ascent > 0.7 && ascent < 0.75 && Math.abs(descent) < 0.002, `${ascent} and ${descent}`);
  t.match(inkOf(' ', faceOf(' ')), { left: 0, right: 0, ascent: 0, descent: 0 });
});

t.test('a face that does not know where a mark goes is found out', async (t) => {
  const cyrillic = faceOf('я');
  t.notOk(attaches('а', ['\u0301'], cyrillic), 'it stands after its letter');
  t.ok(attaches('і', ['\u0301'], cyrillic), 'this one it knows');
  const whole = faceOf('⅓');
  t.ok(attaches('x', ['\u030C'], whole));
  t.ok(attaches('x', ['\u0323', '\u030C'], whole));
  t.notOk(attaches('р', ['\u0300'], whole));
  t.ok(GlobalFonts.families.length > 0);
});

t.test('a face that puts a mark over the ink that is there already is found out', async (t) => {
  const whole = faceOf('⅓');
  t.notOk(attaches('l', ['\u0307'], whole), 'it is beside the letter');
  t.notOk(attaches('Ж', ['\u0342'], whole), 'in the letter');
  t.notOk(attaches('ş', ['\u0323'], whole), 'in the cedilla');
  t.notOk(attaches('⟶', ['\u0338'], whole), 'at the end of the arrow');
  t.notOk(attaches('Ω', ['\u0302'], fitFonts('Ω', 'lora', 600).font.drawingOf('Ω')?.font as FontStack));
  t.ok(attaches('ɨ', ['\u0303'], whole), 'a letter that loses its dot is not higher');
  t.ok(attaches('o', ['\u0338'], whole));
  t.ok(attaches('o', ['\u031B'], whole), 'a horn is beside its letter');
});

t.test('a letter keeps the weight of its label under any mark', async (t) => {
  for (const grapheme of ['w\u030B', 'a\u0331', 'u\u032F', 'e\u20D7', 'г\u0311', 'ő\u0327', 'ạ\u030B']) {
    const { font } = fitFonts(grapheme, 'inter', 600);
    const { families } = font.drawingOf(grapheme.normalize('NFC'))?.font ?? {};
    t.match(families, /inter/i, grapheme);
  }
});

t.test('marks are placed in the middle of a letter, those of one side on top of each other', async (t) => {
  const font = faceOf('я');
  const acute = { text: '\u0301', font };
  const below = { text: '\u0323', font: faceOf('ạ') };
  const letter = { advance: 0.6, left: 0.1, right: 0.5, ascent: 0.55, descent: 0 };
  const [one] = placeMarks(letter, [acute], 0.55);
  t.match(one, { dy: 0 }, 'over a letter of x-height it stays as high as it was drawn');
  const middle = (one?.dx ?? 0) + ((one?.ink.left ?? 0) + (one?.ink.right ?? 0)) / 2;
  t.ok(Math.abs(middle - 0.3) < 0.001, `${middle}`);
  const [high] = placeMarks({ ...letter, ascent: 0.73 }, [acute], 0.55);
  t.ok(Math.abs((high?.dy ?? 0) - 0.18) < 0.01, `raised over a capital: ${high?.dy}`);
  const stack = placeMarks(letter, [acute, below, acute], 0.55);
  const [first, under, second] = stack;
  t.ok(
    (second?.dy ?? 0) - (second?.ink.descent ?? 0) > (first?.ink.ascent ?? 0),
    'the second above the first',
  );
  t.ok((under?.ink.ascent ?? 0) + (under?.dy ?? 0) < 0, 'one below stays below');
  t.equal(placeMarks(letter, Array(9).fill(acute), 0.55).length, 3, 'no tower of marks');
});

/** Letters with marks that one file of the font does not have, or does not know how to put together. */
const MARKED = ['а́', 'ю́', 'я́', 'э́', 'ɔ̃', 'ә́', 'x̌', 'р̀', 'α̂', 'і́', 'ї́', 'Ж̃', 'Ѓ́', 'q̇'];

t.test('in every font a mark stands over its letter, and clear of it', async (t) => {
  for (const family of FONT_NAMES) {
    for (const grapheme of MARKED) {
      const { text, font } = fitFonts(grapheme, family, nearestWeight(family, 600));
      const [placed] = placePieces(text, false, font);
      const drawing = font.drawingOf(grapheme.normalize('NFC'));
      if (!placed || !drawing) {
        t.fail(`${family}: ${grapheme} is not drawn`);
        continue;
      }
      const base = inkOf(Array.from(drawing.text)[0] ?? '', drawing.font);
      const whole = inkOf(drawing.text, drawing.font);
      const what = `${family}: ${grapheme}`;
      if (drawing.marks.length === 0) {
        t.ok(whole.right < base.right + 0.2 && whole.left > base.left - 0.2, `${what} attached over it`);
        // The letter without its dot is lower.
        if (grapheme !== 'і́') t.ok(whole.ascent > base.ascent + 0.04, `${what} attached above it`);
        continue;
      }
      t.equal(placed.marks.length, 1, what);
      for (const { x, dy, ink } of placed.marks) {
        const off = x + (ink.left + ink.right) / 2 - (whole.left + whole.right) / 2;
        t.ok(Math.abs(off) < 0.005, `${what} is off by ${off} em`);
        t.ok(dy - ink.descent > whole.ascent, `${what} touches`);
      }
    }
  }
});

t.test('a mark in the middle of a word stands over its own letter', async (t) => {
  const { text, font } = fitFonts('за́мок', 'inter', 600);
  const [piece, ...others] = placePieces(text, false, font);
  t.equal(others.length, 0, 'the word is one piece');
  t.equal(piece?.piece.text, 'замок');
  const start = inkOf('за', faceOf('з')).advance - inkOf('а', faceOf('а')).advance;
  const [mark] = piece?.marks ?? [];
  const middle = (mark?.x ?? 0) + ((mark?.ink.left ?? 0) + (mark?.ink.right ?? 0)) / 2;
  t.ok(middle > start + 0.15 && middle < start + 0.45, `${middle}, the letter starts at ${start}`);
});

t.test('lines go from letter to letter without a gap', async (t) => {
  const { text, font } = fitFonts('a\u0336b\u0336 \u0336c\u0336', 'inter', 600);
  const rules = placePieces(text, false, font).flatMap((piece) => piece.rules);
  t.equal(rules.length, 4);
  rules.slice(1).forEach(({ x }, i) => {
    const { x: before, width } = rules[i] as (typeof rules)[number];
    t.ok(Math.abs(before + width - x) < 0.01, `${before + width} and ${x}`);
  });
  for (const { bottom, top } of rules) t.ok(bottom > 0.15 && top < 0.45, 'through the letters');
});
