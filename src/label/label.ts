import type { Placeholder } from '../options/options.ts';
import { defaultText } from '../options/text.ts';
import { isolate, isRtl } from './bidi.ts';
import type { SKRSContext2D } from './canvas.ts';
import { type FontStack, setFont } from './canvas-font.ts';
import { type Emoji, EmojiText, loadEmoji } from './emoji.ts';
import { fitFonts, type LabelFont } from './fonts.ts';
import { layoutLabel, type PlacedLine } from './layout.ts';
import { EMOJI, measureWith, type PlacedRule, placePieces } from './measure.ts';

/** A piece of a line: text for the canvas, from `x` on, in output pixels. */
export interface TextRun {
  readonly text: string;
  readonly font: FontStack;
  readonly x: number;
  readonly y: number;
}

/** A line that is drawn with text, in output pixels. */
export interface RuleRun {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An emoji: the top left of its square, in output pixels. */
export interface EmojiRun {
  readonly emoji: Emoji;
  readonly picture: Awaited<ReturnType<typeof loadEmoji>>;
  readonly x: number;
  readonly y: number;
}

/** A label in output pixels, from the top left of the picture. */
export interface Label {
  /** Font size in output pixels; an emoji is as large. */
  readonly size: number;
  readonly font: FontStack;
  readonly runs: readonly TextRun[];
  readonly rules: readonly RuleRun[];
  readonly emoji: readonly EmojiRun[];
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
  const corner = radius * (1 - Math.SQRT1_2);
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

/** A rule's place on the pixels: at least one high, and beside the one before without a seam. */
function placeRule({ x, width, top, bottom }: PlacedRule, start: number, y: number, size: number): RuleRun {
  const left = Math.round(start + x * size);
  return {
    x: left,
    y: Math.round(y - top * size),
    width: Math.round(start + (x + width) * size) - left,
    height: Math.max(1, Math.round((top - bottom) * size)),
  };
}

/** What the lines of a label consist of, in output pixels. */
type Drawn = Pick<Label, 'runs' | 'rules'> & { readonly emoji: Omit<EmojiRun, 'picture'>[] };

/** Takes placed lines apart into text, rules and emoji; measures at once, for others measure between two turns. */
function splitLines(
  lines: readonly PlacedLine[],
  size: number,
  rtl: boolean,
  font: LabelFont,
  emoji: ReadonlyMap<string, Emoji>,
): Drawn {
  const runs: TextRun[] = [];
  const rules: RuleRun[] = [];
  const drawn: Omit<EmojiRun, 'picture'>[] = [];
  const air = ((EMOJI.advance - EMOJI.size) / 2) * size;
  for (const { text, x: start, y } of lines) {
    for (const placed of placePieces(text, rtl, font)) {
      const { piece } = placed;
      const x = start + placed.x * size;
      const drawing = emoji.get(piece.text);
      if (piece.font) runs.push({ text: isolate(piece), font: piece.font, x, y });
      else if (drawing)
        drawn.push({ emoji: drawing, x: x + air, y: y - (EMOJI.size - EMOJI.descent) * size });
      for (const mark of placed.marks)
        runs.push({ text: mark.text, font: mark.font, x: start + mark.x * size, y: y - mark.dy * size });
      for (const rule of placed.rules) rules.push(placeRule(rule, start, y, size));
    }
  }
  return { runs, rules, emoji: drawn };
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
  const { runs, rules, emoji } = splitLines(lines, placed.size, rtl, font, extracted.emoji);
  const loaded = emoji.map(async (run) => ({
    ...run,
    picture: await loadEmoji(run.emoji, placed.size * EMOJI.size),
  }));
  return { size: placed.size, font, ink, runs, rules, emoji: await Promise.all(loaded) };
}

/** Draws a label's text with the context's fill; the context is in output pixels. */
export function drawText(context: SKRSContext2D, { size, runs, rules }: Label): void {
  let font: FontStack | undefined;
  for (const run of runs) {
    if (run.font.families !== font?.families) setFont(context, run.font, size);
    font = run.font;
    context.fillText(run.text, run.x, run.y);
  }
  if (rules.length === 0) return;
  // One path: where two rules meet or overlap, no pixel is inked twice.
  context.beginPath();
  for (const { x, y, width, height } of rules) context.rect(x, y, width, height);
  context.fill();
}

/** Draws a label's emoji; the context is in output pixels. */
export function drawEmoji(context: SKRSContext2D, { size, emoji }: Label): void {
  for (const { picture, x, y } of emoji) {
    const side = size * EMOJI.size;
    const ratio = picture.height / picture.width;
    context.drawImage(picture, x, y + (side * (1 - ratio)) / 2, side, side * ratio);
  }
}
