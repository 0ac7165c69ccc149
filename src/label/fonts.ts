import { FONTS, type FontName } from '../options/font-table.ts';
import type { FontStack } from './canvas-font.ts';
import { type Face, facesOf, register } from './faces.ts';
import { type Fallback, fallbacksFor } from './fallbacks.ts';
import { attaches, isCombining, type Mark, underMarks } from './marks.ts';
import { isRule, MEASURED } from './rules.ts';
import { splitGraphemes } from './wrap.ts';

/** How a grapheme is drawn. */
export interface Drawing {
  /** What its face draws: the base, and the marks that the face attaches by itself. */
  readonly text: string;
  readonly font: FontStack;
  /** Marks that are placed by their metrics. */
  readonly marks: readonly Mark[];
  /** Marks that are drawn as lines. */
  readonly rules: string;
}

/** The fonts of one label. */
export interface LabelFont extends FontStack {
  /** What lines and heights are measured with. */
  readonly latin: FontStack;
  /** Whether one face draws all of it as it stands. */
  readonly plain: boolean;
  /** How a grapheme is drawn; undefined for what was not in the text. */
  drawingOf(grapheme: string): Drawing | undefined;
}

/** Characters that draw nothing by themselves. They need no glyph. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
/** Those that steer shaping, whether a font has them or not: joiners and variation selectors. */
const STEERING = /\p{Join_Control}|\p{Variation_Selector}/u;
/** What lines are broken at: it never gets to a canvas. */
const BREAK = /^[\n\u200B\u00AD]$/;
const SPACE = /^\p{Zs}$/u;
/** Text that is one grapheme a code unit, and has nothing to be left out. */
const SIMPLE = /^[\n\u0020-\u00AC\u00AE-\u02FF\u2010-\u2027]*$/;

/** The one weight of fallbacks that have no axis. */
const REGULAR = 400;

/** Stands for a character that no installed font has: the replacement character. */
const REPLACEMENT = '\uFFFD';

/** Characters that every label is measured with, or may get. */
const ALWAYS = '… 0\u00A0';

/** More characters than this are forgotten together, so that no stream of odd labels grows memory. */
const MOST_FOUND = 5000;

/** The faces for the labels of one family, weight and order of fallbacks, and what was found out about characters. */
class Catalogue {
  readonly #families: readonly Fallback[];
  readonly #weight: number;
  readonly #found = new Map<string, Face | undefined>();

  /** @param families the label's own first, which alone comes in that weight where it has no axis */
  constructor(families: readonly Fallback[], weight: number) {
    this.#families = families;
    this.#weight = weight;
  }

  #find(characters: string): Face | undefined {
    const points = Array.from(characters, (character) => character.codePointAt(0) ?? 0);
    for (const [i, { family, when }] of this.#families.entries()) {
      if (when && !when.test(characters)) continue;
      const faces = facesOf(family, i === 0 ? this.#weight : REGULAR);
      const face = faces.find((one) => points.every((point) => one.hasGlyph(point)));
      if (face) return face;
    }
    return undefined;
  }

