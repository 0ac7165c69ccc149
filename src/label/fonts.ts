import type { FontName } from '../options/font-table.ts';
import type { FontStack } from './canvas-font.ts';
import { type Chooser, chooserFor, type Drawing } from './chooser.ts';
import type { EmojiText } from './emoji.ts';
import { splitGraphemes } from './wrap.ts';

/** The fonts of one label. */
export interface LabelFont extends FontStack {
  /** What lines and heights are measured with. */
  readonly latin: FontStack;
  /** Whether one face draws all of it as it stands. */
  readonly plain: boolean;
  /** How a grapheme is drawn; undefined for what was not in the text. */
  drawingOf(grapheme: string): Drawing | undefined;
}

/** What lines are broken at: it never gets to a canvas. */
const BREAK = /^[\n\u200B\u00AD]$/;
const SPACE = /^\p{Zs}$/u;
/** What draws nothing by itself. */
const NOTHING = /^\p{Default_Ignorable_Code_Point}+$/u;
/** Stands for a character that no installed font has: the replacement character. */
const REPLACEMENT = '\uFFFD';

/** Characters that every label is measured with, or may get. */
const ALWAYS = '… 0\u00A0';

/** The text with what no installed font can draw replaced by U+FFFD, and the fonts for it. */
export interface FittedText {
  readonly text: string;
  readonly font: LabelFont;
}

/** What stands in the place of a grapheme that fonts were not asked for: nothing, itself, or another character. */
function insteadOf(grapheme: string, emoji: EmojiText | undefined): string {
  const picture = emoji?.standIn(grapheme);
  if (picture) return picture;
  if (SPACE.test(grapheme)) return ' ';
  return grapheme === REPLACEMENT ? '' : REPLACEMENT;
}

/** Fits a text grapheme by grapheme, and keeps how each is drawn. */
class Fitting {
  readonly drawings = new Map<string, Drawing>();
  readonly #chooser: Chooser;
  readonly #emoji: EmojiText | undefined;

  constructor(chooser: Chooser, emoji: EmojiText | undefined) {
    this.#chooser = chooser;
    this.#emoji = emoji;
  }

  /** A grapheme as it is to be drawn: itself, nothing, or what stands for it. */
  fit(grapheme: string): string {
    if (this.drawings.has(grapheme) || BREAK.test(grapheme)) return grapheme;
    const [first = ''] = grapheme;
    if (this.#emoji?.emoji.has(first)) return first;
    if (NOTHING.test(grapheme)) return '';
    const drawing = this.#chooser.choose(grapheme);
    if (!drawing) {
      const instead = insteadOf(grapheme, this.#emoji);
      return instead === '' ? '' : this.fit(instead);
    }
    this.drawings.set(grapheme, drawing);
    return grapheme;
  }
}

/**
 * Finds the fonts that a text needs, grapheme by grapheme, and registers those that are not yet. Only they are named to
 * the canvas, and each only for what it has, so a label's pixels depend on its text alone: not on the labels before it,
 * and not on the fonts of the machine.
 * @param emoji what is drawn by other means than a font, and may be instead of what no font has
 * @param lang the language that the text is said to be in
 */
export function fitFonts(
  source: string,
  family: FontName,
  weight: number,
  { emoji, lang }: { emoji?: EmojiText | undefined; lang?: string | undefined } = {},
): FittedText {
  const chooser = chooserFor(source, family, weight, lang);
  const fitting = new Fitting(chooser, emoji);
  let text = '';
  for (const grapheme of splitGraphemes(source)) text += fitting.fit(grapheme);
  for (const one of ALWAYS) fitting.fit(one);
  const { drawings } = fitting;
  const faces = new Set<FontStack>();
  let [odd, changed] = [false, false];
  for (const [grapheme, drawing] of drawings) {
    for (let one: Drawing | undefined = drawing; one; one = one.next) faces.add(one.font);
    odd ||= drawing.marks.length > 0 || drawing.rules !== '';
    changed ||= drawing.text !== grapheme;
  }
  const [first] = faces;
  const families = Array.from(faces, (face) => face.families).join(',');
  const font = faces.size === 1 && first ? first : { ...(first as FontStack), families };
  return {
    text,
    font: {
      ...font,
      latin: (odd ? chooser.latin() : drawings.get('…')?.font) ?? font,
      plain: faces.size === 1 && !odd && !changed,
      drawingOf: (grapheme) => drawings.get(grapheme),
    },
  };
}
