import type { Placeholder } from '../options/options.ts';
import { isolate, isRtl } from './bidi.ts';
import { splitParagraph } from './breaks.ts';
import type { SKRSContext2D } from './canvas.ts';
import { type FontStack, setFont } from './canvas-font.ts';
import { type Emoji, extractEmoji, loadEmoji } from './emoji.ts';
import { fitFonts, type LabelFont } from './fonts.ts';
import { type IconRun, placeIcon, roomsBelowIcon, sizesUnderIcon } from './icon.ts';
import { layoutLabel } from './layout.ts';
import { EMOJI, measureWith, type PlacedRule, placePieces } from './measure.ts';
import type { PlacedLabel, PlacedLine } from './place.ts';
import { labelAlign, labelRooms } from './room.ts';
import { measureParagraph, type Paragraph } from './wrap.ts';

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
  readonly icon: IconRun | undefined;
  /** The rectangle that all ink is within. */
  readonly ink: PlacedLine['ink'];
}

/** Height of capitals, in em: near enough in any font for what stands above them. */
const CAPITALS = 0.73;

/** Where the capitals of a label's first line begin, whatever letters it has. */
function capitalTop({ runs, size, ink }: Label): number {
  const first = Math.min(...runs.map(({ y }) => y));
  return Number.isFinite(first) ? first - CAPITALS * size : ink.top;
}

/** No text is drawn with it. */
const NO_FONT: FontStack = { families: '', weight: 400, lang: '' };

/** What a picture has that has an icon alone. */
function iconLabel(icon: IconRun): Label {
  const ink = { left: icon.x, right: icon.x + icon.side, top: icon.y, bottom: icon.y + icon.side };
  return { size: icon.side, font: NO_FONT, runs: [], rules: [], emoji: [], icon, ink };
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
  font: LabelFont,
  emoji: ReadonlyMap<string, Emoji>,
): Drawn {
  const runs: TextRun[] = [];
  const rules: RuleRun[] = [];
  const drawn: Omit<EmojiRun, 'picture'>[] = [];
  const air = ((EMOJI.advance - EMOJI.size) / 2) * size;
  for (const { text, rtl, x: start, y } of lines) {
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

/** The paragraphs of a text, each in its own direction. */
async function paragraphsOf(text: string, font: LabelFont): Promise<Paragraph[]> {
  const measures = { ltr: measureWith(font, false), rtl: measureWith(font, true) };
  const lines = text.split('\n');
  const segments = await Promise.all(lines.map(splitParagraph));
  return segments.map((pieces, i) => {
    const rtl = isRtl(lines[i] ?? '');
    return measureParagraph(pieces, rtl, rtl ? measures.rtl : measures.ltr);
  });
}

/** How many times as high as wide a picture is that stacks its default label. */
const NARROW = 1.5;

/** A label that is laid out, and where, in px before scaling; a narrow picture stacks its default label. */
async function layOut(
  placeholder: Placeholder,
  text: string,
  font: LabelFont,
): Promise<PlacedLabel | undefined> {
  const box = {
    ...sizesUnderIcon(placeholder),
    rooms: roomsBelowIcon(placeholder),
    align: labelAlign(placeholder),
  };
  const measure = measureWith(font, false);
  const lay = async (one: string): Promise<PlacedLabel | undefined> =>
    layoutLabel(await paragraphsOf(one, font), box, measure);
  const placed = await lay(text);
  const { width, height } = placeholder;
  if (box.mayCut || width * NARROW > height || (placed && placed.size >= box.comfortable)) return placed;
  const stacked = await lay(text.replaceAll(' ', '\n'));
  return (stacked?.size ?? 0) > (placed?.size ?? 0) ? stacked : placed;
}

/** Lines moved to where their room is, and scaled: a label is the same at every scale. */
function toOutput({ lines }: PlacedLabel, placeholder: Placeholder): PlacedLine[] {
  const { left, top } = labelRooms(placeholder);
  const { scale } = placeholder;
  return lines.map(({ x, y, ink, ...line }) => ({
    ...line,
    x: (x + left) * scale,
    y: (y + top) * scale,
    ink: {
      left: (ink.left + left) * scale,
      right: (ink.right + left) * scale,
      top: (ink.top + top) * scale,
      bottom: (ink.bottom + top) * scale,
    },
  }));
}

/** Where label and icon of a picture go, with their fonts registered; undefined where it has neither or none fits. */
export async function placeLabel(placeholder: Placeholder): Promise<Label | undefined> {
  const text = await placeText(placeholder);
  if (placeholder.icon === undefined) return text;
  const icon = placeIcon(placeholder, text && capitalTop(text));
  if (!text) return icon && iconLabel(icon);
  return icon ? belowIcon(text, icon) : text;
}

/** A label with its icon, both of whose inks are known. */
function belowIcon(label: Label, icon: IconRun & { readonly shift: number }): Label {
  const { shift } = icon;
  const moved = <T extends { readonly y: number }>(list: readonly T[]): T[] =>
    list.map((one) => ({ ...one, y: one.y + shift }));
  const { ink } = label;
  return {
    ...label,
    icon,
    runs: moved(label.runs),
    rules: moved(label.rules),
    emoji: moved(label.emoji),
    ink: {
      left: Math.min(ink.left, icon.x),
      right: Math.max(ink.right, icon.x + icon.side),
      top: Math.min(ink.top + shift, icon.y),
      bottom: Math.max(ink.bottom + shift, icon.y + icon.side),
    },
  };
}

/** Where the text of a picture goes, with its fonts registered; undefined where it has none or none fits. */
async function placeText(placeholder: Placeholder): Promise<Label | undefined> {
  if (placeholder.text === '') return undefined;
  const extracted = extractEmoji(placeholder.text);
  const isEmoji = (character: string): boolean => extracted.emoji.has(character);
  const { text, font } = fitFonts(
    extracted.text,
    placeholder.font,
    placeholder.weight,
    isEmoji,
    placeholder.lang,
  );
  const placed = await layOut(placeholder, text, font);
  if (!placed || placed.lines.length === 0) return undefined;
  const size = placed.size * placeholder.scale;
  const lines = toOutput(placed, placeholder);
  const inks = lines.map((line) => line.ink);
  const ink = {
    left: Math.min(...inks.map(({ left }) => left)),
    right: Math.max(...inks.map(({ right }) => right)),
    top: Math.min(...inks.map(({ top }) => top)),
    bottom: Math.max(...inks.map(({ bottom }) => bottom)),
  };
  const { runs, rules, emoji } = splitLines(lines, size, font, extracted.emoji);
  const loaded = emoji.map(async (run) => ({
    ...run,
    picture: await loadEmoji(run.emoji, size * EMOJI.size),
  }));
  return { size, font, ink, runs, rules, emoji: await Promise.all(loaded), icon: undefined };
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
