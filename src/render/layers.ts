import { Path2D, type SKRSContext2D } from '../label/canvas.ts';
import { type Color, over } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { type Box, coverageOf, STEPS } from './coverage.ts';
import type { IndexedImage } from './indexed.ts';
import { paintBorder, paintPattern, patternInk, pictureCanvas } from './paint.ts';
import { outline } from './shapes.ts';

const LAST = STEPS - 1;
const MASK = '#000';

/** What covers a pixel, 0 to 15 of each. */
interface Cover {
  readonly outside: number;
  readonly border: number;
  readonly pattern: number;
  readonly label: number;
}

/** The colour of a pixel: its layers one over the other, cut off where it lies outside of the round corners. */
function colorOf({ outside, border, pattern, label }: Cover, placeholder: Placeholder): Color {
  let color = placeholder.background.colors[0];
  color = over(color, patternInk(placeholder), pattern / LAST);
  color = over(color, placeholder.border.color, border / LAST);
  color = over(color, placeholder.foreground, label / LAST);
  return [color[0], color[1], color[2], Math.round(color[3] * (1 - outside / LAST))];
}

/**
 * Pattern, border, corners and label as layers of 16 steps; every combination of steps that occurs becomes a palette
 * entry. They rarely overlap: undefined where the combinations are more than a palette holds.
 */
export function indexLayers(placeholder: Placeholder, coverage: Box | undefined): IndexedImage | undefined {
  const width = placeholder.width * placeholder.scale;
  const height = placeholder.height * placeholder.scale;
  const codes = new Uint16Array(width * height);
  const add = (shift: number, box: Box, step: (value: number) => number): void => {
    for (let row = 0, i = 0; row < box.height; row++) {
      const start = (box.y + row) * width + box.x;
      for (let at = start; at < start + box.width; at++, i++) {
        codes[at] = (codes[at] as number) | (step(box.data[i] as number) << shift);
      }
    }
  };
  const layer = (paint: (context: SKRSContext2D) => void): Box => {
    const { canvas, context } = pictureCanvas(placeholder);
    paint(context);
    return { x: 0, y: 0, width, height, data: coverageOf(canvas.data()) };
  };
  if (coverage) add(0, coverage, (value) => value);
  if (placeholder.pattern !== 'none') {
    // A faint ink needs no more than four steps, which keeps the combinations with the label few.
    add(
      4,
      layer((context) => paintPattern(context, placeholder, MASK)),
      (value) => Math.round(value / 5) * 5,
    );
  }
  if (placeholder.border.width > 0) {
    add(
      8,
      layer((context) => paintBorder(context, placeholder, MASK)),
      (value) => value,
    );
  }
  if (placeholder.radius > 0) {
    add(
      12,
      layer((context) => context.fill(new Path2D(outline(placeholder)))),
      (value) => LAST - value,
    );
  }
  return assignIndices(codes, width, height, placeholder);
}

function assignIndices(
  codes: Uint16Array,
  width: number,
  height: number,
  placeholder: Placeholder,
): IndexedImage | undefined {
  const indexOf = new Int16Array(65536).fill(-1);
  const palette: Color[] = [];
  const data = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    let index = indexOf[code] as number;
    if (index < 0) {
      if (palette.length === 256) return undefined;
      index = palette.length;
      indexOf[code] = index;
      const cover = {
        outside: code >> 12,
        border: (code >> 8) & 15,
        pattern: (code >> 4) & 15,
        label: code & 15,
      };
      palette.push(colorOf(cover, placeholder));
    }
    data[i] = index;
  }
  return { width, height, palette, box: { x: 0, y: 0, width, height, data } };
}
