import t from 'tap';
import { fitFonts } from '../../src/label/fonts.ts';
import { measureWith } from '../../src/label/measure.ts';
import { FONT_NAMES, nearestWeight } from '../../src/options/font-table.ts';

/** What round figures may pass the straight ones by, in em. */
const OVERSHOOT = 0.09;

t.test('figures stand on the line and are of one height, in every family', async (t) => {
  for (const name of FONT_NAMES) {
    const { font } = fitFonts('0123456789', name, nearestWeight(name, 600));
    const measure = measureWith(font, false);
    const figures = Array.from('0123456789', (figure) => measure(figure));
    const heights = figures.map(({ ascent }) => ascent);
    t.ok(Math.max(...heights) - Math.min(...heights) < OVERSHOOT, `${name}: of one height`);
    t.ok(Math.max(...figures.map(({ descent }) => descent)) < OVERSHOOT, `${name}: on the line`);
  }
});
