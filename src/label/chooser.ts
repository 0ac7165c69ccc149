import { LRUCache } from 'lru-cache';
import type { FontName } from '../options/font-table.ts';
import type { FontStack } from './canvas-font.ts';
import { type Catalogue, catalogueFor } from './catalogue.ts';
import { type Face, register } from './faces.ts';
import { orderFor } from './fallbacks.ts';
import { attaches, isCombining, type Mark, underMarks } from './marks.ts';
import { isRule, MEASURED } from './rules.ts';

/** How a grapheme is drawn. */
export interface Drawing {
  /** The text that its face draws: the base, and the marks that the face attaches by itself. */
  readonly text: string;
  readonly font: FontStack;
  /** Marks that are placed by their metrics. */
  readonly marks: readonly Mark[];
  /** Marks that are drawn as lines. */
  readonly rules: string;
  /** The rest of the grapheme, which comes from another face. */
  readonly next?: Drawing | undefined;
}

/** Characters that draw nothing by themselves. They need no glyph. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
/** Private-use characters: some fonts have glyphs for them, although they mean nothing outside of one font. */
const PRIVATE = /^\p{Co}/u;
/**
 * Characters that control shaping even where a font lacks them: joiners and variation selectors. The canvas draws a box
 * for U+180F, which is newer than its tables.
 */
const STEERING = /\p{Join_Control}|(?!\u180F)\p{Variation_Selector}/u;
const MARK = /\p{M}/u;
/** The languages that change letters in fonts; all others count as English, which changes none. */
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

/** Beyond this many graphemes the cache is emptied, so that a stream of odd labels cannot fill memory. */
const MOST_CHOSEN = 5000;

/** Chooses how the graphemes of labels of one family, weight and language are drawn. */
export class Chooser {
  readonly #catalogue: Catalogue;
  readonly #weight: number;
  readonly #lang: string;
  readonly #stacks = new Map<Face, FontStack>();
  readonly #chosen = new Map<string, Drawing | undefined>();

  constructor(catalogue: Catalogue, weight: number, lang: string | undefined) {
    this.#catalogue = catalogue;
    this.#weight = weight;
    this.#lang = LANGUAGES[lang ?? ''] ?? 'en';
  }

  /** Registers a face, and returns it as the canvas knows it. */
  stackOf(face: Face): FontStack {
    let stack = this.#stacks.get(face);
    if (!stack) {
      register(face);
      stack = { families: `"${face.name}"`, weight: this.#weight, lang: this.#lang };
      this.#stacks.set(face, stack);
    }
    return stack;
  }

  /** The font that lines and heights are measured with: the first face with the letters for it, the label's own. */
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

  /** The drawing of a grapheme by the first face that has its base; marks are placed if any face has them. */
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
    const others = rest.filter((one) => !isCombining(one));
    const text = base + others.filter(has).join('');
    // Marks of half-width kana count as letters; any other mark without a glyph is left out.
    const next = others.filter((one) => !has(one) && !MARK.test(one)).join('');
    return {
      text,
      font: this.stackOf(face),
      marks,
      rules,
      next: next === '' ? undefined : this.choose(next),
    };
  }

  /** How a grapheme is drawn; undefined where no font has its base. */
  choose(grapheme: string): Drawing | undefined {
    if (this.#chosen.has(grapheme)) return this.#chosen.get(grapheme);
    const drawing = this.#find(grapheme);
    if (this.#chosen.size >= MOST_CHOSEN) this.#chosen.clear();
    this.#chosen.set(grapheme, drawing);
    return drawing;
  }

  #find(grapheme: string): Drawing | undefined {
    if (PRIVATE.test(grapheme)) return undefined;
    const forms = Array.from(new Set([grapheme, grapheme.normalize('NFD')]), partsOf);
    return firstOf(forms, (parts) => this.#whole(parts)) ?? firstOf(forms, (parts) => this.#composed(parts));
  }
}

const choosers = new LRUCache<string, Chooser>({ max: 100 });

/** The chooser for a text; texts drawn by the same faces in the same order share one. */
export function chooserFor(
  text: string,
  family: FontName,
  weight: number,
  lang: string | undefined,
): Chooser {
  const order = orderFor(text, lang);
  const key = `${family} ${weight} ${order}`;
  let chooser = choosers.get(key);
  if (!chooser) {
    chooser = new Chooser(catalogueFor(family, weight, order), weight, lang);
    choosers.set(key, chooser);
  }
  return chooser;
}

function firstOf<T, R>(values: readonly T[], make: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const made = make(value);
    if (made !== undefined) return made;
  }
  return undefined;
}
