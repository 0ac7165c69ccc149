import type { Placeholder } from '../options/options.ts';
import { isRtl } from './bidi.ts';
import { splitParagraph } from './breaks.ts';
import { EmojiText } from './emoji.ts';
import { fitFonts, type LabelFont } from './fonts.ts';
import { type IconRun, placeIcon, roomsBelowIcon, sizesUnderIcon } from './icon.ts';
import { layoutLabel } from './layout.ts';
import { measureWith } from './measure.ts';
import type { PlacedLabel, PlacedLine } from './position.ts';
import { labelAlign, labelRooms } from './room.ts';
import { type Runs, splitLines } from './runs.ts';
import { measureParagraph, type Paragraph } from './wrap.ts';

/** A label in output pixels, from the top left of the picture. */
export interface Label extends Runs {
  readonly font: LabelFont;
  readonly icon: IconRun | undefined;
  /** The rectangle that all ink is within. */
  readonly ink: PlacedLine['ink'];
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

/** A picture that is this many times as high as wide stacks its default label. */
const NARROW = 1.5;

/** Lays out and places a label, in px before scaling; a narrow picture stacks its default label. */
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

/** Moves lines to their room and scales them: a label is the same at every scale. */
function toOutput({ lines }: PlacedLabel, placeholder: Placeholder): PlacedLine[] {
  const { left, top } = labelRooms(placeholder);
  const { scale } = placeholder;
  return lines.map(({ text, rtl, x, y, ink }) => ({
    text,
    rtl,
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

/** The rectangle that all lines are within. */
function inkOf(lines: readonly PlacedLine[]): PlacedLine['ink'] {
  const inks = lines.map((line) => line.ink);
  return {
    left: Math.min(...inks.map(({ left }) => left)),
    right: Math.max(...inks.map(({ right }) => right)),
    top: Math.min(...inks.map(({ top }) => top)),
    bottom: Math.max(...inks.map(({ bottom }) => bottom)),
  };
}

/** Where the text of a picture goes, with its fonts registered; undefined where it has none or none fits. */
async function placeText(placeholder: Placeholder): Promise<Label | undefined> {
  if (placeholder.text === '') return undefined;
  const { weight, lang } = placeholder;
  const extracted = new EmojiText(placeholder.text);
  const { text, font } = fitFonts(extracted.text, placeholder.font, weight, { emoji: extracted, lang });
  const placed = await layOut(placeholder, text, font);
  if (!placed || placed.lines.length === 0) return undefined;
  const lines = toOutput(placed, placeholder);
  const runs = await splitLines(lines, placed.size * placeholder.scale, font, extracted.emoji);
  return { ...runs, font, icon: undefined, ink: inkOf(lines) };
}

/** Height of capitals, in em: exact enough in any font for an icon above them. */
const CAPITALS = 0.73;

/** Top of the capitals of a label's first line, whatever letters it has. */
function capitalTop({ runs, size, ink }: Label): number {
  const first = Math.min(...runs.map(({ y }) => y));
  return Number.isFinite(first) ? first - CAPITALS * size : ink.top;
}

const LATIN = { families: '', weight: 400, lang: '' };
/** The font of a label without text. */
const NO_FONT: LabelFont = { ...LATIN, latin: LATIN, plain: true, drawingOf: () => undefined };

/** The label of a picture that has only an icon. */
function iconLabel(icon: IconRun): Label {
  const ink = { left: icon.x, right: icon.x + icon.side, top: icon.y, bottom: icon.y + icon.side };
  return { size: icon.side, font: NO_FONT, runs: [], rules: [], emoji: [], icon, ink };
}

/** A label with its icon, moved below it. */
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

/** Where label and icon of a picture go, with their fonts registered; undefined where it has neither or none fits. */
export async function placeLabel(placeholder: Placeholder): Promise<Label | undefined> {
  const text = await placeText(placeholder);
  if (placeholder.icon === undefined) return text;
  const icon = placeIcon(placeholder, text && capitalTop(text));
  if (!text) return icon && iconLabel(icon);
  return icon ? belowIcon(text, icon) : text;
}
