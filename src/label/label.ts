import type { Placeholder } from '../options/options.ts';
import { defaultText } from '../options/text.ts';
import { isRtl } from './bidi.ts';
import { EmojiText } from './emoji.ts';
import { fitFonts, type LabelFont } from './fonts.ts';
import { layoutLabel, type PlacedLine } from './layout.ts';
import { measureWith } from './measure.ts';
import { type Runs, splitLines } from './runs.ts';

/** A label in output pixels, from the top left of the picture. */
export interface Label extends Runs {
  readonly font: LabelFont;
  /** The rectangle that all ink is within. */
  readonly ink: PlacedLine['ink'];
}

/** Share of a side that stays free on either end of a label: less on small pictures, where each pixel counts. */
const PADDING = { small: 0.08, upTo: 64, large: 0.16, from: 200 };
/** Largest label as a share of the shorter side: a letter or two should not shout. */
const LARGEST = 0.4;
/** Size below which a label is wrapped, as a share of the side of a square of the same area; and at least, in px. */
const COMFORTABLE = 0.13;
const LEAST_COMFORTABLE = 12;

/** Rounding and hinting may move ink by so much, in px: a label keeps at least that far from edge and border. */
const LEAST_PADDING = 3;

/** Space that a border and round corners take from each side, in px: the label keeps within the corners' arcs. */
function clearance({ border, radius }: Placeholder): number {
  const corner = Math.max(...radius) * (1 - Math.SQRT1_2);
  return Math.max(border.width + LEAST_PADDING, corner);
}

/** Space that a label leaves free at either end of a side, in px. */
function padding(side: number): number {
  const { small, upTo, large, from } = PADDING;
  const share = Math.min(1, Math.max(0, (side - upTo) / (from - upTo)));
  return side * (small + (large - small) * share);
}

/** The box of a label: its top left and its size, in output pixels. */
function labelBox(placeholder: Placeholder): { left: number; top: number; width: number; height: number } {
  const { width, height, scale } = placeholder;
  const clear = clearance(placeholder);
  const x = Math.ceil(Math.max(padding(width), clear));
  const y = Math.ceil(Math.max(padding(height), clear));
  return {
    left: x * scale,
    top: y * scale,
    width: Math.max(0, width - 2 * x) * scale,
    height: Math.max(0, height - 2 * y) * scale,
  };
}

/** Where the label of a picture goes, with its fonts registered; undefined where it has none or none fits. */
export async function placeLabel(placeholder: Placeholder): Promise<Label | undefined> {
  const { width, height, scale } = placeholder;
  if (placeholder.text === '') return undefined;
  const extracted = new EmojiText(placeholder.text);
  const { lang } = placeholder as { lang?: string };
  const { text, font } = fitFonts(extracted.text, placeholder.font, placeholder.weight, {
    emoji: extracted,
    lang,
  });
  const rtl = isRtl(text);
  const measure = measureWith(font, rtl);
  const box = labelBox(placeholder);
  const comfortable = Math.max(LEAST_COMFORTABLE, Math.sqrt(width * height) * COMFORTABLE);
  const size = placeholder.size ?? Math.max(comfortable, Math.min(width, height) * LARGEST);
  const bounds = {
    width: box.width,
    height: box.height,
    size: size * scale,
    wrapBelow: (placeholder.size ?? comfortable) * scale,
    mayRound: placeholder.size === undefined,
    mayCut: placeholder.text !== defaultText(width, height),
  };
  const placed = layoutLabel(text, bounds, measure);
  if (!placed || placed.lines.length === 0) return undefined;
  const lines = placed.lines.map(({ text: line, x, y, ink }) => ({
    text: line,
    x: x + box.left,
    y: y + box.top,
    ink: {
      left: ink.left + box.left,
      right: ink.right + box.left,
      top: ink.top + box.top,
      bottom: ink.bottom + box.top,
    },
  }));
  const ink = {
    left: Math.min(...lines.map((line) => line.ink.left)),
    right: Math.max(...lines.map((line) => line.ink.right)),
    top: Math.min(...lines.map((line) => line.ink.top)),
    bottom: Math.max(...lines.map((line) => line.ink.bottom)),
  };
  return { ...(await splitLines(lines, placed.size, rtl, font, extracted.emoji)), font, ink };
}
