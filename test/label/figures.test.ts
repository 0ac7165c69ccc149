import t from 'tap';
import { createCanvas } from '../../src/label/canvas.ts';
import { setFont } from '../../src/label/canvas-font.ts';
import { figuresOf } from '../../src/label/figures.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { FONT_NAMES, nearestWeight } from '../../src/options/font-table.ts';
import { seeded } from '../helper/seeded.ts';

const SIZE = 100;

t.test('the extents of figures are those that the canvas tells of the whole text', (t) => {
  const context = createCanvas(1, 1).getContext('2d');
  const random = seeded(601);
  const side = (): number => Math.floor(2000 ** random());
  for (const family of FONT_NAMES) {
    for (const weight of [100, 600, 900].map((one) => nearestWeight(family, one))) {
      const { font } = fitFonts('0123456789 ×', family, weight);
      for (let i = 0; i < 20; i++) {
        const text = i < 5 ? String(side()) : `${side()}\u00A0×\u00A0${side()}`;
        const told = figuresOf(text, font)?.extents(text);
        setFont(context, font, SIZE);
        const whole = context.measureText(text);
        const off = [
          (told?.advance ?? 0) - whole.width / SIZE,
          (told?.left ?? 0) + whole.actualBoundingBoxLeft / SIZE,
          (told?.right ?? 0) - whole.actualBoundingBoxRight / SIZE,
          (told?.ascent ?? 0) - whole.actualBoundingBoxAscent / SIZE,
          (told?.descent ?? 0) - whole.actualBoundingBoxDescent / SIZE,
        ];
        if (!off.every((by) => Math.abs(by) < 0.001)) t.fail(`${family} ${weight} ${text}: ${off}`);
      }
    }
  }
  t.end();
});

t.test('other text is none', (t) => {
  const { font } = fitFonts('0a × 0', 'inter', 600);
  for (const text of [
    '',
    'a',
    '1 2',
    '1×2',
    '1\u00A0×',
    '×',
    '1234567',
    '-1',
    '1\u00A0×\u00A02\u00A0×\u00A03',
  ])
    t.equal(figuresOf(text, font), undefined, text);
  const mixed = fitFonts('0 漢', 'inter', 600);
  t.equal(figuresOf('0', mixed.font), undefined, 'nor is a figure in a line of several fonts');
  t.end();
});