  /** The first face, in order, that has glyphs for all of some characters. */
  faceWith(characters: string): Face | undefined {
    if (this.#found.has(characters)) return this.#found.get(characters);
    const face = this.#find(characters);
    if (this.#found.size >= MOST_FOUND) this.#found.clear();
    this.#found.set(characters, face);
    return face;
  }
}

const catalogues = new Map<string, Catalogue>();

function catalogueFor(text: string, family: FontName, weight: number, lang: string | undefined): Catalogue {
  const { order, fallbacks } = fallbacksFor(text, lang);
  const own = FONTS[family];
  const key = `${family} ${own.variable ? '' : weight} ${order}`;
  let catalogue = catalogues.get(key);
  if (!catalogue) {
    catalogue = new Catalogue([{ family: own }, ...fallbacks], weight);
    catalogues.set(key, catalogue);
  }
  return catalogue;
}

/** The language whose letters are meant, as fonts know it; English does not change any. */
const LANGUAGES: Readonly<Record<string, string>> = { ur: 'ur' };

/** The characters of a grapheme: all of them, those that need a glyph, and the marks that are drawn as lines. */
interface Parts {
  readonly all: readonly string[];
  readonly seen: readonly string[];
  readonly rules: string;
}

function partsOf(grapheme: string): Parts {
  const all = Array.from(grapheme);
  const seen = all.filter((one) => !IGNORABLE.test(one) && !isRule(one));
  return { all, seen, rules: all.filter(isRule).join('') };
}

/** Chooses how the graphemes of one label are drawn. */
class Chooser {
  readonly #catalogue: Catalogue;
  readonly #weight: number;
  readonly #lang: string;
  readonly #stacks = new Map<Face, FontStack>();

  constructor(catalogue: Catalogue, weight: number, lang: string | undefined) {
    this.#catalogue = catalogue;
    this.#weight = weight;
    this.#lang = LANGUAGES[lang ?? ''] ?? 'en';
  }

  /** A face as the canvas knows it; it is registered. */
  stackOf(face: Face): FontStack {
    let stack = this.#stacks.get(face);
    if (!stack) {
      register(face);
      stack = { families: `"${face.name}"`, weight: this.#weight, lang: this.#lang };
      this.#stacks.set(face, stack);
    }
    return stack;
  }

  /** What measures lines and heights: the first face with the letters for it, which is the label's own. */
  latin(): FontStack | undefined {
    const face = this.#catalogue.faceWith(MEASURED);
    return face && this.stackOf(face);
  }

  /** The drawing of a grapheme by one face that has all of it and knows where its marks go. */
  #whole(parts: Parts): Drawing | undefined {
    const face = this.#catalogue.faceWith(parts.seen.join(''));
    if (!face) return undefined;
    const [base = '', ...marks] = parts.seen;
    const font = this.stackOf(face);
    if (marks.some(isCombining) && !attaches(base, marks, font)) return undefined;
    const has = (one: string): boolean => face.hasGlyph(one.codePointAt(0) ?? 0);
    const text = parts.all.filter((one) => !isRule(one) && (STEERING.test(one) || has(one)));
    return { text: text.join(''), font, marks: [], rules: parts.rules };
  }

  /** The drawing of a grapheme by the first face that has its base; marks are placed, if any face has them. */
  #composed({ seen: [base = '', ...rest], rules }: Parts): Drawing | undefined {
    const face = this.#catalogue.faceWith(base);
    if (!face) return undefined;
    const has = (one: string): boolean => face.hasGlyph(one.codePointAt(0) ?? 0);
    const marks = rest.filter(isCombining).flatMap((text) => {
      const own = has(text) ? face : this.#catalogue.faceWith(text);
      return own ? [{ text, font: this.stackOf(own) }] : [];
    });
    const letter = underMarks(base, marks);
    const other = letter === base ? undefined : this.#catalogue.faceWith(letter);
    if (other) return { text: letter, font: this.stackOf(other), marks, rules };
    const text = base + rest.filter((one) => !isCombining(one) && has(one)).join('');
    return { text, font: this.stackOf(face), marks, rules };
  }

  /** How a grapheme is drawn: undefined where no font has its base. */
  choose(grapheme: string): Drawing | undefined {
    const forms = Array.from(new Set([grapheme, grapheme.normalize('NFD')]), partsOf);
    return firstOf(forms, (parts) => this.#whole(parts)) ?? firstOf(forms, (parts) => this.#composed(parts));
  }
}

function firstOf<T, R>(values: readonly T[], make: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const made = make(value);
    if (made !== undefined) return made;
  }
  return undefined;
}

/** The text with what no installed font can draw replaced by U+FFFD, and the fonts for it. */
export interface FittedText {
  readonly text: string;
  readonly font: LabelFont;
}

/** What stands in the place of a grapheme for the sake of fonts: itself, nothing, or another character. */
function fitGrapheme(
  grapheme: string,
  chooser: Chooser,
  keeps: (character: string) => boolean,
  drawings: Map<string, Drawing>,
): string {
  const [first = ''] = grapheme;
  if (BREAK.test(grapheme) || drawings.has(grapheme)) return grapheme;
  if (keeps(first)) return first;
  if (Array.from(grapheme).every((one) => IGNORABLE.test(one))) return '';
  const drawing = chooser.choose(grapheme);
  if (drawing) {
    drawings.set(grapheme, drawing);
    return grapheme;
  }
  const instead = SPACE.test(grapheme) ? ' ' : REPLACEMENT;
  return instead === grapheme ? '' : fitGrapheme(instead, chooser, keeps, drawings);
}

/**
 * Finds the fonts that a text needs, grapheme by grapheme, and registers those that are not yet. Only they are named to
 * the canvas, and each only for what it has, so a label's pixels depend on its text alone: not on the labels before it,
 * and not on the fonts of the machine.
 * @param keeps tells the characters that are drawn by other means than a font
 * @param lang the language that the text is said to be in
 */
export function fitFonts(
  source: string,
  family: FontName,
  weight: number,
  keeps: (character: string) => boolean = () => false,
  lang?: string,
): FittedText {
  const chooser = new Chooser(catalogueFor(source, family, weight, lang), weight, lang);
  const drawings = new Map<string, Drawing>();
  const fit = (grapheme: string): string => fitGrapheme(grapheme, chooser, keeps, drawings);
  const text = (SIMPLE.test(source) ? Array.from(source) : splitGraphemes(source)).map(fit).join('');
  for (const one of ALWAYS) fit(one);
  const all = Array.from(drawings.values());
  const families = Array.from(new Set(all.map(({ font }) => font.families)));
  const [one] = all;
  const stack = { weight, lang: one?.font.lang ?? 'en', families: families.join(',') };
  const odd = all.some(({ marks, rules }) => marks.length > 0 || rules !== '');
  const changed = odd || Array.from(drawings).some(([grapheme, drawing]) => drawing.text !== grapheme);
  return {
    text,
    font: {
      ...stack,
      latin: (odd ? chooser.latin() : undefined) ?? stack,
      plain: families.length === 1 && !changed,
      drawingOf: (grapheme) => drawings.get(grapheme),
    },
  };
}
