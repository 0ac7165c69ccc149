import { Path2D, type SKRSContext2D } from '../label/canvas.ts';
import { type Color, over } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { type Coverage, coverageWithin, evenUp, STEPS } from './coverage.ts';
import { type IndexedImage, packPicture } from './indexed.ts';
import { paintBorder, paintPattern, patternInk } from './paint.ts';
import { isRounded, outline } from './shapes.ts';

const LAST = STEPS - 1;
const MASK = '#000';

/** How much of each layer covers a pixel, 0 to 15. */
interface Cover {
  readonly outside: number;
  readonly border: number;
  readonly pattern: number;
  readonly label: number;
}

/** The colour of a pixel: its layers one over the other, transparent outside of the round corners. */
function colorOf({ outside, border, pattern, label }: Cover, placeholder: Placeholder): Color {
  let color = placeholder.background.colors[0];
  color = over(color, patternInk(placeholder), pattern / LAST);
  color = over(color, placeholder.border.color, border / LAST);
  color = over(color, placeholder.foreground, label / LAST);
  return [color[0], color[1], color[2], Math.round(color[3] * (1 - outside / LAST))];
}

/** Adds a layer's steps to the codes of the pixels that it covers, four bits per layer. */
function addLayer(
  codes: Uint16Array,
  width: number,
  { x, y, data, ...box }: Coverage,
  shift: number,
  step: (value: number) => number = (value) => value,
): void {
  const stride = box.width >> 1;
  const visible = Math.min(box.width, width - x);
  for (let row = 0; row < box.height; row++) {
    for (let column = 0, at = (y + row) * width + x; column < visible; column++, at++) {
      const byte = data[row * stride + (column >> 1)] as number;
      const value = column & 1 ? byte & 15 : byte >> 4;
      codes[at] = (codes[at] as number) | (step(value) << shift);
    }
  }
}

/**
 * Draws pattern, border, corners and label as layers of 16 steps. Every combination of steps that occurs becomes a
 * palette entry. Layers rarely overlap; undefined where there are more combinations than a palette holds.
 */
export function indexLayers(placeholder: Placeholder, label: Coverage | undefined): IndexedImage | undefined {
  const { scale, pattern, border } = placeholder;
  const { width, height } = outputSize(placeholder);
  const codes = new Uint16Array(width * height);
  const layer = (paint: (context: SKRSContext2D) => void): Coverage =>
    coverageWithin({ x: 0, y: 0, width: evenUp(width), height }, (context) => {
      context.scale(scale, scale);
      paint(context);
    });
  if (label) addLayer(codes, width, label, 0);
  if (pattern.name !== 'none') {
    const shapes = layer((context) => paintPattern(context, placeholder, MASK));
    // Four steps are enough for a faint ink, and keep the combinations with the label few.
    const step = pattern.color ? undefined : (value: number): number => Math.round(value / 5) * 5;
    addLayer(codes, width, shapes, 4, step);
  }
  if (border.width > 0)
    addLayer(
      codes,
      width,
      layer((context) => paintBorder(context, placeholder, MASK)),
      8,
    );
  if (isRounded(placeholder)) {
    const inside = layer((context) => context.fill(new Path2D(outline(placeholder))));
    addLayer(codes, width, inside, 12, (value) => LAST - value);
  }
  return indexCodes(codes, width, height, placeholder);
}

/** Gives each code that occurs a palette entry. */
function indexCodes(
  codes: Uint16Array,
  width: number,
  height: number,
  placeholder: Placeholder,
): IndexedImage | undefined {
  const indexOf = new Int16Array(65536).fill(-1);
  const palette: Color[] = [];
  const indices = new Uint8Array(codes.length);
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
    indices[i] = index;
  }
  return packPicture(width, height, palette, indices);
}
