import { LRUCache } from 'lru-cache';
import { loadImage } from './canvas.ts';
import { EMOJI_BOX, type Emoji, findEmoji } from './emoji-set.ts';
import { splitGraphemes } from './wrap.ts';

/** In a label, characters of the first private use area stand for emoji: one unit each, and no font is asked. */
const FIRST_STAND_IN = 0xe000;
export const STAND_IN = /[\uE000-\uF8FF]/;

/**
 * Graphemes that are emoji by default, or by a selector, a modifier, a flag, a keycap or by being joined; many writers
 * leave out the selector of joined ones (UTS #51).
 */
const IS_EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2}|[#*\d]\uFE0F?\u20E3|\p{Emoji}\p{Emoji_Modifier}|\p{Extended_Pictographic}\u200D)/u;

/** What may follow a pictograph: skin tones, and the tags that spell a flag's region. */
const EXTENSION = /\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]/u;
const JOINER = '\u200D';
/** The place before a skin tone that follows anything but a pictograph: that tone is an emoji by itself. */
const LONE_TONE = /(?<=^\P{Extended_Pictographic}.*)(?=\p{Emoji_Modifier})/su;

/** Private-use characters of the text itself, which mean nothing. */
const FOREIGN = /[\uE000-\uF8FF]/g;

/** Matches every text with an emoji or a private-use character. */
const WORTH_A_LOOK = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\p{Co}|\u20E3/u;

/** The parts of an emoji without a drawing: the joined emoji, or else its base, which is drawn without the rest. */
function partsOf(grapheme: string): string[] {
  if (grapheme.includes(JOINER)) return grapheme.split(JOINER);
  return Array.from(grapheme).filter((part, i) => i === 0 || !EXTENSION.test(part));
}

/** A text whose emoji are replaced by stand-ins, and the drawing of each. */
export class EmojiText {
  readonly text: string;
  readonly emoji = new Map<string, Emoji>();
  readonly #standIns = new Map<string, string>();

  /** A sequence is one emoji; without a drawing it is split into its parts, leaving out what these cannot use. */
  constructor(source: string) {
    if (!WORTH_A_LOOK.test(source)) this.text = source;
    else {
      const graphemes = splitGraphemes(source.replace(FOREIGN, '\uFFFD'));
      this.text = graphemes
        .flatMap((grapheme) => grapheme.split(LONE_TONE))
        .map((grapheme) => this.#replace(grapheme))
        .join('');
    }
  }

  /** The stand-in for a grapheme, even if it is text by default; undefined where there is no drawing. */
  standIn(grapheme: string): string | undefined {
    const known = this.#standIns.get(grapheme);
    if (known) return known;
    const drawing = findEmoji(grapheme);
    if (!drawing) return undefined;
    const standIn = String.fromCharCode(FIRST_STAND_IN + this.emoji.size);
    this.emoji.set(standIn, drawing);
    this.#standIns.set(grapheme, standIn);
    return standIn;
  }

  #replace(grapheme: string): string {
    if (!IS_EMOJI.test(grapheme)) return grapheme;
    const whole = this.standIn(grapheme);
    if (whole) return whole;
    const parts = partsOf(grapheme);
    if (parts[0] === grapheme) return grapheme;
    const replaced = parts.map((part) => this.#replacePart(part));
    // It stays one grapheme where no part has a drawing either.
    return replaced.some((part, i) => part !== parts[i]) ? replaced.join('') : grapheme;
  }

  /** A part of a sequence is an emoji where it can be one, even if it is text by default. */
  #replacePart(part: string): string {
    return (/^\p{Extended_Pictographic}/u.test(part) && this.standIn(part)) || this.#replace(part);
  }
}

type Picture = Awaited<ReturnType<typeof loadImage>>;

/** Drawn emoji, by size: a label often repeats one. Bounded in bytes, four per pixel. */
const pictures = new LRUCache<string, Promise<Picture>>({ maxSize: 2 * 2 ** 20 });

/**
 * A drawing that a canvas can draw, made in exactly the size that is needed, so that it is crisp.
 * @param side of its square, in output pixels
 */
export function loadEmoji({ body, height }: Emoji, side: number): Promise<Picture> {
  const width = Math.ceil(side);
  const key = `${width} ${body}`;
  const known = pictures.get(key);
  if (known) return known;
  const size = `width="${width}" height="${(width * height) / EMOJI_BOX}" viewBox="0 0 ${EMOJI_BOX} ${height}"`;
  // The canvas knows only the older name for references.
  const drawable = body.replaceAll(' href="#', ' xlink:href="#');
  const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  const picture = loadImage(Buffer.from(`<svg ${names} ${size}>${drawable}</svg>`));
  pictures.set(key, picture, { size: width * width * 4 + key.length });
  return picture;
}
