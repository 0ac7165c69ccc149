import { LRUCache } from 'lru-cache';
import type { FontName } from '../options/font-table.ts';
import type { FontStack } from './canvas-font.ts';
import { type Chooser, chooserFor, type Drawing } from './chooser.ts';
import type { EmojiText } from './emoji.ts';
import { splitGraphemes } from './wrap.ts';

/** The fonts of one label. */
export interface LabelFont extends FontStack {
  /** The font that lines and heights are measured with. */
  readonly latin: FontStack;
  /** Whether one face can draw the whole text as it is. */
  readonly plain: boolean;
  /** How a grapheme is drawn; undefined for one that was not in the text. */
  drawingOf(grapheme: string): Drawing | undefined;
}

/** Characters that lines are broken at: they never reach a canvas. */
const BREAK = /^[\n\u200B\u00AD]$/;
const SPACE = /^\p{Zs}$/u;
/** Graphemes that draw nothing by themselves. */
const NOTHING = /^\p{Default_Ignorable_Code_Point}+$/u;
/** Stands for a character that no installed font has: the replacement character. */
const REPLACEMENT = '\uFFFD';

/** Most code points of a grapheme that are drawn: a base, and as many marks as stream-safe text has (UAX #15, 12). */
const MAX_CODE_POINTS = 31;

/** Characters that labels are measured with, or that may be added to them. */
const ALWAYS = '… 0\u00A0';

/** A text in which U+FFFD replaces what no installed font can draw, and its fonts. */
export interface FittedText {
  readonly text: string;
  readonly font: LabelFont;
}

const shorten = (grapheme: string): string =>
  grapheme.length > MAX_CODE_POINTS ? [...grapheme].slice(0, MAX_CODE_POINTS).join('') : grapheme;

/** Replaces a grapheme that no font draws: by its emoji, a space, U+FFFD or nothing. */
function insteadOf(grapheme: string, emoji: EmojiText | undefined): string {
  const picture = emoji?.standIn(grapheme);
  if (picture) return picture;
  if (SPACE.test(grapheme)) return ' ';
  return grapheme === REPLACEMENT ? '' : REPLACEMENT;
}

/** Fits a text grapheme by grapheme, and remembers how each is drawn. */
class Fitting {
  readonly drawings = new Map<string, Drawing>();
  readonly #chooser: Chooser;
  readonly #emoji: EmojiText | undefined;

  constructor(chooser: Chooser, emoji: EmojiText | undefined) {
    this.#chooser = chooser;
    this.#emoji = emoji;
  }

  /** The grapheme to draw: itself, nothing, or its stand-in. */
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

/** A default label, and all that such labels hold: they have the same fonts, whatever their figures. */
const DEFAULT_LABEL = /^\d+ × \d+$/;
const FIGURES = '0123456789 ×';

/** The fonts of default labels, by family, weight and language. */
const defaults = new LRUCache<string, LabelFont>({ max: 200 });

interface Surroundings {
  readonly emoji?: EmojiText | undefined;
  readonly lang?: string | undefined;
}

/**
 * Finds the fonts that a text needs, grapheme by grapheme, and registers the new ones. The canvas is given only these,
 * and each only for characters that it has. So a label's pixels depend on its text alone, not on earlier labels or on
 * the fonts of the machine.
 * @param emoji the emoji of the text, which may also stand for graphemes that no font has
 * @param lang the language that the text was given
 */
export function fitFonts(
  source: string,
  family: FontName,
  weight: number,
  { emoji, lang }: Surroundings = {},
): FittedText {
  if (!DEFAULT_LABEL.test(source)) return fit(source, family, weight, { emoji, lang });
  const key = `${family} ${weight} ${lang}`;
  let font = defaults.get(key);
  if (!font) {
    font = fit(FIGURES, family, weight, { lang }).font;
    defaults.set(key, font);
  }
  return { text: source, font };
}

function fit(
  source: string,
  family: FontName,
  weight: number,
  { emoji, lang }: Surroundings = {},
): FittedText {
  const chooser = chooserFor(source, family, weight, lang);
  const fitting = new Fitting(chooser, emoji);
  let text = '';
  for (const grapheme of splitGraphemes(source)) text += fitting.fit(shorten(grapheme));
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
