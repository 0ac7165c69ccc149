import type { FontName } from '../options/font-table.ts';
import type { FontStack } from './canvas-font.ts';
import { catalogueFor } from './catalogue.ts';
import { Chooser, type Drawing, IGNORABLE } from './chooser.ts';
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
/** Text that is one grapheme a code unit, and has nothing to be left out. */
const SIMPLE = /^[\n\u0020-\u00AC\u00AE-\u02FF\u2010-\u2027]*$/;

/** Stands for a character that no installed font has: the replacement character. */
const REPLACEMENT = '\uFFFD';

/** Characters that every label is measured with, or may get. */
const ALWAYS = '… 0\u00A0';

/** The text with what no installed font can draw replaced by U+FFFD, and the fonts for it. */
export interface FittedText {
  readonly text: string;
  readonly font: LabelFont;
}

/** What stands in the place of a grapheme for the sake of fonts: itself, nothing, or another character. */
function fitGrapheme(
  grapheme: string,
  chooser: Chooser,
  emoji: EmojiText | undefined,
  drawings: Map<string, Drawing>,
): string {
  const [first = ''] = grapheme;
  if (BREAK.test(grapheme) || drawings.has(grapheme)) return grapheme;
  if (emoji?.emoji.has(first)) return first;
  if (Array.from(grapheme).every((one) => IGNORABLE.test(one))) return '';
  const drawing = chooser.choose(grapheme);
  if (drawing) {
    drawings.set(grapheme, drawing);
    return grapheme;
  }
  const picture = emoji?.standIn(grapheme);
  if (picture) return picture;
  const instead = SPACE.test(grapheme) ? ' ' : REPLACEMENT;
  return instead === grapheme ? '' : fitGrapheme(instead, chooser, emoji, drawings);
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
  const chooser = new Chooser(catalogueFor(source, family, weight, lang), weight, lang);
  const drawings = new Map<string, Drawing>();
  const fit = (grapheme: string): string => fitGrapheme(grapheme, chooser, emoji, drawings);
  const text = (SIMPLE.test(source) ? Array.from(source) : splitGraphemes(source)).map(fit).join('');
  for (const one of ALWAYS) fit(one);
  const all = Array.from(drawings.values()).flatMap(({ next, ...drawing }) => [drawing, next ?? []].flat());
  const families = Array.from(new Set(all.map(({ font }) => font.families)));
  const [one] = all;
  const stack = { weight, lang: one?.font.lang ?? 'en', families: families.join(',') };
  const odd = all.some(({ marks, rules }) => marks.length > 0 || rules !== '');
  const changed = odd || Array.from(drawings).some(([grapheme, drawing]) => drawing.text !== grapheme);
  return {
    text,
    font: {
      ...stack,
      latin: (odd ? chooser.latin() : drawings.get('…')?.font) ?? stack,
      plain: families.length === 1 && !changed,
      drawingOf: (grapheme) => drawings.get(grapheme),
    },
  };
}
