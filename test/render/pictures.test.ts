import t from 'tap';
import { FORMAT_NAMES, FORMATS, type Format } from '../../src/formats.ts';
import type { RenderOptions } from '../../src/options/options.ts';
import { draw } from './draw.ts';

/** How far each channel may be off: lossless formats are exact where nothing is blended, others ring at edges. */
const TOLERANCE: Readonly<Record<Format, number>> = { png: 0, gif: 0, svg: 1, webp: 4, jpeg: 60, avif: 60 };

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const GREY = [204, 204, 204, 255];
const WHITE = [255, 255, 255, 255];
const CLEAR = [0, 0, 0, 0];

type Point = readonly [x: number, y: number, color: readonly number[], off?: number];

/** Options of a 120×80 picture, and the colours that some of its pixels must have; `off` allows for blending. */
const LOOKS: Readonly<Record<string, readonly [options: Partial<RenderOptions>, points: readonly Point[]]>> =
  {
    'the default': [
      {},
      [
        [0, 0, GREY],
        [119, 79, GREY],
      ],
    ],
    'a background': [
      { bg: 'red' },
      [
        [0, 0, RED],
        [119, 0, RED],
        [60, 79, RED],
      ],
    ],
    'no label': [
      { bg: 'red', text: '' },
      [
        [60, 40, RED],
        [30, 40, RED],
      ],
    ],
    'nothing behind': [
      { bg: 'transparent', text: '' },
      [
        [0, 0, CLEAR],
        [60, 40, CLEAR],
      ],
    ],
    'a veil': [
      { bg: 'ff000080', text: '' },
      [
        [0, 0, [255, 0, 0, 128]],
        [60, 40, [255, 0, 0, 128]],
      ],
    ],
    'round corners': [
      { bg: 'red', radius: 20, text: '' },
      [
        [0, 0, CLEAR],
        [119, 0, CLEAR],
        [0, 79, CLEAR],
        [119, 79, CLEAR],
        [60, 0, RED],
        [0, 40, RED],
        [60, 40, RED],
        [7, 7, RED],
      ],
    ],
    'an ellipse of corners': [
      { bg: 'red', radius: '50%', text: '' },
      [
        [2, 2, CLEAR],
        [10, 10, CLEAR, 30],
        [0, 40, RED, 30],
        [60, 0, RED],
        [16, 16, RED, 20],
      ],
    ],
    'a border': [
      { bg: 'red', border: '5,blue', text: '' },
      [
        [0, 0, BLUE],
        [4, 40, BLUE],
        [5, 40, RED],
        [114, 74, RED],
        [115, 74, BLUE],
        [60, 79, BLUE],
      ],
    ],
    'a border alone': [
      { bg: 'red', border: '999,blue', text: '' },
      [
        [0, 0, BLUE],
        [60, 40, BLUE],
        [119, 79, BLUE],
      ],
    ],
    'a round border': [
      { bg: 'red', border: '8,blue', radius: 24, text: '' },
      [
        [0, 0, CLEAR],
        [60, 3, BLUE],
        [3, 40, BLUE],
        [60, 40, RED],
        [9, 9, BLUE, 40],
      ],
    ],
    'a gradient downwards': [
      { bg: 'red,blue', text: '' },
      [
        [60, 0, RED, 8],
        [60, 79, BLUE, 8],
        [60, 40, [127, 0, 128, 255], 8],
        [0, 40, [127, 0, 128, 255], 8],
      ],
    ],
    'a gradient to the right': [
      { bg: 'red,blue', angle: 90, text: '' },
      [
        [0, 40, RED, 8],
        [119, 0, BLUE, 8],
        [60, 40, [127, 0, 128, 255], 8],
      ],
    ],
    'a gradient upwards': [
      { bg: 'red,blue', angle: 0, text: '' },
      [
        [60, 79, RED, 8],
        [60, 0, BLUE, 8],
      ],
    ],
    'a gradient of three': [
      { bg: 'red-white-blue', angle: 270, text: '' },
      [
        [119, 0, RED, 8],
        [60, 40, WHITE, 12],
        [0, 79, BLUE, 8],
      ],
    ],
    'a gradient to nothing': [
      { bg: 'f00,ff000000', text: '' },
      [
        [60, 0, RED, 8],
        [60, 79, [255, 0, 0, 0], 8],
      ],
    ],
  };

