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
