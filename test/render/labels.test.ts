import t from 'tap';
import { FORMAT_NAMES } from '../../src/formats.ts';
import type { RenderOptions } from '../../src/options/options.ts';
import { draw } from './draw.ts';

/** Ink of a label: how many pixels are darker than half, and the box that they fill. */
async function inkOf(
  options: Partial<RenderOptions>,
): Promise<{ ink: number; left: number; right: number; top: number; bottom: number }> {
  const { width, height, at } = await draw({ width: 300, height: 200, bg: 'fff', fg: '000', ...options });
  const found = { ink: 0, left: width, right: -1, top: height, bottom: -1 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((at(x, y)[1] as number) > 128) continue;
      found.ink += 1;
      Object.assign(found, {
        left: Math.min(found.left, x),
        right: Math.max(found.right, x),
        top: Math.min(found.top, y),
        bottom: Math.max(found.bottom, y),
      });
    }
  }
  return found;
}

t.test('a label is in the middle, as large and as bold as it was asked for', async (t) => {
  for (const format of FORMAT_NAMES) {
    const { left, right, top, bottom } = await inkOf({ text: '888', format });
    t.ok(Math.abs(left + right - 299) <= 4, `${format}: ${left} to ${right}`);
    t.ok(Math.abs(top + bottom - 199) <= 4, `${format}: ${top} to ${bottom}`);
  }
  const height = async (size: number): Promise<number> => {
    const { top, bottom } = await inkOf({ text: 'H', size });
    return bottom + 1 - top;
  };
  t.ok(Math.abs((await height(100)) - 2 * (await height(50))) <= 2, 'twice the size is twice as high');
  const light = await inkOf({ text: 'Bold', size: 60, weight: 100 });
  const bold = await inkOf({ text: 'Bold', size: 60, weight: 900 });
  t.ok(bold.ink > light.ink * 1.7, `${light.ink} and ${bold.ink}`);
  const fonts = await Promise.all(
    ['inter', 'lora', 'jetbrains-mono', 'oswald'].map(
      async (font) => (await inkOf({ text: 'Wide', size: 60, font })).right,
    ),
  );
  t.equal(new Set(fonts).size, 4, `families differ: ${fonts}`);
});

/** Characters that draw nothing (Unicode, Default_Ignorable_Code_Point), of every block that has some. */
const IGNORABLE = [
  0xad, 0x34f, 0x61c, 0x115f, 0x17b4, 0x180b, 0x180e, 0x180f, 0x200b, 0x200d, 0x200f, 0x202e, 0x2060, 0x2067,
  0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0x1bca0, 0x1d173, 0xe0001, 0xe0062, 0xe0100,
  0xe0fff,
];

t.test('a character that draws nothing has neither ink nor width', async (t) => {
  for (const [before, after] of [
    ['Hx', 'yV'],
    ['漢', '字'],
  ]) {
    const plain = await inkOf({ text: `${before}${after}`, size: 60 });
    for (const point of IGNORABLE) {
      const found = await inkOf({ text: `${before}${String.fromCodePoint(point)}${after}`, size: 60 });
      const what = `${before}·${after} and U+${point.toString(16)}`;
      t.ok(Math.abs(found.ink - plain.ink) < plain.ink * 0.04, `${what}: ${found.ink} for ${plain.ink}`);
      // Kerning may be lost.
      t.ok(Math.abs(found.right - found.left - plain.right + plain.left) <= 3, `${what}: width`);
    }
  }
});
