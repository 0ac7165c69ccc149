import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { loadImage } from './canvas.ts';
import { splitGraphemes } from './wrap.ts';

const require = createRequire(import.meta.url);

/** One drawing: its SVG body, and the height of its box; all boxes are 36 wide. */
export interface Emoji {
  readonly body: string;
  readonly height: number;
}

export const EMOJI_BOX = 36;

/** Emoji stand in a label as characters of the first private use area: one unit each, and no font has any. */
const FIRST_STAND_IN = 0xe000;
export const STAND_IN = /[\uE000-\uF8FF]/;

/** Graphemes that are emoji by default, or are made so by a selector, a modifier, a flag or a keycap (UTS #51). */
const IS_EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2}|[#*\d]\uFE0F?\u20E3|\p{Emoji}\p{Emoji_Modifier})/u;

const TONE = /\p{Emoji_Modifier}/u;

interface Collection {
  /** Names by code points: `1f468-200d-1f467`. */
  readonly names: Readonly<Record<string, string>>;
  /** The whole file of drawings, 10 MB of JSON: searched, not parsed. */
  readonly file: Buffer;
}

let collection: Collection | undefined | null = null;

/** The drawings, loaded when the first emoji asks for one; undefined where they are not installed. */
function loadCollection(): Collection | undefined {
  if (collection !== null) return collection;
  try {
    collection = {
      names: JSON.parse(readFileSync(require.resolve('@iconify-json/twemoji/chars.json'), 'utf8')),
      file: readFileSync(require.resolve('@iconify-json/twemoji/icons.json')),
    };
  } catch {
    collection = undefined;
  }
  return collection;
}

/** The key of a grapheme: its code points in hex of at least four digits, without selectors. */
function keyOf(grapheme: string): string {
  const points = Array.from(grapheme.replaceAll('\uFE0F', ''), (character) => character.codePointAt(0) ?? 0);
  return points.map((point) => point.toString(16).padStart(4, '0')).join('-');
}

/** Cuts one drawing out of the file: `"name":{"body":"…"}` up to the brace that ends it; bodies hold no braces. */
function cutOut({ file }: Collection, name: string): Emoji | undefined {
  const label = Buffer.from(`"${name}":`);
  for (let at = file.indexOf(label); at >= 0; at = file.indexOf(label, at + 1)) {
    const start = at + label.length;
    const text = file.toString('utf8', start, file.indexOf('}', start) + 1).trim();
    if (!text.startsWith('{')) continue;
    const { body, height = EMOJI_BOX } = JSON.parse(text) as Partial<Emoji>;
    if (body !== undefined) return { body, height };
  }
  return undefined;
}

function findEmoji(grapheme: string): Emoji | undefined {
  const loaded = IS_EMOJI.test(grapheme) ? loadCollection() : undefined;
  const name = loaded?.names[keyOf(grapheme)];
  return loaded && name !== undefined ? cutOut(loaded, name) : undefined;
}

/** A text whose emoji are replaced by stand-ins, and the drawing of each. */
export interface EmojiText {
  readonly text: string;
  readonly emoji: ReadonlyMap<string, Emoji>;
}

/** Characters of the private use area that a text brought along stand for nothing. */
const FOREIGN = /[\uE000-\uF8FF]/g;

/** What every text with an emoji, or with a character of the private use area, has in it. */
const WORTH_A_LOOK = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Co}|\u20E3/u;

/**
 * Replaces emoji, joined sequences as one, by stand-ins. A sequence without a drawing falls apart into its parts, without
 * the skin tones of those that take none.
 */
export function extractEmoji(source: string): EmojiText {
  const emoji = new Map<string, Emoji>();
  if (!WORTH_A_LOOK.test(source)) return { text: source, emoji };
  const standIns = new Map<string, string>();
  const replace = (grapheme: string): string => {
    const known = standIns.get(grapheme);
    if (known) return known;
    const drawing = findEmoji(grapheme);
    const parts = grapheme.includes('\u200D')
      ? grapheme.split('\u200D')
      : Array.from(grapheme).filter((part, i) => i === 0 || !TONE.test(part));
    if (!drawing)
      return IS_EMOJI.test(grapheme) && parts[0] !== grapheme ? parts.map(replace).join('') : grapheme;
    const standIn = String.fromCharCode(FIRST_STAND_IN + emoji.size);
    emoji.set(standIn, drawing);
    standIns.set(grapheme, standIn);
    return standIn;
  };
  const text = source.replace(FOREIGN, '\uFFFD');
  return { text: splitGraphemes(text).map(replace).join(''), emoji };
}

type Picture = Awaited<ReturnType<typeof loadImage>>;

/** Drawn emoji, by size: a label often has one several times. Bounded in bytes: four a pixel. */
const pictures = new LRUCache<string, Promise<Picture>>({ maxSize: 8 * 2 ** 20 });

/**
 * A drawing as something that a canvas can draw, in the size in which it is needed: crisp, and no larger.
 * @param side of its square, in output pixels
 */
export function loadEmoji({ body, height }: Emoji, side: number): Promise<Picture> {
  const width = Math.ceil(side);
  const key = `${width} ${body}`;
  const known = pictures.get(key);
  if (known) return known;
  const size = `width="${width}" height="${(width * height) / EMOJI_BOX}" viewBox="0 0 ${EMOJI_BOX} ${height}"`;
  const picture = loadImage(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${body}</svg>`));
  pictures.set(key, picture, { size: width * width * 4 + key.length });
  return picture;
}