/** A colour as a format can show it: without alpha it lies on white; GIF knows no half of it. */
function shown(format: Format, [red, green, blue, alpha]: readonly number[]): number[] {
  const [r, g, b, a] = [red as number, green as number, blue as number, alpha as number];
  const onWhite = (channel: number): number => Math.round(255 + ((channel - 255) * a) / 255);
  if (!FORMATS[format].alpha || (format === 'gif' && a >= 128 && a < 255))
    return [onWhite(r), onWhite(g), onWhite(b), 255];
  return [r, g, b, format === 'gif' && a < 128 ? 0 : a];
}

/** Whether two colours are alike; what is see-through has no colour. */
function isNear(found: readonly number[], wanted: readonly number[], off: number): boolean {
  if ((wanted[3] as number) <= off && (found[3] as number) <= off) return true;
  return wanted.every((channel, i) => Math.abs(channel - (found[i] as number)) <= off);
}

for (const format of FORMAT_NAMES) {
  t.test(`${format}: size and colours of every look`, async (t) => {
    for (const [look, [options, points]] of Object.entries(LOOKS)) {
      const picture = await draw({ width: 120, height: 80, ...options, format });
      t.same([picture.width, picture.height], [120, 80], look);
      const gradient = String(options.bg ?? '').match(/[,-]/);
      for (const [x, y, color, off = 0] of points) {
        // Palettes of GIF have no room for all the colours of a gradient.
        const most = off + TOLERANCE[format] + (gradient && format === 'gif' ? 24 : 0);
        const [found, wanted] = [picture.at(x, y), shown(format, color)];
        t.ok(isNear(found, wanted, most), `${look}: ${x},${y} is ${found}, wanted ${wanted}`);
      }
    }
  });
}

t.test('patterns lie on the background in a faint foreground, in every format', async (t) => {
  for (const format of FORMAT_NAMES) {
    const seen = new Set<string>();
    for (const pattern of ['cross', 'grid', 'checker', 'stripes', 'dots']) {
      const picture = await draw({
        width: 96,
        height: 96,
        bg: 'white',
        fg: 'black',
        text: '',
        pattern,
        format,
      });
      let inked = 0;
      let hash = '';
      for (let y = 0; y < 96; y++) {
        for (let x = 0; x < 96; x++) {
          const [red = 255] = picture.at(x, y);
          if (red < 240) inked += 1;
          if (red < 165) t.fail(`${pattern} is too dark: ${red}`);
          if (y % 5 === 0) hash += red < 240 ? '#' : '.';
        }
      }
      t.ok(inked > 100 && inked < 6000, `${format} ${pattern}: ${inked} pixels`);
      seen.add(hash);
    }
    t.equal(seen.size, 5, `${format}: no two alike`);
  }
});

t.test('scale multiplies pixels and nothing else', async (t) => {
  for (const format of FORMAT_NAMES) {
    const options = {
      width: 60,
      height: 40,
      bg: 'red',
      border: '5,blue',
      radius: 10,
      text: '',
      scale: 3,
      format,
    };
    const picture = await draw(options);
    t.same([picture.width, picture.height], [180, 120], format);
    const most = TOLERANCE[format] + 12;
    t.ok(isNear(picture.at(14, 60), BLUE, most), `${format}: the border's last pixel ${picture.at(14, 60)}`);
    t.ok(isNear(picture.at(17, 60), RED, most), `${format}: the first behind it ${picture.at(17, 60)}`);
    t.ok(isNear(picture.at(0, 0), shown(format, CLEAR), most), `${format}: the corner`);
  }
});
