import { isolate } from './bidi.ts';
import type { SKRSContext2D } from './canvas.ts';
import { type FontStack, setFont } from './canvas-font.ts';
import { loadEmoji } from './emoji.ts';
import type { Emoji } from './emoji-set.ts';
import type { LabelFont } from './fonts.ts';
import { EMOJI, type PlacedRule, placePieces } from './place.ts';
import type { PlacedLine } from './position.ts';

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

/** The contents of a label's lines, in output pixels. */
export interface Runs {
  /** Font size; an emoji is as large. */
  readonly size: number;
  readonly runs: readonly TextRun[];
  readonly rules: readonly RuleRun[];
  readonly emoji: readonly EmojiRun[];
}

/** Moves a rule onto whole pixels: at least one high, and without a seam to the rule before it. */
function placeRule({ x, width, top, bottom }: PlacedRule, start: number, y: number, size: number): RuleRun {
  const left = Math.round(start + x * size);
  return {
    x: left,
    y: Math.round(y - top * size),
    width: Math.round(start + (x + width) * size) - left,
    height: Math.max(1, Math.round((top - bottom) * size)),
  };
}

/**
 * Splits placed lines into text, rules and emoji. It measures without a pause, because other labels are measured
 * between two turns.
 * @param emoji the drawing of each stand-in
 */
export async function splitLines(
  lines: readonly Pick<PlacedLine, 'text' | 'rtl' | 'x' | 'y'>[],
  size: number,
  font: LabelFont,
  emoji: ReadonlyMap<string, Emoji>,
): Promise<Runs> {
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
  const pictures = drawn.map(async (run) => ({
    ...run,
    picture: await loadEmoji(run.emoji, size * EMOJI.size),
  }));
  return { size, runs, rules, emoji: await Promise.all(pictures) };
}

/** Draws a label's text with the context's fill; the context is in output pixels. */
export function drawText(context: SKRSContext2D, { size, runs, rules }: Runs): void {
  let font: FontStack | undefined;
  for (const run of runs) {
    if (run.font.families !== font?.families) setFont(context, run.font, size);
    font = run.font;
    context.fillText(run.text, run.x, run.y);
  }
  if (rules.length === 0) return;
  // One path, so that no pixel is inked twice where two rules meet or overlap.
  context.beginPath();
  for (const { x, y, width, height } of rules) context.rect(x, y, width, height);
  context.fill();
}

/** Draws a label's emoji; the context is in output pixels. */
export function drawEmoji(context: SKRSContext2D, { size, emoji }: Runs): void {
  for (const { picture, x, y } of emoji) {
    const side = size * EMOJI.size;
    const ratio = picture.height / picture.width;
    context.drawImage(picture, x, y + (side * (1 - ratio)) / 2, side, side * ratio);
  }
}
