import t from 'tap';
import { blend, difference, fromOklch, toOklch } from '../../src/color/oklch.ts';
import type { Color } from '../../src/color/rgb.ts';

/** sRGB's corners in OKLCH, as CSS Color 4 and browsers tell them. */
const KNOWN: readonly (readonly [rgb: Color, l: number, c: number, h: number])[] = [
  [[255, 0, 0, 255], 0.628, 0.2577, 29.23],
  [[0, 255, 0, 255], 0.8664, 0.2948, 142.5],
  [[0, 0, 255, 255], 0.452, 0.3132, 264.05],
  [[255, 255, 0, 255], 0.968, 0.211, 109.77],
  [[102, 51, 153, 255], 0.4403, 0.1603, 303.37],
];

t.test('colours are where CSS says', async (t) => {
  for (const [rgb, l, c, h] of KNOWN) {
    const found = toOklch(rgb);
    t.ok(Math.abs(found.l - l) < 0.001, `${rgb}: lightness ${found.l}`);
    t.ok(Math.abs(found.c - c) < 0.001, `${rgb}: chroma ${found.c}`);
    t.ok(Math.abs(found.h - h) < 0.1, `${rgb}: hue ${found.h}`);
  }
  t.ok(toOklch([128, 128, 128, 255]).c < 0.0001, 'grey has no chroma');
});

t.test('every colour survives there and back', async (t) => {
  const lost: string[] = [];
  for (let red = 0; red < 256; red += 15)
    for (let green = 0; green < 256; green += 15)
      for (let blue = 0; blue < 256; blue += 15) {
        const color: Color = [red, green, blue, 255];
        if (String(fromOklch(toOklch(color))) !== String(color)) lost.push(String(color));
      }
  t.strictSame(lost, []);
});

t.test('what sRGB cannot show keeps lightness and hue', async (t) => {
  for (let h = 0; h < 360; h += 15) {
    for (const l of [0.2, 0.5, 0.8]) {
      const shown = toOklch(fromOklch({ l, c: 0.4, h }));
      t.ok(Math.abs(shown.l - l) < 0.02, `lightness ${l} at ${h}: ${shown.l}`);
      const turn = Math.abs(((shown.h - h + 540) % 360) - 180);
      // Of a dark colour a step of a channel is some degrees.
      t.ok(turn < (l < 0.5 ? 8 : 3), `hue ${h} at ${l}: ${shown.h}`);
    }
  }
  t.strictSame(fromOklch({ l: 1.4, c: 0.2, h: 20 }), [255, 255, 255, 255]);
  t.strictSame(fromOklch({ l: -1, c: 0.2, h: 20 }, 7), [0, 0, 0, 7]);
});

t.test('colours are compared and blended as people see them', async (t) => {
  const [white, black, blue, yellow]: Color[] = [
    [255, 255, 255, 255],
    [0, 0, 0, 255],
    [0, 0, 255, 255],
    [255, 255, 0, 255],
  ] as Color[];
  t.ok(Math.abs(difference(white as Color, black as Color) - 1) < 0.001);
  t.equal(difference(blue as Color, blue as Color), 0);
  t.strictSame(blend(blue as Color, yellow as Color, 0), blue);
  t.strictSame(blend(blue as Color, yellow as Color, 1), yellow);
  const middle = toOklch(blend(white as Color, black as Color, 0.5));
  t.ok(Math.abs(middle.l - 0.5) < 0.01, 'half way is half as light');
});
