import type { Placeholder } from '../options/options.ts';
import { defaultText } from '../options/text.ts';
import { createCanvas, type SKRSContext2D } from './canvas.ts';
import { type FontStack, fontStack, setFont } from './fonts.ts';
import { type Extents, layoutLabel, type Measure, type PlacedLine } from './layout.ts';

/** A label in output pixels, from the top left of the picture. */
export interface Label {
  /** Font size in output pixels. */
  readonly size: number;
  readonly lines: readonly PlacedLine[];
  readonly font: FontStack;
}

/** Share of each side that stays free on either end of a label. */
const PADDING = 0.1;
/** Label size as a share of the side of a square of the picture's area, and the least that is aimed for, in px. */
const LABEL_SHARE = 0.16;
const LEAST_AIM = 14;

/** Extents are proportional to the size: they are measured once, at this one, in px. */
const REFERENCE = 100;

const ruler = createCanvas(1, 1).getContext('2d');

function measureWith(font: FontStack): Measure {
  const known = new Map<string, Extents>();
  setFont(ruler, font, REFERENCE);
  return (text) => {
    const cached = known.get(text);
    if (cached) return cached;
    const metrics = ruler.measureText(text);
    const extents = {
      advance: metrics.width / REFERENCE,
      left: -metrics.actualBoundingBoxLeft / REFERENCE,
      right: metrics.actualBoundingBoxRight / REFERENCE,
      ascent: metrics.actualBoundingBoxAscent / REFERENCE,
      descent: metrics.actualBoundingBoxDescent / REFERENCE,
    };
    known.set(text, extents);
    return extents;
  };
}

/** Space that a border and round corners take from each side, in px: the label keeps within the corners' arcs. */
function clearance({ border, radius }: Placeholder): number {
  const corner = radius * (1 - Math.SQRT1_2);
  return Math.max(border.width === 0 ? 0 : border.width + 2, corner);
}

/** Where the label of a picture goes, in output pixels; undefined where it has none or none fits. */
export function placeLabel(placeholder: Placeholder): Label | undefined {
  const { width, height, scale, text } = placeholder;
  if (text === '') return undefined;
  const font = fontStack(text, placeholder.font, placeholder.weight);
  const clear = clearance(placeholder);
  const padding = {
    x: Math.ceil(Math.max(width * PADDING, clear)),
    y: Math.ceil(Math.max(height * PADDING, clear)),
  };
  const aim = placeholder.size ?? Math.max(LEAST_AIM, Math.sqrt(width * height) * LABEL_SHARE);
  const box = {
    width: Math.max(0, width - 2 * padding.x) * scale,
    height: Math.max(0, height - 2 * padding.y) * scale,
    size: aim * scale,
    mayCut: text !== defaultText(width, height),
  };
  const placed = layoutLabel(text, box, measureWith(font));
  if (!placed) return undefined;
  const left = padding.x * scale;
  const top = padding.y * scale;
  const lines = placed.lines.map(({ text: line, x, y, ink }) => ({
    text: line,
    x: x + left,
    y: y + top,
    ink: { left: ink.left + left, right: ink.right + left, top: ink.top + top, bottom: ink.bottom + top },
  }));
  return { size: placed.size, lines, font };
}

/** Draws a label with the context's fill; the context is in output pixels. */
export function drawLabel(context: SKRSContext2D, label: Label): void {
  setFont(context, label.font, label.size);
  for (const { text, x, y } of label.lines) context.fillText(text, x, y);
}
