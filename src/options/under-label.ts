import type { Drawing } from '../scene/drawing.ts';
import { colorsOf } from '../scene/raster/sample.ts';
import { type Color, over } from './color.ts';
import { colorAt, gradientLine } from './gradient.ts';
import type { Reading } from './option.ts';
import { sceneDrawing } from './scene.ts';

/** The part of a picture that a label takes at the most, as shares of its sides, and how far from the middle it may be. */
const LABEL = { width: 0.68, height: 0.36 };
/** Places of it that are looked at, on either axis. */
const ACROSS = [-0.5, -0.25, 0, 0.25, 0.5];
const DOWN = [-0.5, 0, 0.5];

/** Where the middle of a label is, as shares of the sides. */
function middleOf(align: string): readonly [x: number, y: number] {
  const aside = (low: string, high: string, length: number): number =>
    align.includes(low) ? length / 2 : align.includes(high) ? 1 - length / 2 : 0.5;
  return [aside('left', 'right', LABEL.width), aside('top', 'bottom', LABEL.height)];
}

/** The colours of a gradient that lie under a label. */
function gradientUnder({ width, height, get }: Reading): Color[] {
  const colors = get('bg');
  const [x0, y0, x1, y1] = gradientLine(width, height, get('angle'));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const [middleX, middleY] = middleOf(get('align'));
  return DOWN.flatMap((down) =>
    ACROSS.map((across) => {
      const x = (middleX + across * LABEL.width) * width - x0;
      const y = (middleY + down * LABEL.height) * height - y0;
      return colorAt(colors, (x * dx + y * dy) / (dx * dx + dy * dy || 1));
    }),
  );
}

/** The colours of a drawing that lie under a label. */
function sceneUnder(picture: Reading, drawing: Drawing): Color[] {
  const [x, y] = middleOf(picture.get('align'));
  const { width, height } = LABEL;
  return colorsOf(drawing, { left: x - width / 2, top: y - height / 2, width, height });
}

/** What lies behind a label, patterns aside. */
function backgroundUnder(picture: Reading): readonly Color[] {
  const colors = picture.get('bg');
  const hasLabel = picture.get('text') !== '' || picture.get('icon') !== undefined;
  const drawing = hasLabel ? sceneDrawing(picture) : undefined;
  if (drawing) return sceneUnder(picture, drawing);
  return colors.length === 1 ? colors : gradientUnder(picture);
}

/** The colours that lie under a picture's label: those that its ink has to be read on. */
export function colorsUnderLabel(picture: Reading): readonly Color[] {
  const backgrounds = backgroundUnder(picture);
  const { color } = picture.get('pattern');
  return color ? [...backgrounds, ...backgrounds.map((one) => over(one, color, 1))] : backgrounds;
}
